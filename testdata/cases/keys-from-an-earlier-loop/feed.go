// Package feed has several earlier results that hold the keys of the second loop. The result that the keys come
// from is neither the latest nor the longest. An n-plus-one is wanted at both loops, with the right parent.
package feed

import (
	"context"
	"database/sql"
)

type item struct {
	id, owner, person int
	labels            []int
}

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

func (it *item) fill(ctx context.Context, pool *sql.DB) error {
	if err := pool.QueryRowContext(ctx, `SELECT person FROM accounts WHERE id = ?`, it.owner).Scan(&it.person); err != nil {
		return err
	}
	rows, err := pool.QueryContext(ctx, `SELECT labels.id FROM labels JOIN item_labels ON item_labels.label = labels.id WHERE item_labels.item = ?`, it.id)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var l int
		if err := rows.Scan(&l); err != nil {
			return err
		}
		it.labels = append(it.labels, l)
	}
	return rows.Err()
}

func follows(ctx context.Context, pool *sql.DB, it item) (n int, err error) {
	err = pool.QueryRowContext(ctx, `SELECT count(*) FROM follows WHERE followed = ?`, it.person).Scan(&n)
	return n, err
}

// Feed fills each item, and then counts the followers of the person that fill has loaded.
func Feed(ctx context.Context, pool *sql.DB) error {
	items, err := loadItems(ctx, pool)
	if err != nil {
		return err
	}
	for i := range items { // loopFill
		if err := items[i].fill(ctx, pool); err != nil {
			return err
		}
	}
	for _, it := range items { // loopFollows
		if _, err := follows(ctx, pool, it); err != nil {
			return err
		}
	}
	return nil
}
