// Package names asks package testing whether a test runs. It is application code all the same, and its loop is reported; but
// not that of a function that ends at once outside of tests.
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

// Fill is for tests only, and ends at once elsewhere.
func Fill(ctx context.Context, db *sql.DB, names []string) error {
	if !testing.Testing() {
		panic("Fill is for tests")
	}
	for _, name := range names {
		if _, err := db.ExecContext(ctx, `INSERT INTO people (name) VALUES (?)`, name); err != nil {
			return err
		}
	}
	return nil
}
