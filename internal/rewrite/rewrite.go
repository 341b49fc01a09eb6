package rewrite

import (
	"fmt"

	"github.com/nplusgone/nplusgone/fingerprint"
)

// A Shape is the kind of a rewrite.
type Shape string

// The shapes.
const (
	List    Shape = "list"    // = ANY($1), IN (…): the keys of all turns
	Grouped Shape = "grouped" // GROUP BY the key: an aggregate of each
	Ranked  Shape = "ranked"  // row_number() OVER (PARTITION BY the key): the first rows of each
	Keys    Shape = "keys"    // SELECT DISTINCT the key: those of which there is a row
	Join    Shape = "join"    // LEFT JOIN with the parent
	Lateral Shape = "lateral" // LEFT JOIN LATERAL with the parent
	Rows    Shape = "rows"    // VALUES (…), (…)
	Copy    Shape = "copy"    // COPY … FROM STDIN
	Case    Shape = "case"    // CASE key WHEN … THEN …
	Values  Shape = "values"  // UPDATE … FROM (VALUES …)
	Count   Shape = "count"   // SELECT count(*)
	Exists  Shape = "exists"  // SELECT EXISTS (…)
)

// A Loop is a statement that a loop runs.
type Loop struct {
	Dialect fingerprint.Dialect
	Parsed  *fingerprint.Parsed // of any turn
	Varies  func(value int) bool
}

// Varies reports by position among Facts.Values which values differ from turn to turn; nil means those of a key, of SET
// and of an INSERT do.
func (l *Loop) varies(value int) bool {
	if l.Varies != nil {
		return l.Varies(value)
	}
	switch l.Parsed.Facts.Values[value].Role {
	case fingerprint.RoleKey, fingerprint.RoleInsert, fingerprint.RoleSet:
		return true
	}
	return false
}

// A Rewrite is the statement that takes the place of a loop's statements.
type Rewrite struct {
	Shape Shape
	Note  string   // what the reader has to know of it; empty for nothing
	Keys  []string // columns of its result that tell the turns apart, as the result names them

	dialect fingerprint.Dialect
	build   func(w *writer)
}

// SQL returns the statement for people: values are placeholders, and an ellipsis stands for the third turn and all others.
func (r *Rewrite) SQL() string {
	w := writer{dialect: r.dialect, turns: 2, more: true}
	r.build(&w)
	return w.String()
}

// Statement returns the statement for a number of turns, to be run. Without o.Type, PostgreSQL takes the values of the
// shape Values for texts.
func (r *Rewrite) Statement(turns int, o Options) Statement {
	w := writer{dialect: r.dialect, turns: turns, options: o}
	r.build(&w)
	return Statement{SQL: w.String(), Args: w.args}
}

// Options say what a statement to be run is made with. The zero value makes every value an argument.
type Options struct {
	Literal func(Arg) string // the literal to write in an argument's place; empty for none
	Type    func(Arg) string // the SQL type of an argument; empty for none
}

// A Statement is SQL text and the arguments that it takes.
type Statement struct {
	SQL  string
	Args []Arg
}

// An Arg is a value of the loop: that at a position of a turn.
type Arg struct {
	Value  int  // among Facts.Values, of the loop's statement or of its parent's
	Turn   int  // counted from 0; All for an array of all turns' values, 0 for a value that does not differ
	Parent bool // it is a value of the parent
}

// All as the turn of an argument is an array of the values of all turns.
const All = -1

// refuse says why there is no rewrite.
func refuse(format string, args ...any) error { return fmt.Errorf(format, args...) }
