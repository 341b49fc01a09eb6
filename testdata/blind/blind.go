// Package blind holds labelled programs that were written without knowledge of the rules: the folders a, b and c are the
// work of one author each. Each folder below them is one small application on one data layer. The labels say what a
// reviewer would want reported, and what not.
//
// The tests need PostgreSQL at 127.0.0.1:5432 (user root, no password) and MariaDB at 127.0.0.1:3306 (the same). They
// make a schema or a database for each case and remove it.
//
//	go test -run 'TestBare|TestRepeats|TestLabels' .   # the programs alone
//	go test -run TestBlind -v .                        # the programs watched, judged by their labels
//	go test -run TestBlind -v . -report                # the same, but low figures do not fail the test
//	go test -run TestBlind -v . -report -levels        # and every finding, suspects and notes too
//	rename/compare                                     # no verdict rests on an identifier
package blind

import (
	"context"
	"database/sql"
)

// The rules that labels name.
const (
	NPlusOne  = "n-plus-one"        // one SELECT for each row of an earlier result, or for each of many keys
	Duplicate = "duplicate-query"   // the same SELECT with the same arguments again in one request, nothing changed in between
	RowInsert = "row-by-row-insert" // one INSERT for each row
	RowUpdate = "row-by-row-update" // one UPDATE for each row
	RowDelete = "row-by-row-delete" // one DELETE for each row
	Recursive = "recursive-query"   // one SELECT for each node of a tree, by a function that calls itself
)

// A Case is one request, job or message, which runs in a scope of its own.
//
// The lines where its findings are wanted end in a comment "// want loop: RULE": the line of the for statement (or of the
// call that iterates, where a library does), or the line of the call to the database layer where there is no loop. Lines
// that its author accepts as well end in "// also loop: RULE". Both may name several rules.
type Case struct {
	Name   string   // unique within its folder
	Want   []string // rules that a reviewer wants reported, with certainty; none: nothing should be reported; "a b" is either
	May    []string // rules on which reviewers would differ: neither wanted nor wrong
	Why    string   // why a reviewer would want it reported, or would not
	Driver string   // sqlite3, pgx, postgres (lib/pq) or mysql
	Schema string   // script that makes tables and rows; statements end with a semicolon at the end of a line; not watched
	Run    func(ctx context.Context, db *sql.DB) error
}
