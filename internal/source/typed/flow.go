package typed

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/nplusgone/nplusgone/detector"
)

// A flow follows the rows of one statement through the functions of its stack, and into those that they are handed to. It
// minds neither order nor paths: whatever may hold a value of the rows is taken to hold it. What it does not understand
// becomes an escape, after which nothing is claimed of the whole.
type flow struct {
	*loader
	files   Files
	returns map[*ssa.Function][]ssa.CallInstruction // where what a function returns goes to
	through map[ssa.CallInstruction]bool            // calls through an interface
	start   func(f *flow)                           // labels what the statement returned

	// free says that what happens in a block does not count: it runs for the rows that a condition keeps.
	free func(b *ssa.BasicBlock) bool

	columns  []detector.Column
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

func (f *flow) uses(v ssa.Value, l label) {
	refs := v.Referrers()
	if refs == nil {
		return
	}
	for _, ref := range *refs {
		if f.free != nil && f.free(ref.Block()) {
			continue
		}
		f.use(v, l, ref)
	}
}

// use says what an instruction does with one of its operands.
func (f *flow) use(v ssa.Value, l label, ref ssa.Instruction) {
	switch ref := ref.(type) {
	case *ssa.DebugRef:
	case *ssa.UnOp:
		if ref.Op == token.ARROW {
			f.escape(v.Type(), l)
			return
		}
		f.mark(ref, l)
	case *ssa.Field:
		f.fieldOf(ref, v, ref.Field, l)
	case *ssa.FieldAddr:
		f.fieldOf(ref, v, ref.Field, l)
	case *ssa.IndexAddr:
		f.element(ref, v == ref.X, l, ref)
	case *ssa.Index:
		f.element(ref, v == ref.X, l, ref)
	case *ssa.Lookup:
		f.element(ref, v == ref.X, l, ref)
	case *ssa.Range:
		f.mark(ref, l)
	case *ssa.Next:
		f.mark(ref, l)
	case *ssa.Extract:
		switch ref.Tuple.(type) {
		case *ssa.Next:
			if ref.Index == 2 && l.of != nil {
				f.mark(ref, *l.of)
			}
		case *ssa.Lookup, *ssa.TypeAssert:
			if ref.Index == 0 {
				f.mark(ref, l)
			}
		default:
			f.escape(v.Type(), l)
		}
	case *ssa.Slice:
		if l.kind == many {
			_, array := v.Type().Underlying().(*types.Pointer)
			l.part = l.part || !array && (ref.Low != nil || ref.High != nil)
			f.mark(ref, l)
			return
		}
		f.consume(v, l, ref)
	case *ssa.Phi:
		f.merge(v, l, ref)
	case *ssa.MakeInterface:
		if l.kind != cell {
			f.boxed = append(f.boxed, v.Type())
		}
		f.mark(ref, l)
	case *ssa.ChangeType, *ssa.Convert, *ssa.MultiConvert, *ssa.ChangeInterface, *ssa.TypeAssert:
		f.mark(ref.(ssa.Value), l)
	case *ssa.BinOp:
		f.operate(v, l, ref)
	case *ssa.Store:
		if ref.Val == v {
			f.store(ref.Addr, l)
		}
	case *ssa.MapUpdate:
		if ref.Value == v {
			f.gathered = true
			f.holds(ref.Map, label{kind: many, of: &l, part: true})
		}
		if ref.Key == v {
			f.consume(v, l, ref)
		}
	case *ssa.Return:
		f.returned(v, l, ref)
	case *ssa.If:
		if l.kind == cell {
			f.readCell(l, readCond, ref, nil)
		}
	case *ssa.MakeClosure:
		for i, b := range ref.Bindings {
			if b == v {
				f.mark(ref.Fn.(*ssa.Function).FreeVars[i], l)
			}
		}
	case *ssa.MakeSlice, *ssa.MakeMap, *ssa.MakeChan: // a capacity
		f.consume(v, label{kind: number}, ref)
	case ssa.CallInstruction:
		f.call(v, l, ref)
	default:
		f.escape(v.Type(), l)
	}
}

// consume notes a use that takes the value, and no more of it.
func (f *flow) consume(v ssa.Value, l label, at ssa.Instruction) {
	if l.kind == cell {
		f.readCell(l, readOther, at, nil)
		return
	}
	f.escape(v.Type(), l)
}

// fieldOf goes on to a field, or its address.
func (f *flow) fieldOf(to, v ssa.Value, field int, l label) {
	switch l.kind {
	case one:
		s, name := structOf(v.Type())
		if s == nil {
			return
		}
		if cols := f.fields[slot{name, field}]; cols != 0 {
			f.mark(to, label{kind: cell, cols: cols})
			if expr, ok := f.raised[slot{name, field}]; ok {
				f.mark(to, label{kind: cell, cols: cols, expr: expr})
			}
		}
		if _, nested := structOf(s.Field(field).Type()); nested != "" && f.maps(nested) {
			f.mark(to, l)
		}
	case handle, single: // sqlx.Rows holds *sql.Rows
		if s, _ := structOf(v.Type()); s != nil && rowsType(s.Field(field).Type()) != 0 {
			f.mark(to, l)
		}
	case cell: // sql.NullString, and its like
		f.mark(to, l)
	case holder:
		if l.field == field {
			f.mark(to, *l.of)
		}
	case outcome:
		if s, _ := structOf(v.Type()); s != nil && s.Field(field).Name() == "RowsAffected" {
			f.number(to, event{to.Pos(), to.Parent()})
		}
	}
}

// maps reports whether a column is read into a field of the struct type called name.
func (f *flow) maps(name string) bool {
	for s := range f.fields {
		if s.of == name {
			return true
		}
	}
	return false
}

// element goes on to an element of a collection.
func (f *flow) element(to ssa.Value, collection bool, l label, at ssa.Instruction) {
	switch {
	case collection && l.kind == many:
		if l.of != nil {
			of := *l.of
			of.part = of.kind == many
			f.mark(to, of)
		}
	case l.kind == number:
	default: // an index, a key, or a byte of a text
		f.consume(to, l, at)
	}
}

// store notes that l is stored at an address.
func (f *flow) store(addr ssa.Value, l label) {
	switch a := addr.(type) {
	case *ssa.FieldAddr:
		f.storeField(a, l)
	case *ssa.IndexAddr:
		_, array := a.X.(*ssa.Alloc)
		f.holds(a.X, label{kind: many, of: &l, part: !array})
	default:
		f.holds(addr, l)
	}
}

func (f *flow) storeField(a *ssa.FieldAddr, l label) {
	_, name := structOf(a.X.Type())
	switch l.kind {
	case cell:
		s := slot{name, a.Field}
		if l.expr != "" {
			if f.fields[s] == l.cols {
				if _, known := f.raised[s]; !known {
					f.raised[s] = l.expr
					f.changed = true
				}
				return
			}
			f.readCell(l, readOther, nil, nil)
			return
		}
		f.fills(s, l.cols)
		f.holds(a.X, label{kind: one})
	case one:
		f.holds(a.X, label{kind: one})
	case number, outcome:
	default:
		f.holds(a.X, label{kind: holder, field: a.Field, of: &l})
	}
}

// fills notes that columns are read into a field.
func (f *flow) fills(s slot, cols columns) {
	if f.fields[s]|cols != f.fields[s] {
		f.fields[s] |= cols
		f.changed = true
	}
}

// holds notes that l was put into what v is, or points to, and goes back to where that came from.
func (f *flow) holds(v ssa.Value, l label) {
	if v == nil {
		return
	}
	if _, seen := f.labels[v][l.key()]; seen {
		return
	}
	f.mark(v, l)
	switch v := v.(type) {
	case *ssa.Alloc, *ssa.MakeMap, *ssa.MakeSlice, *ssa.Const, *ssa.Global:
	case *ssa.UnOp:
		f.holds(v.X, l)
	case *ssa.Phi:
		for _, e := range v.Edges {
			f.holds(e, l)
		}
	case *ssa.ChangeType:
		f.holds(v.X, l)
	case *ssa.MakeInterface:
		f.holds(v.X, l)
	case *ssa.Slice:
		f.holds(v.X, l)
	case *ssa.FieldAddr:
		switch l.kind {
		case one:
			f.holds(v.X, l)
		default:
			f.storeField(v, l)
		}
	case *ssa.FreeVar:
		f.bindings(v, func(b ssa.Value) { f.holds(b, l) })
	case *ssa.Parameter:
		calls := f.returns[v.Parent()]
		if len(calls) == 0 {
			f.escape(v.Type(), l)
		}
		for _, call := range calls {
			f.argument(call, v, func(arg ssa.Value) { f.holds(arg, l) })
		}
	case *ssa.Call: // append, and what else answers its argument
		if b, ok := v.Call.Value.(*ssa.Builtin); ok && b.Name() == "append" {
			f.holds(v.Call.Args[0], l)
			return
		}
		f.escape(v.Type(), l)
	default:
		f.escape(v.Type(), l)
	}
}

// bindings calls do for what a variable of a function literal is outside of it.
func (f *flow) bindings(v *ssa.FreeVar, do func(ssa.Value)) {
	fn := v.Parent()
	at := -1
	for i, free := range fn.FreeVars {
		if free == v {
			at = i
		}
	}
	if fn.Parent() == nil || at < 0 {
		return
	}
	for _, b := range fn.Parent().Blocks {
		for _, in := range b.Instrs {
			if c, ok := in.(*ssa.MakeClosure); ok && c.Fn == fn {
				do(c.Bindings[at])
			}
		}
	}
}

// argument calls do with what a call hands over for a parameter.
func (f *flow) argument(call ssa.CallInstruction, p *ssa.Parameter, do func(ssa.Value)) {
	if !f.handed(call, p, do) {
		f.lost = true
	}
}

// handed is argument where it does not matter that the call cannot be understood. It reports whether it could.
func (f *flow) handed(call ssa.CallInstruction, p *ssa.Parameter, do func(ssa.Value)) bool {
	common := call.Common()
	args := common.Args
	if common.IsInvoke() {
		args = append([]ssa.Value{common.Value}, args...)
	}
	for i, param := range p.Parent().Params {
		if param == p && i < len(args) && len(args) == len(p.Parent().Params) {
			do(args[i])
			return true
		}
	}
	return false
}

// returned goes on to where the result of a function goes.
func (f *flow) returned(v ssa.Value, l label, ret *ssa.Return) {
	calls := f.returns[ret.Parent()]
	if len(calls) == 0 {
		f.escape(v.Type(), l)
		return
	}
	for i, r := range ret.Results {
		if r != v {
			continue
		}
		for _, call := range calls {
			f.crossed = f.crossed || f.through[call]
			f.result(call, i, len(ret.Results), l)
		}
	}
}

// result marks a result of a call.
func (f *flow) result(call ssa.CallInstruction, i, of int, l label) {
	value := call.Value()
	switch {
	case value == nil: // go and defer throw it away
	case of == 1:
		f.mark(value, l)
	default:
		for _, ref := range *value.Referrers() {
			switch ref := ref.(type) {
			case *ssa.Extract:
				if ref.Index == i {
					f.mark(ref, l)
				}
			case *ssa.Return: // return f(): a tuple goes on as it is
				f.escape(value.Type(), l)
			case ssa.CallInstruction: // g(f())
				f.escape(value.Type(), l)
			}
		}
	}
}
