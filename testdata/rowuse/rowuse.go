// Package rowuse holds labelled programs about what Go code does with the rows that it has fetched. They were written without
// knowledge of the rules: the folders a, b and c are the work of one author each. Each folder below a and b is one data layer; c has
// pairs on most of them.
package rowuse

import (
	"context"
	"database/sql"
)

// The rules that labels name.
const (
	FetchToCount    = "fetch-to-count"
	FetchToExist    = "fetch-to-exist"
	AggregateInApp  = "aggregate-in-app"
	FilterInApp     = "filter-in-app"
	ReadModifyWrite = "read-modify-write"
	UnusedColumns   = "unused-columns"
	RedundantLookup = "redundant-key-lookup"
	UnboundedResult = "unbounded-result"
	RowInsert       = "row-by-row-insert"
	Duplicate       = "duplicate-query"
	NPlusOne        = "n-plus-one"
)

// A Case is one request or job, which runs in a scope of its own.
type Case struct {
	Name   string   // a sentence, unique within its folder
	Want   []string // rules that a reviewer wants reported; none: nothing should be reported
	May    []string // rules on which reviewers would differ: neither wanted nor wrong
	Why    string   // why a reviewer would want it reported, or would not
	Driver string   // sqlite3, pgx or mysql
	Schema string   // script that makes tables and rows; statements end with a semicolon at the end of a line; not watched
	Run    func(ctx context.Context, db *sql.DB) error
}
