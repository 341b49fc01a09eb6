// Package cgo has a loop in a file that imports C, which has no counter, and one in a file that does not.
package cgo

// static int twice(int n) { return 2 * n; }
import "C"

import "database/sql"

// output: which loop turned is inferred, not measured, in
// output: store.go: it imports C

func body(db *sql.DB, id int64) (body string, err error) {
	_ = C.twice(1)
	err = db.QueryRow("SELECT body FROM bodies WHERE post_id = ?", id).Scan(&body)
	return body, err
}

func inC(db *sql.DB, ids []int64) error {
	for _, id := range ids { // want: n-plus-one likely inferred
		if _, err := body(db, id); err != nil {
			return err
		}
	}
	return nil
}
