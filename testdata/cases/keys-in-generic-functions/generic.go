// Package generic reads and writes in generic functions by keys of the types that pgx accepts. The n-plus-one and
// the row-by-row-update are proven for each type, as they are for integers and strings.
package generic

import (
	"context"
	"database/sql"
)

func Each[T any](ctx context.Context, db *sql.DB, q string, list []T) error {
	for _, v := range list { // loopEach
		if _, err := db.ExecContext(ctx, q, v); err != nil {
			return err
		}
	}
	return nil
}

func Ask[T any](ctx context.Context, db *sql.DB, q string, list []T) (out []int, err error) {
	for _, v := range list { // loopAsk
		var n int
		if err := db.QueryRowContext(ctx, q, v).Scan(&n); err != nil {
			return nil, err
		}
		out = append(out, n)
	}
	return out, nil
}
