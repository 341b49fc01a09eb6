// Package codes searches a free code for each row, and inserts the row. The inner loop is a search that usually
// ends in its first iteration. A row-by-row-insert is wanted at the outer loop, and nothing at the inner one.
package codes

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
)

func code() string { return fmt.Sprintf("%010d", rand.Int64N(9_999_999_999)) }

func freeReturn(ctx context.Context, db *sql.DB) (string, error) {
	for { // loopReturn
		c := code()
		var n int
		err := db.QueryRowContext(ctx, "SELECT 1 FROM tickets WHERE code = $1", c).Scan(&n)
		if err == sql.ErrNoRows {
			return c, nil
		}
		if err != nil {
			return "", err
		}
	}
}

func freeBreak(ctx context.Context, db *sql.DB) (c string, err error) {
	for { // loopBreak
		c = code()
		var n int
		err = db.QueryRowContext(ctx, "SELECT 1 FROM tickets WHERE code = $1", c).Scan(&n)
		if err == sql.ErrNoRows {
			break
		}
	}
	return c, nil
}

// Issue inserts a ticket for each guest.
func Issue(ctx context.Context, db *sql.DB, mails []string, free func(context.Context, *sql.DB) (string, error)) error {
	for _, m := range mails { // loopIssue
		c, err := free(ctx, db)
		if err != nil {
			return err
		}
		if _, err := db.ExecContext(ctx, "INSERT INTO tickets (code, mail) VALUES ($1, $2)", c, m); err != nil {
			return err
		}
	}
	return nil
}
