// Package files updates the name and the kind of each file. All kinds are equal in this test. That is a
// row-by-row-update. Its fix must set the kind of each row, or have no statement.
package files

import (
	"context"
	"database/sql"
)

type File struct{ ID, Name, Kind string }

func Save(ctx context.Context, db *sql.DB, list []File) error {
	for _, f := range list { // loop
		if _, err := db.ExecContext(ctx, "UPDATE files SET name = $1, kind = $2 WHERE id = $3", f.Name, f.Kind, f.ID); err != nil {
			return err
		}
	}
	return nil
}
