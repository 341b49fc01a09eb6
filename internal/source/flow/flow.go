package flow

import (
	"fmt"
	"go/token"
	"go/types"
	"path/filepath"

	"golang.org/x/tools/go/ssa"

	"github.com/nplusgone/nplusgone/internal/analysis"
	"github.com/nplusgone/nplusgone/internal/source/files"
)

// A flow follows the rows of one statement through the functions of its stack, and into functions that get them as
// arguments. It ignores the order of instructions: a variable that may hold a value of the rows is taken to hold it. A
// use that it cannot interpret is an escape: the value may then be used for anything.
type flow struct {
	*loader
	files   *files.Set
	returns map[*ssa.Function][]ssa.CallInstruction // the calls that get a function's results
	through map[ssa.CallInstruction]bool            // calls through an interface
	open    map[*ssa.Function]bool                  // functions that other code may call as well, with the same rows
	start   func(f *flow)                           // marks the statement's results

	exposed  map[slot]bool                // fields whose rows any function of the package may read
	promoted map[ssa.CallInstruction]bool // calls of a method that the type in an interface has from a field

	sites    []site        // the calls on the stack
	relation bool          // the rows are those of a relation of the rows that the call returns
	touched  map[slot]bool // the fields for relations that are used
	toOne    bool          // such a field holds one row

	// free reports whether uses in a block are ignored: it runs only for the rows that a condition keeps. May be nil.
	free    func(b *ssa.BasicBlock) bool
	ends    bool      // the first and the last element of a collection are ignored
	dropped ssa.Value // the rows that a condition keeps, if a library returns them: ignored as well. May be nil.

	columns  []analysis.Column
	blobs    columns          // those that are read into a []byte
	fields   map[slot]columns // columns that are read into fields of structs
	changed  bool             // fields or returns have grown: another pass is needed
	labels   map[ssa.Value]map[string]label
	before   map[ssa.Value]map[string]label // labels of the previous pass
	queue    []work
	depth    int
	overflow bool

	filled map[ssa.CallInstruction]bool // calls that write rows into their arguments
	dests  map[ssa.Value]bool           // lists of the variables that Scan gets

	selectors map[ssa.CallInstruction][]*ssa.Function // calls that select rows by functions
	boxed     []ssa.Value                             // values that were put into interfaces

	rendered []rendering // values that templates get

	lost     string // why rows could not be followed, empty if they could
	escapes  []escape
	encoding string  // the tag of escapes: an encoder reads the value
	numbers  []event // where the number of rows is taken
	exists   []event // where the existence of a row is tested
	reads    []read
	raised   map[slot]string // fields that are computed from themselves
	nexts    []ssa.CallInstruction
	scans    []ssa.CallInstruction
	gathered bool
	other    bool // a field is used that no column is known of
	ended    int  // elements that ends has ignored
	oneRow   bool // the code reads at most one row
	crossed  bool // a result passed a call through an interface
}

type work struct {
	v ssa.Value
	l label
}

type event struct {
	pos token.Pos
	in  *ssa.Function
}

// A reading is the purpose of reading a value.
type reading uint8

const (
	readOther reading = iota
	readCond          // a branch depends on it, compared with a value that is not from the rows
	readSum           // it is added to a variable of the loop
	readMax           // builtin max with a variable of the loop
	readMin
	readPick // it becomes the variable that it was compared with
	readKey  // it is the key of a map that holds a sum or a number for each
	readPass // it is an argument of a statement
)

type read struct {
	cols  columns
	expr  string
	as    reading
	instr ssa.Instruction
	other ssa.Value // the value that it is compared or joined with
	zero  bool      // it is compared with 0
	maybe bool      // of readPass: the call is of an interface, which may do something else
}

