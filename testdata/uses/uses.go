// Package uses holds the ways in which Go code treats rows that it has fetched. Each case is ordinary code with a sentence
// for a name: what it does with the rows, and whether a rule is to say something of it.
package uses

import (
	"context"
	"database/sql"
	_ "embed"
)

// A Case is one way of treating rows.
type Case struct {
	Rule  string // that the case is about; empty where none is to find anything
	Name  string // a sentence
	Fires bool   // whether the rule finds something
	Level string // the level that it finds it at; empty for likely or above
	Run   runner
}

type runner = func(ctx context.Context, db *sql.DB) error

// about returns what makes cases of a rule: those in which it finds something, and those in which it stays quiet.
func about(rule string) (fires, quiet func(name string, run runner) Case) {
	return func(name string, run runner) Case { return Case{Rule: rule, Name: name, Fires: true, Run: run} },
		func(name string, run runner) Case { return Case{Rule: rule, Name: name, Run: run} }
}

func (c Case) at(level string) Case {
	c.Level = level
	return c
}

// Schema makes the tables, and fills them.
//
//go:embed schema.sql
var Schema string

// Cases returns all cases.
func Cases() []Case {
	var all []Case
	for _, some := range [][]Case{
		counts(), ways(), waysOfSums(), exists(), folds(), filters(), modifies(), lookups(), huge(), wide(), rendered(), services(),
	} {
		all = append(all, some...)
	}
	return all
}

// Out is where cases leave what they have found out, so that it is used.
var Out any
