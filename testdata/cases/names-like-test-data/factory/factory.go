// Package factory is application code and does not create test data.
package factory

import (
	"context"
	"database/sql"
)

type Match struct{ ID, Home, Away int64 }

func list(ctx context.Context, db *sql.DB) (out []Match, err error) {
	rows, err := db.QueryContext(ctx, "SELECT id, home_id, away_id FROM matches ORDER BY id")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var m Match
		if err := rows.Scan(&m.ID, &m.Home, &m.Away); err != nil {
			return nil, err
		}
		out = append(out, m)
	}
	return out, rows.Err()
}

func team(ctx context.Context, db *sql.DB, id int64) (name string, err error) {
	err = db.QueryRowContext(ctx, "SELECT name FROM teams WHERE id = ?", id).Scan(&name)
	return
}

func names(ctx context.Context, db *sql.DB) (out []string, err error) {
	ms, err := list(ctx, db)
	if err != nil {
		return nil, err
	}
	for _, m := range ms { // loopFactory
		n, err := team(ctx, db, m.Home)
		if err != nil {
			return nil, err
		}
		out = append(out, n)
	}
	return out, nil
}

// Plain lists the names of the home teams.
func Plain(ctx context.Context, db *sql.DB) ([]string, error) { return names(ctx, db) }
