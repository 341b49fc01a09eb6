// Package funnel calls two functions in each iteration that run the same query. That is an n-plus-one at the loop.
// Its message must not say that there is one statement for each row.
package funnel

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

func (it item) one(ctx context.Context, pool *sql.DB) error { return get(ctx, pool, it.owner) }
func (it item) two(ctx context.Context, pool *sql.DB) error { return get(ctx, pool, it.owner) }

func get(ctx context.Context, pool *sql.DB, id int) error {
	var p int
	return pool.QueryRowContext(ctx, `SELECT id FROM people WHERE id = ?`, id).Scan(&p)
}

func Funnel(ctx context.Context, pool *sql.DB) error {
	items, err := loadItems(ctx, pool)
	if err != nil {
		return err
	}
	for _, it := range items { // loop
		if err := it.one(ctx, pool); err != nil {
			return err
		}
		if err := it.two(ctx, pool); err != nil {
			return err
		}
	}
	return nil
}
