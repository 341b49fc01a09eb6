package analysis

import "github.com/nplusgone/nplusgone/finding"

// A Source reads the application's source code. If it cannot read a file, its methods return that nothing is known. They may
// be called concurrently.
type Source interface {
	// Loops returns the loops around the statement issued by stack, the innermost first: in the functions of the stack, in
	// libraries that call the application back or issue the statement, and around the go statement that started the
	// goroutine. complete is false if there may be more: a file could not be read, the start of the goroutine is not known,
	// or a library calls the application back from a loop that cannot be read. Without complete, an empty list does not mean
	// that there is no loop.
	Loops(stack []Frame) (loops []Loop, complete bool)

	// Flows says whether an argument of the statement at the stack child, in loop, is a value of the result of the statement
	// at the stack parent. loop is one that Loops returned for child.
	Flows(parent, child []Frame, loop Loop) Flow

	// Collection says whether the collection that the loop inner ranges over changes with the turns of the loop outer, which
	// encloses it. Both are loops that Loops returned for the stack.
	Collection(stack []Frame, inner, outer Loop) FlowResult

	// Directive returns the comment that accepts findings of a rule, if there is one: on the lines of the loop and of the
	// calls within it that led to the statement, above those lines, or above their functions. stack has the frames within
	// the scope. loop is nil if there is none.
	Directive(rule string, stack []Frame, loop *Loop) (d Directive, found bool)

	// Rows returns how the code uses the rows of the statement at stack, as far as types show. The zero RowUse means that
	// nothing is known.
	Rows(stack []Frame) RowUse

	// Locks reports whether the code on the lines from first to last, in the function of fr, takes a lock. A first line of 0 is
	// that of the function.
	Locks(fr Frame, first, last int) bool

	// LoadsRelation reports whether fr's function loads the related rows of rows that are already loaded: one of a data layer, or
	// one that was generated.
	LoadsRelation(fr Frame) bool

	// Forwards reports whether the call on fr's line is of a function that fr's function was given, as in a hook that measures it.
	Forwards(fr Frame) bool

	// PassesOn reports whether the call on fr's line gets a text and a list of values that fr's function was given both: the statement
	// is one of its caller.
	PassesOn(fr Frame) bool

	// Exclusive reports whether one call of fr's function cannot run both lines, as those of two cases of a switch.
	Exclusive(fr Frame, a, b int) bool

	// CalledAgain returns the index of the outermost frame of a stack on whose line its function calls the function of the next
	// inner frame several times; -1 if there is none.
	CalledAgain(stack []Frame) int

	// Arm returns the innermost arm of an if, switch or select statement on the lines from first to last, in fr's function, that
	// fr's line is in, with what decides on it as its text: "if p.Draft", "else of if p.Draft" or "case Video".
	Arm(fr Frame, first, last int) (finding.Position, bool)

	// Line returns a source line without the space around it; "" if it is not available.
	Line(file string, line int) string

	// Snippet returns the lines of a loop that Loops returned for stack, with the given number of lines before and after;
	// nil if the source is not available.
	Snippet(stack []Frame, loop Loop, around int) []finding.SnippetLine

	// Generated reports whether a program wrote the file, so that it is not application code.
	Generated(function, file string) bool

	// Supports reports whether the file was written for tests although it is not a _test.go file: it imports testing.
	Supports(function, file string) bool
}

// A Frame is a symbolised frame of a call stack.
type Frame struct {
	Function string // import path and name, as in runtime.Frame
	File     string // as compiled in: absolute, or beginning with the module path under -trimpath
	Line     int
}

// A LoopKind is the kind of a loop's header.
type LoopKind uint8

// The kinds of loops.
const (
	LoopRange   LoopKind = iota // for … range over a collection, function or channel
	LoopCounter                 // for i := 0; …; i++, and range over an integer
	LoopWhile                   // for cond {}, also for rows.Next()
	LoopForever                 // for {}
)

