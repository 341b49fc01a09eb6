package uses

import (
	"context"
	"database/sql"
)

// Step goes through the rows of a query, does something with each if do is not nil, and returns how many there were.
func Step(ctx context.Context, db *sql.DB, query string, do func(*sql.Rows) error) (n int, err error) {
	rows, err := db.QueryContext(ctx, query)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	for rows.Next() {
		if do != nil {
			if err := do(rows); err != nil {
				return n, err
			}
		}
		n++
	}
	return n, rows.Err()
}
