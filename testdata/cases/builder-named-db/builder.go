// Package builder calls a query builder in a loop, once through a variable named db and once through another name.
// The n-plus-one is proven for both names.
package builder

import (
	"context"
	"database/sql"
)

type item struct{ id, owner int }

func loadItems(ctx context.Context, pool *sql.DB) (out []item, err error) {
	rows, err := pool.QueryContext(ctx, `SELECT id, owner FROM items ORDER BY id`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var it item
		if err := rows.Scan(&it.id, &it.owner); err != nil {
			return nil, err
		}
		out = append(out, it)
	}
	return out, rows.Err()
}

type person struct{ id int }
type handle struct{ pool *sql.DB }
type builder struct {
	pool *sql.DB
	key  int
}

func (h handle) Where(key int) *builder { return &builder{h.pool, key} }
func (b *builder) First(out *person) error {
	return b.pool.QueryRow(`SELECT id FROM people WHERE id = ?`, b.key).Scan(&out.id)
}

// OnDB names the handle db.
func OnDB(ctx context.Context, pool *sql.DB) error {
	items, err := loadItems(ctx, pool)
	if err != nil {
		return err
	}
	db := handle{pool}
	for _, it := range items { // loopOnDB
		var p person
		if err := db.Where(it.owner).First(&p); err != nil {
			return err
		}
	}
	return nil
}

// OnOther names the handle h.
func OnOther(ctx context.Context, pool *sql.DB) error {
	items, err := loadItems(ctx, pool)
	if err != nil {
		return err
	}
	h := handle{pool}
	for _, it := range items { // loopOnOther
		var p person
		if err := h.Where(it.owner).First(&p); err != nil {
			return err
		}
	}
	return nil
}
