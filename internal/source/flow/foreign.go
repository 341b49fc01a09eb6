package flow

import (
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/nplusgone/nplusgone/internal/layers"
)

// foreign says what becomes of a value that a function without code of the user's is given.
func (f *flow) foreign(v ssa.Value, l label, call ssa.CallInstruction) {
	name := called(call)
	switch l.kind {
	case handle, single:
		if dest := f.scannerOf(v, call); dest != nil {
			f.filled[call] = true
			f.destination(dest)
			return
		}
		f.lost = true
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

// passes reports whether a call runs a statement with what it is given as arguments.
func passes(call ssa.CallInstruction, name string) bool {
	switch strings.TrimSuffix(name, "Context") {
	case "Query", "QueryRow", "Exec", "Get", "Select", "NamedExec", "Queryx", "QueryRowx", "MustExec":
		return databaseMethod(call)
	}
	return !call.Common().IsInvoke() && databaseMethod(call) // a builder of a data layer
}

// databaseMethod reports whether a call is that of a method of database/sql, of a data layer, or of an interface that
// stands for one.
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

// saved notes that a row is written back, with what its fields hold.
func (f *flow) saved(v ssa.Value, call ssa.CallInstruction) {
	structsIn(unboxed(v).Type(), func(name string) {
		for s, cols := range f.fields {
			if s.of == name {
				f.reads = append(f.reads, read{cols, f.raised[s], readPass, call, nil})
			}
		}
	})
}

// saves reports whether a call hands a struct to a data layer to be written.
func saves(call ssa.CallInstruction, name string) bool {
	switch name {
	case "Save", "Updates", "Update", "UpdateColumns":
		return databaseMethod(call)
	}
	return false
}
