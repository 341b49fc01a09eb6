// Package single passes one key at a time to a statement that takes an array. That is an n-plus-one.
package single

import (
	"context"
	"database/sql"
)

func Ask(ctx context.Context, db *sql.DB, ids []string) (out []int, err error) {
	for _, id := range ids { // loop
		var n int
		if err := db.QueryRowContext(ctx, "SELECT count(*) FROM files WHERE id = ANY($1)", []string{id}).Scan(&n); err != nil {
			return nil, err
		}
		out = append(out, n)
	}
	return out, nil
}
