// Package search is called several times by a test that created the one row that it finds. The repetition is in
// the test, so nothing is reported, however the row was created and whatever was read before.
package search

import (
	"context"
	"database/sql"
)

// Search finds people and counts the followers of each.
func Search(ctx context.Context, pool *sql.DB, word string) (out []int, err error) {
	rows, err := pool.QueryContext(ctx, `SELECT id FROM people WHERE ? <> ''`, word)
	if err != nil {
		return nil, err
	}
	var found []int
	for rows.Next() {
		var id int
		if err := rows.Scan(&id); err != nil {
			rows.Close()
			return nil, err
		}
		found = append(found, id)
	}
	rows.Close()
	for _, id := range found {
		var n int
		if err := pool.QueryRowContext(ctx, `SELECT count(*) FROM follows WHERE followed = ?`, id).Scan(&n); err != nil {
			return nil, err
		}
		out = append(out, n)
	}
	return out, nil
}
