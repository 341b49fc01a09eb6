package flow

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/nplusgone/nplusgone/internal/frame"
)

// call follows a value into a call.
func (f *flow) call(v ssa.Value, l label, call ssa.CallInstruction) {
	if f.filled[call] && l.kind != handle && l.kind != single && l.kind != function {
		return
	}
	common := call.Common()
	if b, ok := common.Value.(*ssa.Builtin); ok {
		f.builtin(b.Name(), v, l, call)
		return
	}
	if bodies := f.methods(common); bodies != nil {
		for _, body := range bodies {
			f.descend(body, v, l, call)
		}
		return
	}
	if common.Value == v && f.dispatched(v, l, call) {
		return
	}
	if common.Value == v { // a method of an interface that it is in, or the called function
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
			f.foreign(v, l, call)
			return
		}
		f.descend(body, v, l, call)
		return
	}
	f.foreign(v, l, call)
}

// descend follows v into a function that it is an argument of.
func (f *flow) descend(body *ssa.Function, v ssa.Value, l label, call ssa.CallInstruction) {
	f.entered(body, call)
	args := call.Common().Args
	if call.Common().IsInvoke() {
		args = append([]ssa.Value{call.Common().Value}, args...)
	}
	for i, arg := range args {
		if arg == v && i < len(body.Params) {
			f.mark(body.Params[i], l)
		}
	}
}

// entered notes that a call leads to a function.
func (f *flow) entered(body *ssa.Function, call ssa.CallInstruction) {
	if !slices.Contains(f.returns[body], call) {
		f.returns[body] = append(f.returns[body], call)
		f.changed = true
	}
}

// body returns an application's function with its body, loading its package if necessary; nil for other functions.
func (f *flow) body(fn *ssa.Function) *ssa.Function {
	if origin := fn.Origin(); origin != nil {
		fn = origin
	}
	if fn.Blocks != nil {
		return fn
	}
	obj, ok := fn.Object().(*types.Func)
	if !ok {
		return nil
	}
	return f.declared(obj, fn.Prog.Fset)
}

// declared returns the function that the application declares as obj, as body does.
func (f *flow) declared(obj *types.Func, fset *token.FileSet) *ssa.Function {
	if obj.Pkg() == nil || frame.Standard(obj.Pkg().Path()) {
		return nil
	}
	return f.function(f.applicationFile(fset.Position(obj.Pos()).Filename, obj.Pkg().Path()+"."+obj.Name()), obj)
}

// applicationFile returns the path on disk of a file of the application that declares something, as a trimmed path is none; "" for
// other files.
func (f *flow) applicationFile(file, declares string) string {
	if !frame.User(declares, file) {
		return ""
	}
	return f.files.OnDisk(declares, file)
}

// returned follows a result to the callers of a function.
func (f *flow) returned(v ssa.Value, l label, ret *ssa.Return) {
	calls := f.returns[ret.Parent()]
	if len(calls) == 0 || f.open[ret.Parent()] {
		f.escape(v.Type(), l)
	}
	for i, r := range ret.Results {
		if r != v {
			continue
		}
		for _, call := range calls {
			if f.selectors[call] != nil { // a condition, or which of two elements is first
				f.consume(v, l, ret)
				continue
			}
			f.crossed = f.crossed || f.through[call]
			f.result(call, i, len(ret.Results), l)
		}
	}
}

// result marks a result of a call.
func (f *flow) result(call ssa.CallInstruction, i, of int, l label) {
	value := call.Value()
	switch {
	case value == nil: // go and defer drop it
	case of == 1:
		f.mark(value, l)
	default:
		for _, ref := range *value.Referrers() {
			switch ref := ref.(type) {
			case *ssa.Extract:
				if ref.Index == i {
					f.mark(ref, l)
				}
			case *ssa.Return: // return f()
				f.escape(value.Type(), l)
			case ssa.CallInstruction: // g(f())
				f.escape(value.Type(), l)
			}
		}
	}
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
		if ofParents(l) {
			return
		}
		if l.part && value != nil && !looked(value) {
			return
		}
		if l.part {
			f.escape(v.Type(), label{kind: one}) // the length of a part is not the number of rows
			return
		}
		if value != nil {
			f.number(value, event{value.Pos(), value.Parent()})
		}
	case "append":
		if l.kind != many || value == nil {
			f.consume(v, l, call) // the bytes of a string
			return
		}
		if args[0] == v {
			if f.before != nil && len(args) > 1 && !f.holdsRows(args[1]) && !isNil(args[1]) {
				l.part = true // it gets more elements than the rows
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
	case "close":
	default:
		f.consume(v, l, call)
	}
}

// holdsRows reports whether v held rows in the previous pass.
func (f *flow) holdsRows(v ssa.Value) bool {
	for _, l := range f.before[v] {
		if l.kind == many {
			return true
		}
	}
	return false
}

// variadic reports whether v is the slice that the compiler makes of variadic arguments.
func variadic(v ssa.Value) bool {
	s, ok := v.(*ssa.Slice)
	if !ok {
		return false
	}
	_, ok = s.X.(*ssa.Alloc)
	return ok
}
