package typed

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/nplusgone/nplusgone/detector"
	"github.com/nplusgone/nplusgone/internal/frame"
)

// call says what a call does with a value that it is given.
func (f *flow) call(v ssa.Value, l label, call ssa.CallInstruction) {
	if f.filled[call] && l.kind != handle && l.kind != single {
		return
	}
	common := call.Common()
	if b, ok := common.Value.(*ssa.Builtin); ok {
		f.builtin(b.Name(), v, l, call)
		return
	}
	if common.Value == v { // a method of it by way of an interface, or the function that it is
		if l.kind == handle || l.kind == single {
			f.method(common.Method, l, common.Args, call)
			return
		}
		f.escape(v.Type(), l)
		return
	}
	callee := common.StaticCallee()
	if callee != nil && len(common.Args) > 0 && common.Args[0] == v && (l.kind == handle || l.kind == single) && common.Signature().Recv() != nil {
		if obj, ok := callee.Object().(*types.Func); ok && rowsType(common.Args[0].Type()) != 0 {
			f.method(obj, l, common.Args[1:], call)
			return
		}
	}
	if l.kind == number || l.kind == outcome {
		return
	}
	if callee == nil || common.IsInvoke() {
		bodies := f.callbacks(common)
		for _, body := range bodies {
			f.descend(body, v, l, call)
		}
		if bodies == nil {
			f.foreign(v, l, call)
		}
		return
	}
	if body := f.body(callee); body != nil {
		if f.depth++; f.depth > maxCalls {
			f.overflow = true
			return
		}
		f.descend(body, v, l, call)
		return
	}
	f.foreign(v, l, call)
}

// descend goes on in a function that is given v.
func (f *flow) descend(body *ssa.Function, v ssa.Value, l label, call ssa.CallInstruction) {
	if !slices.Contains(f.returns[body], call) {
		f.returns[body] = append(f.returns[body], call)
		f.changed = true
	}
	args := call.Common().Args
	for i, arg := range args {
		if arg == v && i < len(body.Params) {
			f.mark(body.Params[i], l)
		}
	}
}

// callbacks returns the functions that a call of a parameter or variable may run, nil when they are not all known.
func (f *flow) callbacks(common *ssa.CallCommon) []*ssa.Function {
	if common.IsInvoke() || f.depth > maxCalls {
		return nil
	}
	f.depth++
	var bodies []*ssa.Function
	seen := map[ssa.Value]bool{}
	var find func(v ssa.Value) bool
	find = func(v ssa.Value) bool {
		if seen[v] {
			return true
		}
		seen[v] = true
		switch v := v.(type) {
		case *ssa.Function:
			body := f.body(v)
			bodies = append(bodies, body)
			return body != nil
		case *ssa.MakeClosure:
			return find(v.Fn)
		case *ssa.ChangeType:
			return find(v.X)
		case *ssa.Phi:
			return !slices.ContainsFunc(v.Edges, func(e ssa.Value) bool { return !find(e) })
		case *ssa.Parameter:
			calls, ok := f.returns[v.Parent()], true
			for _, call := range calls {
				found := false
				f.handed(call, v, func(arg ssa.Value) { found = find(arg) })
				ok = ok && found
			}
			return ok && len(calls) > 0
		}
		return false
	}
	if !find(common.Value) {
		return nil
	}
	return bodies
}

// body returns the code of a function of the user's, nil where there is none to read.
func (f *flow) body(fn *ssa.Function) *ssa.Function {
	if origin := fn.Origin(); origin != nil {
		fn = origin
	}
	if fn.Blocks != nil {
		return fn
	}
	obj, ok := fn.Object().(*types.Func)
	if !ok || obj.Pkg() == nil {
		return nil
	}
	file, function := fn.Prog.Fset.Position(obj.Pos()).Filename, obj.Pkg().Path()+"."+obj.Name()
	if !frame.User(function, file) {
		return nil
	}
	return f.function(f.files.OnDisk(function, file), obj) // trimmed paths are not where the source lies
}

func (f *flow) builtin(name string, v ssa.Value, l label, call ssa.CallInstruction) {
	args := call.Common().Args
	value := call.Value()
	switch name {
	case "len", "cap":
		if l.kind != many {
			f.consume(v, l, call)
			return
		}
		if l.part {
			f.escape(v.Type(), label{kind: one}) // how many of them: no number of the rows
			return
		}
		if value != nil {
			f.number(value, event{value.Pos(), value.Parent()})
		}
	case "append":
		if l.kind != many || value == nil {
			f.consume(v, l, call) // a text, byte by byte
			return
		}
		if args[0] == v {
			if f.before != nil && len(args) > 1 && !f.holdsRows(args[1]) && !isNil(args[1]) {
				l.part = true // something else is added
			}
			f.mark(value, l)
		}
		if len(args) > 1 && args[1] == v {
			f.gathered = true
			l.part = l.part || !variadic(v) || !always(call.Block())
			f.mark(value, l)
		}
	case "copy":
		if args[1] == v {
			l.part = true
			f.holds(args[0], l)
		}
	case "max", "min":
		if l.kind == cell && value != nil && len(args) == 2 {
			other := args[0]
			if other == v {
				other = args[1]
			}
			if accumulates(value, other) {
				f.readCell(l, map[string]reading{"max": readMax, "min": readMin}[name], call, other)
				return
			}
		}
		f.consume(v, l, call)
	case "delete", "clear":
		if l.kind == cell {
			f.consume(v, l, call)
		}
	default:
		f.consume(v, l, call)
	}
}

