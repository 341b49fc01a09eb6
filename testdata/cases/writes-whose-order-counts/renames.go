// Package renames renames rows of which one may take the name of another. Each turn deletes the row that has the new name, and then
// updates one. No statement is proposed: all deletes before all updates would delete rows that are renamed.
package renames

import (
	"context"
	"database/sql"
)

type Rename struct{ Old, New string }

func All(ctx context.Context, tx *sql.Tx, renames []Rename) error {
	for _, r := range renames { // loop
		if _, err := tx.ExecContext(ctx, `DELETE FROM resources WHERE name = ? AND pipeline = ?`, r.New, 1); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE resources SET name = ? WHERE name = ? AND pipeline = ?`, r.New, r.Old, 1); err != nil {
			return err
		}
	}
	return nil
}
