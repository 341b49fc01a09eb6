// Package tenant looks up one setting for each row, by a key that does not come from the rows. One of the rows may
// hold the same value. That is a duplicate-query, and not an n-plus-one.
package tenant

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

func render(ctx context.Context, pool *sql.DB, _ item, tenant int) error {
	var name string
	return pool.QueryRowContext(ctx, `SELECT name FROM tenants WHERE id = ?`, tenant).Scan(&name)
}

func List(ctx context.Context, pool *sql.DB, tenant int) error {
	items, err := loadItems(ctx, pool)
	if err != nil {
		return err
	}
	for _, it := range items { // loop
		if err := render(ctx, pool, it, tenant); err != nil {
			return err
		}
	}
	return nil
}
