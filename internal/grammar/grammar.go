// Package grammar reads the facts of a statement with a parser of SQL's grammar where one is linked, and with the lexer of
// package fingerprint elsewhere.
//
// The parser is PostgreSQL's, in the module github.com/nplusgone/nplusgone/fingerprint/pgquery: a minute of C, which most
// builds do not need. A program that imports that package links it.
package grammar

import "github.com/nplusgone/nplusgone/fingerprint"

// A Source says what the facts were read with.
type Source string

// The sources.
const (
	Lexer      Source = "lexer"
	LibPGQuery Source = "libpg_query"
)

// NotLinked is the Reason of a Result where no parser is linked.
const NotLinked = "PostgreSQL's parser is not part of this build: take a released binary, or build fingerprint/pgquery/cmd/nplusgone"

// A Result is a statement that was read.
type Result struct {
	*fingerprint.Parsed                   // as fingerprint.Parse returns it
	Facts               fingerprint.Facts // the lexer's, refined where Source is not Lexer
	Source              Source
	Reason              string // why the facts are the lexer's; empty where they are refined
	PGFingerprint       string // libpg_query's own fingerprint; empty where it did not read the statement
}

var linked func(fingerprint.Dialect, string) Result

// Link makes Read use a parser. The package of the parser calls it when it is initialized.
func Link(read func(fingerprint.Dialect, string) Result) { linked = read }

// Read reads one SQL text. It never fails: where no parser reads the text, the facts are the lexer's.
func Read(d fingerprint.Dialect, sql string) Result {
	if linked != nil {
		return linked(d, sql)
	}
	p := fingerprint.Parse(d, sql)
	return Result{Parsed: p, Facts: p.Facts, Source: Lexer, Reason: NotLinked}
}
