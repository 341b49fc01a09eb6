// Package nested runs generated queries through one function, which is on the stack once for each level of
// nesting. That is not a tree. One item is not reported. For several items an n-plus-one is wanted at the loop for
// each statement, and never a recursive-query.
package nested

import (
	"context"
	"database/sql"

	"example.com/cases/generated-nested-queries/gen"
)

// Show loads several items, each with everything that belongs to it.
func Show(ctx context.Context, db *sql.DB, ids []string) error {
	for _, id := range ids { // loop
		if err := (&gen.ItemQuery{DB: db, ID: id}).All(ctx); err != nil {
			return err
		}
	}
	return nil
}
