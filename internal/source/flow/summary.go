package flow

import (
	"go/token"
	"go/types"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/analysis"
	"github.com/nplusgone/nplusgone/internal/frame"
)

// summary returns the uses that were found.
func (f *flow) summary() analysis.RowUse {
	u := analysis.RowUse{Known: true, Single: f.oneRow, Through: f.crossed, Gathered: f.gathered, Unread: len(f.reads) == 0 && len(f.escapes) == 0}
	if u.Unread {
		u.Counts, u.Exists = f.positions(f.numbers), f.positions(f.exists)
	}
	u.Reads = f.readColumns()
	u.Zero = f.zero()
	u.Other = f.other || f.relation
	u.Relation, u.ToOne = f.relation, f.relation && f.toOne
	for i, c := range f.columns {
		if f.blobs&(1<<i) != 0 {
			u.Blobs = append(u.Blobs, c)
		}
		if c.Index < 0 && c.Name != "" {
			u.Mapped = append(u.Mapped, c.Name)
		}
	}
	for _, r := range f.reads {
		if r.as != readPass || r.cols == 0 || strings.Contains(r.expr, opaque) {
			continue
		}
		for _, pos := range f.runBy(r.instr) {
			at := r.instr.Parent().Prog.Fset.Position(pos)
			u.Feeds = append(u.Feeds, analysis.Argument{
				Column: f.first(r.cols), Expr: r.expr, File: filepath.ToSlash(at.Filename), Line: at.Line, Only: f.onlyPassed(r),
			})
		}
	}
	return u
}

// runBy returns the position of an instruction that passes a value to a statement, and those of the calls that may run it: if the
// instruction's function only makes a query, as the methods for relations do that sqlboiler generates, those of the query's methods.
func (f *flow) runBy(instr ssa.Instruction) []token.Pos {
	at := []token.Pos{instr.Pos()}
	for _, made := range f.returns[instr.Parent()] {
		query := made.Value()
		if query == nil || query.Type() == nil {
			continue
		}
		for _, ref := range realReferrers(query) {
			if run, ok := ref.(ssa.CallInstruction); ok && receiverOf(run) == query {
				at = append(at, run.Pos())
			}
		}
	}
	return at
}

// zero returns where a value is compared with 0, if that is the only use of the rows.
func (f *flow) zero() []finding.Position {
	if len(f.escapes)+len(f.numbers)+len(f.exists) > 0 || slices.ContainsFunc(f.reads, func(r read) bool { return !r.zero }) {
		return nil
	}
	var at []event
	for _, r := range f.reads {
		at = append(at, event{r.instr.Pos(), r.instr.Parent()})
	}
	return f.positions(at)
}

// onlyPassed reports whether the columns of an argument have no other use than as arguments.
func (f *flow) onlyPassed(arg read) bool {
	cols := arg.cols
	for _, r := range f.reads {
		if r.cols&cols != 0 && (r.as != readPass || r.maybe && r.instr != arg.instr) {
			return false
		}
	}
	for i := range f.columns {
		if cols&(1<<i) != 0 && f.escaped()&(1<<i) != 0 {
			return false
		}
	}
	return true
}

// readColumns returns the columns whose values are read.
func (f *flow) readColumns() []analysis.Column {
	cols := f.escaped()
	for _, r := range f.reads {
		cols |= r.cols
	}
	var out []analysis.Column
	for i, c := range f.columns {
		if cols&(1<<i) != 0 {
			out = append(out, c)
		}
	}
	return out
}

// escaped returns the columns in fields of types that have escaped.
func (f *flow) escaped() (cols columns) {
	take := func(name string) {
		for s, c := range f.fields {
			if s.of == name {
				cols |= c
			}
		}
	}
	boxes, all := false, false
	encoded := map[string]bool{} // the tags of encoders that get interfaces
	through := func(t types.Type, tag string) {
		var b, a bool
		if tag == "" {
			b, a = structsIn(t, take)
			boxes = boxes || b
		} else if b, a = encodedIn(t, tag, func(of string, field int) {
			if field == whole {
				take(of)
				return
			}
			cols |= f.fields[slot{of, field}]
		}); b {
			encoded[tag] = true
		}
		all = all || a
	}
	for _, e := range f.escapes {
		through(e.t, e.tag)
	}
	for _, v := range f.boxed {
		if boxes {
			through(v.Type(), "")
			continue
		}
		for _, tag := range slices.Sorted(maps.Keys(encoded)) {
			through(v.Type(), tag)
		}
	}
	if all {
		for _, c := range f.fields {
			cols |= c
		}
	}
	return cols
}