// A Loop is a loop in the source that encloses a statement's call.
type Loop struct {
	finding.Position
	End      int // its last line
	Kind     LoopKind
	Test     bool  // it is in a _test.go file
	Constant bool  // types and syntax fix the number of its turns
	Waits    bool  // its body sleeps or waits for a timer: it polls
	Searches bool  // the statement's result ends it
	Cached   bool  // the statement runs only when a cache that outlives the scope misses
	Receives bool  // each turn takes a message that another goroutine or program sends
	Effects  []int // lines of calls in its turns, but not in one that leaves it, that have an effect outside of the program and whose error is checked
	Returns  bool  // each turn leaves the loop after the statement: it turns once for each time that it is entered
	Started  bool  // it starts the goroutine of the statement, or passes its function to code that does
	Retries  bool  // it ends with the first turn that succeeds
	Stops    bool  // it ranges over a collection, and the statement's result decides whether it goes on
	Passes   bool  // it ranges over a collection, and the element or a field of it, possibly trimmed, is the only text that the call gets
	Exits    bool  // it has a conditional break, or a conditional return that is not an error's

	// Helper is the function outside of handwritten code that has the loop: in a library or in a generated file. Position is
	// then the handwritten call of it; if none is on the stack, the handwritten call that the loop led to. It is empty for a
	// loop in handwritten code.
	Helper string

	// Library says that Helper is a library that issues the statement itself, or that calls back a declared function. Its
	// loop may range over something else than data: it repeats the statement only if one call of the library led to several
	// statements.
	Library bool

	Frame int // index of the frame that has the loop, in the stack that Loops was called with

	// Own is where the loop itself is, if Position is that of a call in handwritten code; nil if it is at Position, or not known.
	Own *Lines
}

// Lines are lines of the function of a frame.
type Lines struct{ Frame, Line, End int }

// A FlowResult says whether a value flows somewhere, as far as the source shows.
type FlowResult uint8

// The results of following values.
const (
	FlowUnknown  FlowResult = iota // the source could not be read, or the value could not be followed
	FlowShown                      // it does
	FlowExcluded                   // it does not
)

// A Flow says where the arguments of a statement in a loop come from. The zero Flow means that nothing is known.
type Flow struct {
	// Result says whether an argument is a value of the parent statement's result that changes with the turns of the
	// loop. It is FlowExcluded if all arguments are constants, are the same in each turn, or come from elsewhere.
	Result FlowResult
	// Turns says whether any argument changes with the turns of the loop, wherever it comes from. It is FlowExcluded if
	// all turns run the statement with the same arguments.
	Turns FlowResult
}

// A RowUse is how the source uses the rows of a statement, as far as types show. The zero RowUse means that nothing is known.
type RowUse struct {
	// Known says that every use of the rows was followed and understood: uses that are not listed below do not exist.
	Known    bool
	Blobs    []Column           // those that are read into a []byte
	Mapped   []string           // the columns, by name, that a data layer reads into fields of their own
	Other    bool               // a field is used that no column is known of: another statement may have filled it, or columns with another name
	Unknown  string             // why not, for people; empty if it is known
	Through  bool               // the rows pass a call through an interface
	Relation bool               // they are the rows of a relation of other rows, which a data layer loaded with them
	ToOne    bool               // of a relation: each of the other rows has one of them at most
	Gathered bool               // all rows are stored in a collection
	Single   bool               // the code reads one row at most
	Unread   bool               // no value of a row is read
	Counts   []finding.Position // where the number of rows is read
	Exists   []finding.Position // where the code checks only whether there is a row
	Zero     []finding.Position // where the only value that is read is compared with 0, which is its only use
	Reads    []Column           // columns whose values are read, in the order of the source
	Folds    []Fold             // values computed over all rows, if the rows have no other use
	By       *Column            // the column for each value of which Folds are computed; nil for none
	First    *finding.Position  // where the rows are put into an order, or compared, and only the first or the last one is used
	Filter   *Filter            // condition under which rows that were read are dropped
	Feeds    []Argument         // where values of the rows, or values computed from them, are arguments of other statements
}

// A Column is a column of a result: by index, or by name if a data layer reads rows into structs.
type Column struct {
	Index int    // counted from 0; -1 if only the name is known
	Name  string // of the variable or field in the source, or of the column as the data layer derives it
}

// A Fold is one value that a loop computes over all rows.
type Fold struct {
	Func     string // sum, max, min, or count
	Expr     string // empty for count; else the folded expression as SQL, with each column as {INDEX} or {NAME}
	Position finding.Position
}

// A Filter is a comparison that decides whether a row is used.
type Filter struct {
	Column   Column
	Op       string // as in SQL, for the rows that are kept: = <> < <= > >=; empty if the condition is another one
	Operand  string // the constant as SQL; ? for a value of the program
	Literal  any    // the constant; nil for a value of the program
	Position finding.Position
}

// An Argument is a value of the rows that is passed to another statement.
type Argument struct {
	Column Column
	Expr   string // how it was computed, as SQL, with the column as {INDEX} or {NAME}; empty if it is the column's value itself
	File   string // of the call, as compiled in
	Line   int
	Only   bool // the column has no other use
}

// A Directive is a comment in the source that accepts findings.
type Directive struct {
	finding.Position
	Max    int // maximum number of statements that is accepted; 0 for any number
	Reason string
	Wrong  string // why the comment has no effect; empty if it has
}
