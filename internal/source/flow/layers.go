package flow

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/nplusgone/nplusgone/internal/analysis"
)

// rowsType returns handle for *sql.Rows and what data layers have in its place, single for *sql.Row, and 0 for others.
func rowsType(t types.Type) kind {
	p, ok := types.Unalias(t).(*types.Pointer)
	if !ok {
		return 0
	}
	named, ok := types.Unalias(p.Elem()).(*types.Named)
	if !ok || named.Obj().Pkg() == nil {
		return 0
	}
	switch named.Obj().Pkg().Path() {
	case "database/sql", "github.com/jmoiron/sqlx":
		switch named.Obj().Name() {
		case "Rows":
			return handle
		case "Row":
			return single
		}
	}
	return 0
}

// answered labels what the call that ran the statement answers. It reports whether it knows how.
func (f *flow) answered(call ssa.CallInstruction) bool {
	results := call.Common().Signature().Results()
	for i := range results.Len() {
		if k := rowsType(results.At(i).Type()); k != 0 {
			f.oneRow = k == single
			f.result(call, i, results.Len(), label{kind: k})
			return true
		}
	}
	return f.layered(call)
}

// fillers are methods of data layers that read rows into what their first pointer leads to.
var fillers = map[string]bool{
	"Find": true, "First": true, "Take": true, "Last": true, "Scan": true, "Select": true, "SelectContext": true,
	"Get": true, "GetContext": true, "Pluck": true, "All": true, "One": true,
}

// layered labels what a data layer has filled or answered.
func (f *flow) layered(call ssa.CallInstruction) bool {
	common := call.Common()
	if fillers[called(call)] {
		args := common.Args
		if rest, ok := elements(args[max(len(args)-1, 0):]); ok && len(args) > 0 {
			args = append(args[:len(args)-1:len(args)-1], rest...)
		}
		if !common.IsInvoke() && common.Signature().Recv() != nil && len(args) > 0 {
			args = args[1:]
		}
		for _, arg := range args {
			if arg == nil {
				continue
			}
			if dest := unboxed(arg); fillable(dest.Type()) {
				f.filled[call] = true
				f.oneRow = !isList(dest.Type())
				f.destination(arg)
				f.outcomeOf(call)
				return true
			}
		}
	}
	known := false
	results := common.Signature().Results()
	for i := range results.Len() {
		if l, ok := f.answer(results.At(i).Type()); ok {
			f.oneRow = l.kind != many
			f.result(call, i, results.Len(), l)
			known = true
		}
	}
	return known
}

// outcomeOf labels the *gorm.DB that a call answers: it holds how many rows there were.
func (f *flow) outcomeOf(call ssa.CallInstruction) {
	results := call.Common().Signature().Results()
	for i := range results.Len() {
		if s, name := structOf(results.At(i).Type()); s != nil && strings.HasSuffix(name, "gorm.DB") {
			f.result(call, i, results.Len(), label{kind: outcome})
		}
	}
}

// fillable reports whether a data layer can read rows into what a value of type t points to.
func fillable(t types.Type) bool {
	p, ok := t.Underlying().(*types.Pointer)
	if !ok {
		return false
	}
	switch u := p.Elem().Underlying().(type) {
	case *types.Slice, *types.Struct, *types.Basic:
		return true
	case *types.Pointer:
		_, ok := u.Elem().Underlying().(*types.Struct)
		return ok
	}
	return false
}

// isList reports whether t points to a list.
func isList(t types.Type) bool {
	p, ok := t.Underlying().(*types.Pointer)
	if !ok {
		return false
	}
	_, ok = p.Elem().Underlying().(*types.Slice)
	return ok
}

// destination labels what a data layer reads rows into.
func (f *flow) destination(dest ssa.Value) {
	dest = unboxed(dest)
	p, ok := dest.Type().Underlying().(*types.Pointer)
	if !ok {
		f.lost = true
		return
	}
	l, ok := f.answer(p.Elem())
	if _, basic := p.Elem().Underlying().(*types.Basic); basic {
		l, ok = label{kind: cell, cols: f.column(analysis.Column{Index: 0})}, true
	}
	if !ok {
		f.lost = true
		return
	}
	f.gathered = f.gathered || l.kind == many
	f.holds(dest, l)
}

// answer returns the label of a value of type t that holds rows: a list of structs, a struct, or a list of values.
func (f *flow) answer(t types.Type) (label, bool) {
	if slice, ok := t.Underlying().(*types.Slice); ok {
		if of, ok := f.answer(slice.Elem()); ok && of.kind != many {
			f.gathered = true
			return label{kind: many, of: &of}, true
		}
		if b, ok := slice.Elem().Underlying().(*types.Basic); ok && b.Kind() != types.Byte {
			f.gathered = true
			return label{kind: many, of: &label{kind: cell, cols: f.column(analysis.Column{Index: 0})}}, true
		}
		return label{}, false
	}
	if s, name := structOf(t); s != nil && !hooked(t) && f.model(s, name, 0) {
		return label{kind: one}, true
	}
	return label{}, false
}

// scannerOf returns what a library reads rows into that are handed to it, as sqlx.StructScan(rows, &list) does; nil when
// it is not known to.
func (f *flow) scannerOf(v ssa.Value, call ssa.CallInstruction) ssa.Value {
	if !databaseMethod(call) || call.Common().IsInvoke() {
		return nil
	}
	switch called(call) {
	case "StructScan", "ScanAll", "ScanOne", "Rows", "Row", "RowsStrict", "RowStrict":
		for _, arg := range call.Common().Args {
			if arg != v && fillable(unboxed(arg).Type()) {
				return arg
			}
		}
	}
	return nil
}
