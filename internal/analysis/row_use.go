package analysis

import "github.com/nplusgone/nplusgone/finding"

// A RowUse is what the source does with the rows of a statement, as far as its types tell. The zero RowUse says nothing.
type RowUse struct {
	// Known says that every use of the rows was followed and understood: what is not listed below does not happen.
	Known    bool
	Through  bool               // a call through an interface lies on the way
	Gathered bool               // the rows are kept in a collection, all of them
	Unread   bool               // no value of a row is read
	Counts   []finding.Position // where the number of rows is taken
	Exists   []finding.Position // where only whether there is a row is asked
	Reads    []Column           // columns whose values are read, in the order of the source
	Folds    []Fold             // what is computed over all rows, when nothing else is done with them
	Filter   *Filter            // what drops rows once they are read
	Feeds    []Argument         // where values of the rows, or what is computed of them, become arguments of other statements
}

// A Column is a column of a result: by its position, or by its name where a data layer reads rows into structs.
type Column struct {
	Index int    // counted from 0; -1 when only the name is known
	Name  string // of the variable or field in the source, or of the column as the data layer derives it
}

// A Fold is one value that a loop makes of all rows.
type Fold struct {
	Func     string // sum, max or min
	Expr     string // what is folded, as SQL, with each column as {INDEX} or {NAME}
	Position finding.Position
}

// A Filter is a comparison that decides whether a row is used.
type Filter struct {
	Column   Column
	Op       string // as SQL has it, for the rows that are kept: = <> < <= > >=
	Operand  string // the constant as SQL; ? for a value of the program's
	Literal  any    // the constant, nil for a value of the program's
	Position finding.Position
}

// An Argument is a value of the rows on its way into another statement.
type Argument struct {
	Column Column
	Expr   string // how it was computed, as SQL, with the column as {INDEX} or {NAME}; empty when it was handed on as it is
	File   string // of the call, as compiled in
	Line   int
	Only   bool // nothing else is done with the column
}

// A FlowResult says whether values reach somewhere, as far as the source shows.
type FlowResult uint8

// The results of following values.
const (
	FlowUnknown  FlowResult = iota // the source could not be read, or the values could not be followed
	FlowShown                      // they do
	FlowExcluded                   // they do not
)

// A Flow says where the arguments of a statement in a loop come from. The zero Flow says that nothing is known.
type Flow struct {
	// Result says whether an argument is a value of the parent statement's result that changes with the turns of the
	// loop. It is excluded if all arguments are constants, the same in each turn, or come from elsewhere.
	Result FlowResult
	// Turns says whether any argument changes with the turns of the loop, wherever it comes from. It is excluded if the
	// loop runs the statement with the same arguments in each turn.
	Turns FlowResult
}
