// Package corpus holds labelled code: ten kinds of service, each written as its own author would, with what a reviewer
// would want reported in it, and what not. It judges the rules as a whole; it is not where they are developed.
package corpus

import (
	"context"
	"database/sql"
	"fmt"
)

// The rules that labels name. Some of them may not be built yet.
const (
	NPlusOne   = "n-plus-one"
	Duplicate  = "duplicate-query"
	RowInsert  = "row-by-row-insert"
	RowUpdate  = "row-by-row-update"
	RowDelete  = "row-by-row-delete"
	Recursive  = "recursive-query"
	TxPerRow   = "transaction-per-row"
	Prepare    = "prepare-in-loop"
	Implicit   = "implicit-prepare"
	RowsUnshut = "rows-not-closed"
)

// A Case is one request, job or message of a service, which runs in a scope of its own.
//
// The lines at which its findings are wanted end in a comment such as "// want loop: n-plus-one": the loop's own line,
// or the call's where there is no loop.
type Case struct {
	Name      string   // unique within its service
	Want      []string // the rules that should report it, at likely or above; none: it should stay quiet; "a b" is either
	May       []string // rules on which reviewers would differ: a finding of theirs is neither wanted nor wrong
	Why       string   // why a reviewer would want it reported, or would not
	NoContext bool     // its code does not hand its context on to the database

	Setup func(ctx context.Context, db *sql.DB) error // makes schema and rows; not watched
	Run   func(ctx context.Context, db *sql.DB) error
}

// Seeded returns the cases with a Setup that runs script.
func Seeded(script string, cases []Case) []Case {
	for i := range cases {
		cases[i].Setup = func(ctx context.Context, db *sql.DB) error {
			if _, err := db.ExecContext(ctx, script); err != nil {
				return fmt.Errorf("corpus: seeding: %w", err)
			}
			return nil
		}
	}
	return cases
}
