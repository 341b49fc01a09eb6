package flow

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/nplusgone/nplusgone/internal/analysis"
	"github.com/nplusgone/nplusgone/internal/source/files"
)

// A flow follows the rows of one statement through the functions of its stack, and into those that they are handed to. It
// minds neither order nor paths: whatever may hold a value of the rows is taken to hold it. What it does not understand
// becomes an escape, after which nothing is claimed of the whole.
type flow struct {
	*loader
	files   *files.Set
	returns map[*ssa.Function][]ssa.CallInstruction // where what a function returns goes to
	through map[ssa.CallInstruction]bool            // calls through an interface
	start   func(f *flow)                           // labels what the statement returned

	// free says that what happens in a block does not count: it runs for the rows that a condition keeps.
	free func(b *ssa.BasicBlock) bool

	columns  []analysis.Column
	fields   map[slot]columns // what is read into the fields of structs
	changed  bool             // fields has grown: go through once more
	labels   map[ssa.Value]map[string]label
	before   map[ssa.Value]map[string]label // those of the time before
	queue    []work
	depth    int
	overflow bool

	filled map[ssa.CallInstruction]bool // calls that fill what they are given
	boxed  []types.Type                 // what was put into interfaces

	lost     bool // rows went where they cannot be followed
	escapes  []types.Type
	numbers  []event // where the number of rows is taken
	exists   []event // where it is asked whether there is one
	reads    []read
	raised   map[slot]string // fields that are computed from themselves
	nexts    []ssa.CallInstruction
	scans    []ssa.CallInstruction
	gathered bool
	oneRow   bool // the statement answers one row at most, and the code knows
	crossed  bool // an interface was crossed
}

type work struct {
	v ssa.Value
	l label
}

type event struct {
	pos token.Pos
	in  *ssa.Function
}

// A reading says what a value is read for.
type reading uint8

const (
	readOther reading = iota
	readCond          // it decides a branch, compared with something that is no value of the rows
	readSum           // it is added to a variable of the loop
	readMax           // builtin max with a variable of the loop
	readMin
	readPick // it becomes the variable that it was compared with
	readPass // it is an argument of a statement
)

type read struct {
	cols  columns
	expr  string
	as    reading
	instr ssa.Instruction
	other ssa.Value // what it is compared, or merged, with
}

// run follows the rows until nothing new turns up.
func (f *flow) run() {
	for range 6 {
		f.changed, f.depth = false, 0
		f.before, f.labels = f.labels, map[ssa.Value]map[string]label{}
		f.lost, f.escapes, f.numbers, f.exists, f.reads = false, nil, nil, nil, nil
		f.nexts, f.scans, f.filled, f.boxed = nil, nil, map[ssa.CallInstruction]bool{}, nil
		f.start(f)
		for len(f.queue) > 0 && !f.overflow {
			w := f.queue[len(f.queue)-1]
			f.queue = f.queue[:len(f.queue)-1]
			f.uses(w.v, w.l)
		}
		if !f.changed && len(f.before) == len(f.labels) {
			return
		}
	}
	f.overflow = f.overflow || f.changed
}

// mark notes that v is l, and that its uses are to be looked at.
func (f *flow) mark(v ssa.Value, l label) {
	if v == nil || f.overflow {
		return
	}
	if _, constant := v.(*ssa.Const); constant {
		return
	}
	known := f.labels[v]
	key := l.key()
	if _, ok := known[key]; ok {
		return
	}
	if l.deep(4) || len(f.labels) > maxValues || len(known) > 16 {
		f.overflow = true
		return
	}
	if known == nil {
		known = map[string]label{}
		f.labels[v] = known
	}
	known[key] = l
	if g, ok := v.(*ssa.Global); ok {
		f.escape(g.Type(), l)
		return
	}
	f.queue = append(f.queue, work{v, l})
}

// escape notes that a value of type t went where anybody may read it.
func (f *flow) escape(t types.Type, l label) {
	switch l.kind {
	case handle, single:
		f.lost = true
	case number, outcome:
	case cell:
		f.readCell(l, readOther, nil, nil)
	case holder:
		f.escapes = append(f.escapes, t)
		f.escape(t, *l.of)
	case many:
		if l.of == nil || l.of.kind != cell {
			f.escapes = append(f.escapes, t)
		}
		if l.of != nil {
			f.escape(t, *l.of)
		}
	default:
		f.escapes = append(f.escapes, t)
	}
}

func (f *flow) readCell(l label, as reading, at ssa.Instruction, other ssa.Value) {
	f.reads = append(f.reads, read{l.cols, l.expr, as, at, other})
}