func (f *flow) positions(events []event) (out []finding.Position) {
	for _, e := range events {
		if p := f.position(e); !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	return out
}

// position returns the position of an event as reports have it.
func (f *flow) position(e event) finding.Position {
	at := e.in.Prog.Fset.Position(e.pos)
	function := runtimeName(e.in)
	file := f.files.Relative(function, filepath.ToSlash(at.Filename))
	return finding.Position{File: file, Line: at.Line, Function: frame.Name(function), Text: f.files.Line(file, at.Line)}
}

// runtimeName returns the name of the declared function around fn in the form of the runtime.
func runtimeName(fn *ssa.Function) string {
	for fn.Parent() != nil {
		fn = fn.Parent()
	}
	if fn.Pkg == nil {
		return fn.Name()
	}
	path := fn.Pkg.Pkg.Path()
	if recv := fn.Signature.Recv(); recv != nil {
		t, pointer := recv.Type(), false
		if p, ok := t.(*types.Pointer); ok {
			t, pointer = p.Elem(), true
		}
		if named, ok := t.(*types.Named); ok {
			if pointer {
				return path + ".(*" + named.Obj().Name() + ")." + fn.Name()
			}
			return path + "." + named.Obj().Name() + "." + fn.Name()
		}
	}
	return path + "." + fn.Name()
}

// folds returns the values that are computed over all rows, or over those that a filter keeps, if the rows have no other
// use; and the column that they are computed for each value of, nil for none.
func (f *flow) folds(filter *analysis.Filter) (found []analysis.Fold, by *analysis.Column) {
	if len(f.escapes) > 0 || len(f.reads) == 0 {
		return nil, nil
	}
	var keys columns
	var at ssa.Instruction
	add := func(name string, r read) {
		expr := r.expr
		if expr == "" {
			expr = f.placeholder(r.cols)
		}
		fold := analysis.Fold{Func: name, Expr: expr, Position: f.position(event{r.instr.Pos(), r.instr.Parent()})}
		if !slices.Contains(found, fold) {
			found = append(found, fold)
		}
	}
	for _, r := range f.reads {
		if strings.Contains(r.expr, opaque) {
			return nil, nil
		}
		switch r.as {
		case readSum:
			add("sum", r)
		case readMax:
			add("max", r)
		case readMin:
			add("min", r)
		case readPick: // checked below, with its comparison
		case readKey:
			if keys |= r.cols; keys&(keys-1) != 0 {
				return nil, nil
			}
			at = r.instr
		case readCond:
			if name, ok := f.picked(r); ok {
				add(name, r)
			} else if filter == nil || f.first(r.cols) != filter.Column {
				return nil, nil
			}
		default:
			return nil, nil
		}
	}
	for _, r := range f.reads {
		if r.as == readPick && !f.compared(r) {
			return nil, nil
		}
	}
	if keys == 0 {
		return found, nil
	}
	if len(found) == 0 {
		found = append(found, analysis.Fold{Func: "count", Position: f.position(event{at.Pos(), at.Parent()})})
	}
	by = &analysis.Column{}
	*by = f.first(keys)
	return found, by
}

// picked reports whether a comparison decides if its value replaces the variable that it is compared with.
func (f *flow) picked(cond read) (name string, ok bool) {
	op, ok := cond.instr.(interface {
		Operands([]*ssa.Value) []*ssa.Value
	})
	if !ok {
		return "", false
	}
	bin, ok := op.(*ssa.BinOp)
	if !ok {
		return "", false
	}
	for _, r := range f.reads {
		if r.as != readPick || r.cols != cond.cols || r.expr != cond.expr || r.other != cond.other {
			continue
		}
		is := operators[bin.Op]
		if cond.other == bin.X {
			is = flipped[is]
		}
		switch is {
		case ">", ">=":
			return "max", true
		case "<", "<=":
			return "min", true
		}
	}
	return "", false
}

func (f *flow) compared(pick read) bool {
	return slices.ContainsFunc(f.reads, func(r read) bool {
		return r.as == readCond && r.cols == pick.cols && r.other == pick.other
	})
}
