// Package likes loads for each row the rows that belong to it, by a list of their keys. Each statement takes
// several keys, and there is still one statement for each row. That is an n-plus-one, at any level.
package likes

import (
	"context"
	"database/sql"
	"strings"
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

func likers(ctx context.Context, pool *sql.DB, ids []int) (out []int, err error) {
	args := make([]any, len(ids))
	for i, id := range ids {
		args[i] = id
	}
	rows, err := pool.QueryContext(ctx, `SELECT id FROM people WHERE id IN (?`+strings.Repeat(", ?", len(ids)-1)+`)`, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id int
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		out = append(out, id)
	}
	return out, rows.Err()
}

func List(ctx context.Context, pool *sql.DB) (out [][]int, err error) {
	items, err := loadItems(ctx, pool)
	if err != nil {
		return nil, err
	}
	byItem := map[int][]int{}
	rows, err := pool.QueryContext(ctx, `SELECT item, liker FROM likes ORDER BY item, liker`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var item, liker int
		if err := rows.Scan(&item, &liker); err != nil {
			return nil, err
		}
		byItem[item] = append(byItem[item], liker)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	for _, it := range items { // loop
		ids, err := likers(ctx, pool, byItem[it.id])
		if err != nil {
			return nil, err
		}
		out = append(out, ids)
	}
	return out, nil
}
