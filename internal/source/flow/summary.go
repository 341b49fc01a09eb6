package flow

import (
	"go/types"
	"path/filepath"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/analysis"
	"github.com/nplusgone/nplusgone/internal/frame"
)

// step notes what stepping through rows says: without a column that is read, it counts them, or looks for one.
func (f *flow) step() {
	if len(f.reads) > 0 || len(f.escapes) > 0 {
		return
	}
	for _, next := range f.nexts {
		at := event{next.Pos(), next.Parent()}
		l := innermost(next.Block())
		if l == nil {
			f.exists = append(f.exists, at)
			continue
		}
		if pos, ok := l.counts(); ok {
			f.numbers = append(f.numbers, event{pos, next.Parent()})
		}
	}
}

// summary sums up what was found.
func (f *flow) summary() analysis.RowUse {
	u := analysis.RowUse{Known: true, Through: f.crossed, Gathered: f.gathered, Unread: len(f.reads) == 0 && len(f.escapes) == 0}
	if u.Unread {
		u.Counts, u.Exists = f.places(f.numbers), f.places(f.exists)
	}
	u.Reads = f.readColumns()
	for _, r := range f.reads {
		if r.as != readPass || r.cols == 0 {
			continue
		}
		at := r.instr.Parent().Prog.Fset.Position(r.instr.Pos())
		u.Feeds = append(u.Feeds, analysis.Argument{
			Column: f.first(r.cols), Expr: r.expr, File: filepath.ToSlash(at.Filename), Line: at.Line, Only: f.onlyPassed(r.cols),
		})
	}
	return u
}

// onlyPassed reports whether columns are read for nothing but what becomes an argument.
func (f *flow) onlyPassed(cols columns) bool {
	for _, r := range f.reads {
		if r.cols&cols != 0 && r.as != readPass {
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

// readColumns returns the columns whose values are read, by whatever.
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

// escaped returns the columns that stand in fields of types that went anywhere.
func (f *flow) escaped() (cols columns) {
	take := func(name string) {
		for s, c := range f.fields {
			if s.of == name {
				cols |= c
			}
		}
	}
	boxes, all := false, false
	for _, t := range f.escapes {
		b, a := structsIn(t, take)
		boxes, all = boxes || b, all || a
	}
	for _, t := range f.boxed {
		if boxes {
			_, a := structsIn(t, take)
			all = all || a
		}
	}
	if all {
		for _, c := range f.fields {
			cols |= c
		}
	}
	return cols
}

func (f *flow) places(events []event) (out []finding.Position) {
	for _, e := range events {
		if p := f.place(e); !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	return out
}

// place returns where an event is, as reports have it.
func (f *flow) place(e event) finding.Position {
	at := e.in.Prog.Fset.Position(e.pos)
	function := runtimeName(e.in)
	file := f.files.Relative(function, filepath.ToSlash(at.Filename))
	return finding.Position{File: file, Line: at.Line, Function: frame.Name(function), Text: f.files.Line(file, at.Line)}
}

// runtimeName returns the name of the declared function around fn, as the runtime has it.
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
