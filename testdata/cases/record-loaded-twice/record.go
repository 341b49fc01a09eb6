// Package record loads one record with four statements, and does so in two places. That is a duplicate-query for
// each of the four statements, in one finding or in several.
package record

import (
	"context"
	"database/sql"
)

type Guest struct{ Asked, Gone, Tickets, Orders int }

func load(ctx context.Context, db *sql.DB, mail string) (g Guest, err error) {
	if err = db.QueryRowContext(ctx, "SELECT count(*) FROM guests WHERE mail = ?", mail).Scan(&g.Asked); err != nil {
		return
	}
	if err = db.QueryRowContext(ctx, "SELECT count(*) FROM gone WHERE mail = ?", mail).Scan(&g.Gone); err != nil {
		return
	}
	if err = db.QueryRowContext(ctx, "SELECT count(*) FROM tickets WHERE mail = ?", mail).Scan(&g.Tickets); err != nil {
		return
	}
	err = db.QueryRowContext(ctx, "SELECT count(*) FROM orders WHERE name = ?", mail).Scan(&g.Orders)
	return
}

func Twice(ctx context.Context, db *sql.DB, mail string) (Guest, error) {
	if _, err := load(ctx, db, mail); err != nil {
		return Guest{}, err
	}
	return load(ctx, db, mail)
}
