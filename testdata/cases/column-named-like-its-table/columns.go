// Package columns inserts rows one by one into a table that has a column with the name of the table. That is a
// row-by-row-insert, and its fix is an INSERT of several rows.
package columns

import (
	"context"
	"database/sql"
)

func Add(ctx context.Context, db *sql.DB, texts []string) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	for i, text := range texts { // loop
		if _, err := tx.ExecContext(ctx, "INSERT INTO notes (id, notes, owner) VALUES (?, ?, ?)", i+1, text, 7); err != nil {
			return err
		}
	}
	return tx.Commit()
}
