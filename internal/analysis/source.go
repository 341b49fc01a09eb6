package analysis

import "github.com/nplusgone/nplusgone/finding"

// A Frame is one call of a stack, symbolised.
type Frame struct {
	Function string // import path and name, as runtime.Frame has it
	File     string // as compiled in: absolute, or led by the module path under -trimpath
	Line     int
}

// A LoopKind says what drives a loop.
type LoopKind uint8

// The kinds of loops.
const (
	LoopRange   LoopKind = iota // for … range over a collection, function or channel
	LoopCounter                 // for i := 0; …; i++ and range over an integer
	LoopWhile                   // for cond {}, also for rows.Next()
	LoopForever                 // for {}
)

// A Loop is the source construct that repeats a statement.
type Loop struct {
	finding.Position
	End      int // its last line
	Kind     LoopKind
	Test     bool  // it stands in a _test.go file
	Constant bool  // it repeats a number of times that the source fixes
	Waits    bool  // its body sleeps or waits for a timer: it polls
	Searches bool  // what the statement answers ends it: the next turn depends on the last
	Cached   bool  // the statement runs for what a cache that others share does not hold yet
	Receives bool  // each turn takes a message that another goroutine or program sends: the next is not there yet
	Effects  []int // lines, in its function, of calls that have an effect outside of the loop and whose error is checked
	Returns  bool  // each turn leaves the loop behind the statement: it turns once each time that it is entered
	Started  bool  // it starts the goroutine of the statement, or hands its function to what does
	Retries  bool  // it ends as soon as a turn succeeds
	Stops    bool  // it goes over a collection, and what the statement answers decides whether it goes on
	Exits    bool  // it has a break, or a return that is no error's, under a condition
	// Helper is the function outside handwritten code whose loop it is: in a library or a generated file. Place is then
	// the handwritten call of it, or if there is none on the stack, the handwritten call that the loop led to. It is
	// empty for a loop in handwritten code.
	Helper string
	// Library says that Helper is a library which issues the statement itself, or which calls back a declared function:
	// its loop may go over something else than data. It repeats the statement only if one call of the library led to
	// several statements.
	Library bool
	Frame   int // index, in the stack it was looked up for, of the frame whose function has the loop
}

// A Source answers what the user's source code says. An implementation that cannot read a file answers no. Its methods
// may be called concurrently.
type Source interface {
	// Loops returns all loops that enclose the statement issued by stack, the innermost first: in the functions of the
	// stack, in libraries that call the application back or issue the statement, and around the statement that started
	// the goroutine. complete is false if there may be others: a file could not be read, the goroutine's starter is not
	// known, or a library calls the application back from a loop that cannot be seen. Loops without complete must not be
	// taken for no loop.
	Loops(stack []Frame) (loops []Loop, complete bool)

	// Flows says whether an argument of the statement at the stack child, in loop, is a value of the result of the
	// statement at the stack parent. loop is one that Loops returned for child.
	Flows(parent, child []Frame, loop Loop) Flow

	// Collection says whether the collection that the loop inner goes over changes with the turns of the loop outer, which
	// encloses it. Both are loops that Loops returned for the stack.
	Collection(stack []Frame, inner, outer Loop) FlowResult

	// Directive returns the comment in the source, if there is one, that says what to do with what a rule found: on the lines
	// of the loop and of the calls within that led to the statement, above those, or above their functions. loop is nil
	// where there is none. Frames of stack are those that led to the statement within the scope.
	Directive(rule string, stack []Frame, loop *Loop) (d Directive, found bool)

	// Rows says what the code does with the rows that the statement at stack returned, as far as its types tell. The zero
	// RowUse says that nothing is known.
	Rows(stack []Frame) RowUse

	// Line returns the text of a source line, trimmed, or "".
	Line(file string, line int) string

	// Snippet returns the lines around loop, as Loop found it for stack, with around more before and after; nil when the
	// source is not at hand.
	Snippet(stack []Frame, loop Loop, around int) []finding.SnippetLine

	// Generated reports whether a program wrote the file: no user's code, then.
	Generated(function, file string) bool

	// Supports reports whether the file was written for tests, though its name does not say so: it imports testing.
	Supports(function, file string) bool
}
