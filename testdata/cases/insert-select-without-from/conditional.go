// Package conditional inserts each row with INSERT … SELECT without FROM, in order to add a condition. That is a
// row-by-row-insert. An INSERT … SELECT that reads from a table writes many rows and is not reported.
package conditional

import (
	"context"
	"database/sql"
)

func AddUnlessGone(ctx context.Context, db *sql.DB, mails []string) error {
	for _, m := range mails { // loop
		if _, err := db.ExecContext(ctx, "INSERT INTO guests (mail) SELECT $1::text WHERE NOT EXISTS (SELECT 1 FROM gone WHERE mail = $1)", m); err != nil {
			return err
		}
	}
	return nil
}

// AddAll inserts many rows with one statement.
func AddAll(ctx context.Context, db *sql.DB) error {
	_, err := db.ExecContext(ctx, "INSERT INTO guests (mail) SELECT mail FROM asked WHERE mail NOT IN (SELECT mail FROM gone)")
	return err
}
