// Package routes has application code that is called through a package testutil, in a closure that a function
// setup returns, and in a route that a method Setup adds. The n-plus-one is proven, as it is without these names.
package routes

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

func get(ctx context.Context, pool *sql.DB, id int) error {
	var p int
	return pool.QueryRowContext(ctx, `SELECT id FROM people WHERE id = ?`, id).Scan(&p)
}

// List handles one request.
func List(ctx context.Context, pool *sql.DB) error {
	items, err := loadItems(ctx, pool)
	if err != nil {
		return err
	}
	for _, it := range items { // loopList
		if err := get(ctx, pool, it.owner); err != nil {
			return err
		}
	}
	return nil
}

func setup(pool *sql.DB) func(ctx context.Context) error {
	return func(ctx context.Context) error {
		items, err := loadItems(ctx, pool)
		if err != nil {
			return err
		}
		for _, it := range items { // loopSetup
			if err := get(ctx, pool, it.owner); err != nil {
				return err
			}
		}
		return nil
	}
}

type server struct {
	routes map[string]func(ctx context.Context) error
}

func (s *server) Setup(pool *sql.DB) {
	s.routes = map[string]func(ctx context.Context) error{
		"/items": func(ctx context.Context) error { return List(ctx, pool) },
	}
}
