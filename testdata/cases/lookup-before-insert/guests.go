// Package guests queries for each line whether it exists, and inserts it if it does not. One INSERT with ON
// CONFLICT would be enough. A row-by-row-insert is wanted at the loop, at any level.
package guests

import (
	"context"
	"database/sql"
	"errors"
)

func ImportNew(ctx context.Context, db *sql.DB, mails []string) error {
	for _, m := range mails { // loop
		var one int
		err := db.QueryRowContext(ctx, "SELECT 1 FROM guests WHERE mail = $1", m).Scan(&one)
		if err == nil {
			continue
		}
		if !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		if _, err := db.ExecContext(ctx, "INSERT INTO guests (mail) VALUES ($1)", m); err != nil {
			return err
		}
	}
	return nil
}
