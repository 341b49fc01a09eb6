package rewrite

import (
	"fmt"
	"strings"

	"github.com/nplusgone/nplusgone/fingerprint"
)

// A Shape is the kind of a rewrite.
type Shape string

// The shapes.
const (
	ShapeList    Shape = "list"    // = ANY($1), IN (…): the keys of all turns
	ShapeWhole   Shape = "whole"   // the statement as it is, which takes a list already
	ShapeGrouped Shape = "grouped" // GROUP BY the key: an aggregate for each key
	ShapeRanked  Shape = "ranked"  // row_number() OVER (PARTITION BY the key): the first rows of each key
	ShapeKeys    Shape = "keys"    // SELECT DISTINCT the key: the keys that have a row
	ShapeJoin    Shape = "join"    // LEFT JOIN with the parent
	ShapeLateral Shape = "lateral" // LEFT JOIN LATERAL with the parent
	ShapeRows    Shape = "rows"    // VALUES (…), (…)
	ShapeCopy    Shape = "copy"    // COPY … FROM STDIN
	ShapeCase    Shape = "case"    // CASE key WHEN … THEN …
	ShapeValues  Shape = "values"  // UPDATE … FROM (VALUES …)
	ShapeCount   Shape = "count"   // SELECT count(*)
	ShapeExists  Shape = "exists"  // SELECT EXISTS (…)
	ShapeColumns Shape = "columns" // the same SELECT with fewer columns
	ShapeFilter  Shape = "filter"  // the same SELECT with another condition
	ShapeFold    Shape = "fold"    // SELECT sum(…), max(…)
	ShapeAssign  Shape = "assign"  // UPDATE … SET n = n + 1
)

// A Rewrite is the statement that replaces others.
type Rewrite struct {
	Shape    Shape
	Note     string   // what the code has to do beside running the statement, in sentences; empty for nothing
	Keys     []string // columns of the result that hold the key of a row, as the result names them
	Replaces []string // the statements that it replaces, in the normal form of package fingerprint
	Repeats  Repeats  // what a key that occurs in two turns means for a write

	dialect          fingerprint.Dialect
	bindings, parent []fingerprint.Binding // of the loop's statement and of its parent's
	build            func(w *writer)
	ignoresCase      bool // the database may ignore the case of the key of a write
}

// Repeats says what has to happen to a key that occurs in two turns.
type Repeats uint8

const (
	RepeatsHarmless Repeats = iota // nothing: the statement has the same effect
	RepeatsLast                    // the last turn of each key must be kept, the others dropped
	RepeatsRefused                 // there is no rewrite for such turns: each key must occur once
)

// SQL returns the statement for a report: every value is a placeholder, and an ellipsis stands for all turns after the
// second. In PostgreSQL the placeholders keep the numbers of the loop's statement where it is possible.
func (r *Rewrite) SQL() string {
	text, _ := r.write(2, true, Options{})
	return text
}

// Statement returns the statement for a number of turns, to be run. Without o.Type, PostgreSQL takes the values of
// ShapeValues for text.
func (r *Rewrite) Statement(turns int, o Options) Statement {
	text, args := r.write(turns, false, o)
	return Statement{SQL: text, Args: args}
}

// Options say how a statement to be run is written. The zero value makes every value an argument.
type Options struct {
	Literal func(Arg) string // the literal to write in place of an argument; empty for none
	Type    func(Arg) string // the SQL type of an argument; empty for none
}

// A Statement is SQL text and its arguments, in the order of the placeholders' numbers.
type Statement struct {
	SQL  string
	Args []Arg
}

// An Arg is an argument of a rewrite.
type Arg struct {
	Value   int  // position in Facts.Values of the loop's statement, or of its parent's
	Turn    int  // the turn whose value it is, counted from 0; All for an array of all turns' values; 0 if the value does not vary
	Parent  bool // the value is one of the parent's statement
	Program bool // the value is no value of the statement but one of the program's: Value counts the operands that the caller gave
}

// All as the turn of an argument is an array of the values of all turns.
const All = -1

// newRewrite returns a rewrite that replaces the statement s.
func newRewrite(s *statement, shape Shape, build func(w *writer)) *Rewrite {
	return &Rewrite{Shape: shape, Replaces: []string{s.parsed.Text}, dialect: s.dialect, bindings: s.parsed.Bindings, build: build}
}

// note adds a sentence to the note.
func (r *Rewrite) note(format string, args ...any) {
	r.Note = strings.TrimSpace(r.Note + " " + fmt.Sprintf(format, args...))
}

// refuse returns the reason why there is no rewrite: a clause without a full stop.
func refuse(format string, args ...any) error { return fmt.Errorf(format, args...) }
