// Package library shows a library call that loads relations, or saves a list, with one statement for each row. The
// loop is in the library; the application makes one call. The finding is wanted at the call of the application, at
// any level, and a note that names the call is enough.
//
// Related issues: gogf/gf#4620, gogf/gf#4656, gogf/gf#4672, src-d/go-kallax#178.
package library

import (
	"context"
	"database/sql"

	"example.org/loader"
)

func Page(ctx context.Context, db *sql.DB) (n int, err error) {
	ps, err := loader.With(ctx, db) // callPage
	for _, p := range ps {
		n += len(p.Children)
	}
	return n, err
}

func Save(ctx context.Context, db *sql.DB, names []string) error {
	return loader.SaveAll(ctx, db, names) // callSave
}