// holdsRows reports whether v was known to hold rows the time before.
func (f *flow) holdsRows(v ssa.Value) bool {
	for _, l := range f.before[v] {
		if l.kind == many {
			return true
		}
	}
	return false
}

// variadic reports whether v is the slice that the compiler makes of arguments.
func variadic(v ssa.Value) bool {
	s, ok := v.(*ssa.Slice)
	if !ok {
		return false
	}
	_, ok = s.X.(*ssa.Alloc)
	return ok
}

// method says what a method of rows, or of a row, does.
func (f *flow) method(m *types.Func, l label, args []ssa.Value, call ssa.CallInstruction) {
	switch m.Name() {
	case "Close", "Err":
	case "Next":
		f.nexts = append(f.nexts, call)
	case "Scan":
		f.scans = append(f.scans, call)
		f.filled[call] = true
		f.scan(args)
	case "StructScan":
		f.scans = append(f.scans, call)
		f.filled[call] = true
		if len(args) == 1 {
			f.destination(args[0])
		}
	default:
		f.lost = true
	}
}

// scan labels what the columns of a row are read into.
func (f *flow) scan(args []ssa.Value) {
	dests, ok := elements(args)
	if !ok {
		f.lost = true
		return
	}
	for i, dest := range dests {
		if dest == nil {
			f.lost = true
			continue
		}
		dest = unboxed(dest)
		l := label{kind: cell, cols: f.column(detector.Column{Index: i, Name: nameOf(dest)})}
		switch d := dest.(type) {
		case *ssa.FieldAddr:
			_, name := structOf(d.X.Type())
			f.fills(slot{name, d.Field}, l.cols)
			f.holds(d.X, label{kind: one})
		case *ssa.IndexAddr:
			f.holds(d.X, label{kind: many, of: &l, part: true})
		case *ssa.Call: // pq.Array(&list), and its like
			for _, arg := range d.Call.Args {
				f.holds(unboxed(arg), l)
			}
		case *ssa.Const:
		default:
			f.holds(dest, l)
		}
	}
}

// elements returns the values of a variadic call, ok is false when it is given a slice instead.
func elements(args []ssa.Value) (values []ssa.Value, ok bool) {
	if len(args) != 1 {
		return nil, len(args) == 0
	}
	s, isSlice := args[0].(*ssa.Slice)
	if !isSlice {
		return nil, isNil(args[0])
	}
	array, isAlloc := s.X.(*ssa.Alloc)
	if !isAlloc {
		return nil, false
	}
	t, isArray := array.Type().Underlying().(*types.Pointer).Elem().Underlying().(*types.Array)
	if !isArray {
		return nil, false
	}
	values = make([]ssa.Value, t.Len())
	for _, ref := range *array.Referrers() {
		at, ok := ref.(*ssa.IndexAddr)
		if !ok {
			continue
		}
		i, ok := at.Index.(*ssa.Const)
		if !ok {
			return nil, false
		}
		for _, ref := range *at.Referrers() {
			if store, ok := ref.(*ssa.Store); ok && store.Addr == at {
				values[i.Int64()] = store.Val
			}
		}
	}
	return values, true
}

// unboxed returns the value that an interface was made of.
func unboxed(v ssa.Value) ssa.Value {
	for {
		switch b := v.(type) {
		case *ssa.MakeInterface:
			v = b.X
		case *ssa.ChangeInterface:
			v = b.X
		case *ssa.ChangeType:
			v = b.X
		default:
			return v
		}
	}
}

// nameOf returns what the source calls a variable or field.
func nameOf(v ssa.Value) string {
	switch v := v.(type) {
	case *ssa.FieldAddr:
		if s, _ := structOf(v.X.Type()); s != nil {
			return s.Field(v.Field).Name()
		}
	case *ssa.Alloc:
		return v.Comment
	}
	return ""
}

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

// layer reports whether a package is a data layer.
func layer(path string) bool {
	host, _, _ := strings.Cut(path, "/")
	return strings.Contains(host, ".") && !frame.User(path+".F", "/nowhere/layer.go")
}

// saved notes that a row is written back, with what its fields hold.
func (f *flow) saved(v ssa.Value, call ssa.CallInstruction) {
	reach(unboxed(v).Type(), func(name string) {
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
