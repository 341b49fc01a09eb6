// Package names asks package testing whether a test runs. It is application code all the same, and its loop is reported.
package names

import (
	"context"
	"database/sql"
	"testing"
)

func limit() int {
	if testing.Testing() {
		return 10
	}
	return 1000
}

func All(ctx context.Context, db *sql.DB, ids []int) (names []string, err error) {
	for i, id := range ids { // loop
		if i == limit() {
			break
		}
		var name string
		if err := db.QueryRowContext(ctx, `SELECT name FROM people WHERE id = ?`, id).Scan(&name); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, nil
}
