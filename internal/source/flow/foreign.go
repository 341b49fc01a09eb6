package flow

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/nplusgone/nplusgone/internal/layers"
)

// converts follows a value through a function of the standard library that only makes another value of it. It returns false for
// other functions.
func (f *flow) converts(l label, call ssa.CallInstruction) bool {
	fn := call.Common().StaticCallee()
	if fn == nil || call.Value() == nil {
		return false
	}
	if recv := fn.Signature.Recv(); recv != nil && isPointer(recv.Type()) {
		return false // it may change what it points to, as strings.Builder does
	}
	if path, name := declaredAs(fn); !layers.Converts(path, name) {
		return false
	}
	results := call.Common().Signature().Results()
	if results.Len() == 0 || isError(results.At(results.Len()-1).Type()) {
		return false // time.Sleep uses the value, and an error says something of it
	}
	for i := range results.Len() {
		f.result(call, i, results.Len(), label{kind: cell, cols: l.cols, expr: opaque})
	}
	return true
}

func isPointer(t types.Type) bool {
	_, ok := t.Underlying().(*types.Pointer)
	return ok
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

// rewrapped follows rows to the rows of a data layer that were made of them.
func (f *flow) rewrapped(l label, call ssa.CallInstruction) bool {
	results := call.Common().Signature().Results()
	for i := range results.Len() {
		if rowsType(results.At(i).Type()) != 0 {
			f.result(call, i, results.Len(), l)
			return true
		}
	}
	return false
}

// foreign handles a value that is an argument of a function without a body.
func (f *flow) foreign(v ssa.Value, l label, call ssa.CallInstruction) {
	name := called(call)
	if f.selects(v, l, call) || f.encodes(v, l, call) || f.renders(v, l, call) {
		return
	}
	switch l.kind {
	case function:
		if selectionOf(call) != 0 { // its parameters and results are followed with the collection
			return
		}
	case handle, single:
		if dest := f.scannerOf(v, call); dest != nil {
			f.filled[call] = true
			f.destination(dest)
			return
		}
		if f.rewrapped(l, call) {
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
		switch {
		case passes(call, name):
			f.readCell(l, readPass, call, nil)
		case f.converts(l, call):
		case call.Common().IsInvoke():
			f.reads = append(f.reads, read{cols: l.cols, expr: l.expr, as: readPass, instr: call, maybe: true})
		default:
			f.readCell(l, readOther, call, nil)
		}
		return
	case one:
		if saves(call, name) {
			f.saved(v, call, false)
			return
		}
		if call.Common().IsInvoke() {
			f.saved(v, call, true)
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

// saved records that a struct with columns in its fields is written to the database, or maybe: by a method of an interface.
func (f *flow) saved(v ssa.Value, call ssa.CallInstruction, maybe bool) {
	structsIn(unboxed(v).Type(), func(name string) {
		for s, cols := range f.fields {
			if s.of == name {
				f.reads = append(f.reads, read{cols: cols, expr: f.raised[s], as: readPass, instr: call, maybe: maybe})
			}
		}
	})
}

// saves reports whether a call of a data layer writes a struct to the database.
func saves(call ssa.CallInstruction, name string) bool {
	switch name {
	case "Save", "Updates", "Update", "UpdateColumns", "Create", "Insert":
		return databaseMethod(call)
	}
	return !call.Common().IsInvoke() && databaseMethod(call) // a builder of a data layer, as in NewUpdate().Model(v)
}
