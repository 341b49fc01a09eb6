package flow

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/nplusgone/nplusgone/internal/analysis"
	"github.com/nplusgone/nplusgone/internal/layers"
)

// rowsType returns handle for *sql.Rows and the rows of sqlx, single for their Row, and 0 for other types.
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

// results marks the results of the call that ran the statement, or the memory that it read them into.
func (f *flow) results(call ssa.CallInstruction) {
	results := call.Common().Signature().Results()
	for i := range results.Len() {
		if k := rowsType(results.At(i).Type()); k != 0 {
			f.oneRow = k == single
			f.result(call, i, results.Len(), label{kind: k})
			return
		}
	}
	if !f.layered(call) {
		f.lose("%s returns no rows that are followed, and reads them into no variable that is known", called(call))
	}
}

// fillers are methods of data layers that read rows into the memory that their first pointer argument points to.
var fillers = map[string]bool{
	"Find": true, "First": true, "Take": true, "Last": true, "Scan": true, "Select": true, "SelectContext": true,
	"Get": true, "GetContext": true, "Pluck": true, "All": true, "One": true,
}

// layered marks the arguments that a data layer has read rows into, or its results.
func (f *flow) layered(call ssa.CallInstruction) bool {
	common := call.Common()
	if fillers[called(call)] {
		args := common.Args
		if common.Signature().Variadic() && len(args) > 0 {
			if rest := f.destinations(args[len(args)-1]); rest.known {
				args = append(args[:len(args)-1:len(args)-1], rest.values...)
			}
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
		if l, ok := f.labelOf(results.At(i).Type()); ok {
			f.oneRow = l.kind != many
			f.result(call, i, results.Len(), l)
			known = true
		}
	}
	return known
}

// outcomeOf marks the *gorm.DB that a call returns: it has the number of rows.
func (f *flow) outcomeOf(call ssa.CallInstruction) {
	results := call.Common().Signature().Results()
	for i := range results.Len() {
		if s, name := structOf(results.At(i).Type()); s != nil && strings.HasSuffix(name, "gorm.DB") {
			f.result(call, i, results.Len(), label{kind: outcome})
		}
	}
}

// fillable reports whether a data layer can read rows into the memory that a value of type t points to.
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

// destination marks a variable that a data layer reads rows into.
func (f *flow) destination(dest ssa.Value) {
	dest = unboxed(dest)
	p, ok := dest.Type().Underlying().(*types.Pointer)
	if !ok {
		f.lose("rows are read into a value of type %s", dest.Type())
		return
	}
	l, ok := f.labelOf(p.Elem())
	if _, basic := p.Elem().Underlying().(*types.Basic); basic {
		l, ok = label{kind: cell, cols: f.column(analysis.Column{Index: 0})}, true
	}
	if !ok {
		f.lose("rows are read into a value of type %s", dest.Type())
		return
	}
	f.gathered = f.gathered || l.kind == many
	f.holds(dest, l)
}

// labelOf returns the label of a value of type t that holds rows: a list of structs, a struct, or a list of values.
func (f *flow) labelOf(t types.Type) (label, bool) {
	if slice, ok := t.Underlying().(*types.Slice); ok {
		if of, ok := f.labelOf(slice.Elem()); ok && of.kind != many {
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

// scannerOf returns the argument that a library reads rows into if rows are another argument, as in
// sqlx.StructScan(rows, &list); nil for other calls.
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

// foreign handles a value that is an argument of a function without a body.
func (f *flow) foreign(v ssa.Value, l label, call ssa.CallInstruction) {
	name := called(call)
	switch l.kind {
	case handle, single:
		if dest := f.scannerOf(v, call); dest != nil {
			f.filled[call] = true
			f.destination(dest)
			return
		}
		f.lose("rows are passed to %s", name)
		return
	case many:
		if l.of != nil && l.of.kind == cell && passes(call, name) {
			f.readCell(*l.of, readPass, call, nil)
			return
		}
	case cell:
		if passes(call, name) {
			f.readCell(l, readPass, call, nil)
			return
		}
	case one:
		if saves(call, name) {
			f.saved(v, call)
			return
		}
	}
	f.escape(v.Type(), l)
}

// passes reports whether a call runs a statement with its arguments as the statement's arguments.
func passes(call ssa.CallInstruction, name string) bool {
	switch strings.TrimSuffix(name, "Context") {
	case "Query", "QueryRow", "Exec", "Get", "Select", "NamedExec", "Queryx", "QueryRowx", "MustExec":
		return databaseMethod(call)
	}
	return !call.Common().IsInvoke() && databaseMethod(call) // a builder of a data layer
}

// databaseMethod reports whether a call is of a method of database/sql that runs a statement, of a data layer, or of an
// interface, which may stand for one.
func databaseMethod(call ssa.CallInstruction) bool {
	common := call.Common()
	if common.IsInvoke() {
		return true
	}
	fn := common.StaticCallee()
	if fn == nil || fn.Object() == nil || fn.Object().Pkg() == nil {
		return false
	}
	path := fn.Object().Pkg().Path()
	return path == "database/sql" && runsStatement(fn.Name()) || layer(path)
}

// layer reports whether a package is a data layer, a driver, or a wrapper of drivers.
func layer(path string) bool { return layers.Of(path).Any(layers.DataLayer | layers.Driver) }

// saved records that a struct with columns in its fields is written to the database.
func (f *flow) saved(v ssa.Value, call ssa.CallInstruction) {
	structsIn(unboxed(v).Type(), func(name string) {
		for s, cols := range f.fields {
			if s.of == name {
				f.reads = append(f.reads, read{cols, f.raised[s], readPass, call, nil})
			}
		}
	})
}

// saves reports whether a call of a data layer writes a struct to the database.
func saves(call ssa.CallInstruction, name string) bool {
	switch name {
	case "Save", "Updates", "Update", "UpdateColumns":
		return databaseMethod(call)
	}
	return false
}
