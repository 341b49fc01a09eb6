// Package lengths updates each row with a title and the length of the title. The lengths are equal in this test.
// That is a row-by-row-update. Its fix must set the length of each row, or have no statement.
package lengths

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

func Rename(ctx context.Context, pool *sql.DB) error {
	items, err := loadItems(ctx, pool)
	if err != nil {
		return err
	}
	for _, it := range items { // loop
		title := string(rune('a' + it.id))
		if _, err := pool.ExecContext(ctx, `UPDATE items SET title = ?, size = ? WHERE id = ?`, title, len(title), it.id); err != nil {
			return err
		}
	}
	return nil
}
