package flow

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

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
	if !ok || obj.Pkg() == nil || frame.Standard(obj.Pkg().Path()) {
		return nil
	}
	file, function := fn.Prog.Fset.Position(obj.Pos()).Filename, obj.Pkg().Path()+"."+obj.Name()
	if !frame.User(function, file) {
		return nil
	}
	return f.function(f.files.OnDisk(function, file), obj) // trimmed paths are not where the source lies
}