// run follows the rows, in passes, until a pass finds nothing new.
func (f *flow) run() {
	for range 6 {
		f.changed, f.depth = false, 0
		f.before, f.labels = f.labels, map[ssa.Value]map[string]label{}
		f.lost, f.escapes, f.numbers, f.exists, f.reads = "", nil, nil, nil, nil
		f.other, f.touched, f.exposed = false, map[slot]bool{}, map[slot]bool{}
		f.nexts, f.scans, f.filled, f.boxed, f.rendered = nil, nil, map[ssa.CallInstruction]bool{}, nil, nil
		f.dests, f.selectors = map[ssa.Value]bool{}, map[ssa.CallInstruction][]*ssa.Function{}
		f.start(f)
		for len(f.queue) > 0 && !f.overflow {
			w := f.queue[len(f.queue)-1]
			f.queue = f.queue[:len(f.queue)-1]
			f.uses(w.v, w.l)
		}
		f.render()
		if !f.changed && len(f.before) == len(f.labels) {
			return
		}
	}
	f.overflow = f.overflow || f.changed
}

// mark gives v the label l and puts its uses into the queue. It returns false if v cannot have it, for example because of a limit:
// the value has then escaped.
func (f *flow) mark(v ssa.Value, l label) bool {
	if v == nil || f.overflow {
		return false
	}
	if _, constant := v.(*ssa.Const); constant {
		return false
	}
	if l.kind == one && l.model && oneValue(v.Type()) { // a type parameter was a type of single values
		l = label{kind: cell, cols: f.column(analysis.Column{Index: 0})}
	}
	l.dyn = dynamicIn(l, v.Type())
	known := f.labels[v]
	key := l.key()
	if _, ok := known[key]; ok {
		return true
	}
	if l.deep(maxNested) || len(f.labels) > maxValues || len(known) > maxLabels {
		f.escape(v.Type(), l)
		return false
	}
	if known == nil {
		known = map[string]label{}
		f.labels[v] = known
	}
	known[key] = l
	if l.kind == one && l.model {
		f.typed(v, l)
	}
	if g, ok := v.(*ssa.Global); ok {
		f.escape(g.Type(), l)
		return true
	}
	f.queue = append(f.queue, work{v, l})
	return true
}

// oneValue reports whether t is, or points to, a type that holds the value of one column.
func oneValue(t types.Type) bool {
	t = pointee(t)
	_, basic := t.Underlying().(*types.Basic)
	return basic || holdsOneValue(t)
}

// typed maps columns to the fields of the struct type that v has. A data layer may call methods of the type with the row.
func (f *flow) typed(v ssa.Value, l label) {
	s, name := structOf(v.Type())
	if s == nil || f.maps(name) {
		return
	}
	if hooked(v.Type()) {
		f.escape(v.Type(), label{kind: one})
	}
	f.model(s, name, 0)
}

// escape records that a value of type t may be used for anything.
func (f *flow) escape(t types.Type, l label) {
	switch l.kind {
	case handle, single:
		f.lose("rows of type %s are used in a way that is not followed", t)
	case number, outcome:
	case cell:
		f.readCell(l, readOther, nil, nil)
	case function:
		f.opens(l.fn)
	case holder:
		f.escapes = append(f.escapes, escape{t, f.encoding})
		if l.in != nil {
			f.escapes = append(f.escapes, escape{l.in, f.encoding})
		}
		if !f.exposes(l) {
			f.escape(t, *l.of)
		}
	case many:
		if l.of == nil || l.of.kind != cell {
			f.escapes = append(f.escapes, escape{t, f.encoding})
		}
		if l.dyn != nil {
			f.escapes = append(f.escapes, escape{l.dyn, f.encoding})
		}
		if l.of != nil {
			f.escape(t, *l.of)
		}
	default:
		f.escapes = append(f.escapes, escape{t, f.encoding})
		if l.dyn != nil {
			f.escapes = append(f.escapes, escape{l.dyn, f.encoding})
		}
	}
}

// line returns the position of a call for people: users.go:12.
func (f *flow) line(call ssa.CallInstruction) string {
	at := call.Parent().Prog.Fset.Position(call.Pos())
	return fmt.Sprintf("%s:%d", filepath.Base(at.Filename), at.Line)
}

// lose notes that rows could not be followed, and why. The first reason is kept.
func (f *flow) lose(format string, args ...any) {
	if f.lost == "" {
		f.lost = fmt.Sprintf(format, args...)
	}
}

func (f *flow) readCell(l label, as reading, at ssa.Instruction, other ssa.Value) {
	f.reads = append(f.reads, read{cols: l.cols, expr: l.expr, as: as, instr: at, other: other})
}
