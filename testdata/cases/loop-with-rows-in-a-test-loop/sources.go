// Package sources looks up a list of names, one query each. The test calls it more often than it has names for it, so the loop turned less
// often than it was entered. It is reported, because it turned several times in one call.
package sources

import (
	"context"
	"database/sql"
)

func Sources(ctx context.Context, db *sql.DB, names []string) (ids []int, err error) {
	for _, name := range names { // loop
		var id int
		if err := db.QueryRowContext(ctx, `SELECT id FROM sources WHERE name = ?`, name).Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, nil
}
