package flow

import (
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/nplusgone/nplusgone/internal/layers"
)

// result follows the result of a call with that index.
func (r *reach) result(call *ssa.Call, i int, s step) {
	results := call.Call.Signature().Results()
	if b, ok := call.Call.Value.(*ssa.Builtin); ok {
		r.builtinResult(b.Name(), call, s)
		return
	}
	if i < results.Len() && isError(results.At(i).Type()) {
		r.ends(s)
		return
	}
	if r.parentCalls(call, s.at) {
		r.arrives(results.At(i).Type(), r.insideLoop(s, call))
		return
	}
	fns, complete := r.callees(call, s.at)
	for _, to := range fns {
		in := r.descend(to, call, s.at)
		if in == nil {
			r.lost(s)
			continue
		}
		for _, b := range to.fn.Blocks {
			if ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return); ok && i < len(ret.Results) {
				r.want(step{v: ret.Results[i], path: s.path, at: in, turn: s.turn})
			}
		}
	}
	if len(fns) == 0 || !complete {
		r.libraryResult(call, i, s)
	}
	r.storedBy(s, call) // by others that have the result
}

// builtinResult follows the result of a builtin function.
func (r *reach) builtinResult(name string, call *ssa.Call, s step) {
	switch name {
	case "append":
		for _, arg := range call.Call.Args {
			r.want(s.to(arg, s.path))
		}
		r.storedBy(s, call)
	case "min", "max":
		for _, arg := range call.Call.Args {
			r.want(s.to(arg, s.path))
		}
	default: // a number of values is none of them
		r.ends(s)
	}
}

// libraryResult follows the result of a function without a body. A statement's result comes from the statement; what
// other functions return is derived from what they are given, or from what the functions return that they call back.
func (r *reach) libraryResult(call *ssa.Call, i int, s step) {
	if rows := rowsOf(call); rows != nil {
		r.want(r.insideLoop(s, call).to(rows, anything))
		return
	}
	if r.runsStatement(call) {
		r.ends(r.insideLoop(s, call))
		return
	}
	if r.mayRunStatement(call) {
		r.lost(r.insideLoop(s, call))
		return
	}
	result := call.Type()
	if t, ok := result.(*types.Tuple); ok {
		result = t.At(i).Type()
	}
	back := false
	for _, arg := range call.Call.Args {
		for _, to := range r.functions(arg, s.at, 0) {
			back = r.returnsTo(to, result, call, s) || back
		}
	}
	if back {
		return
	}
	if slices.ContainsFunc(operandsOf(call), func(arg ssa.Value) bool { return r.moves(arg, s.at, 0) }) {
		s.turn = true // it selects by what moves, as a map's Load does
	}
	found := false
	for _, arg := range operandsOf(call) {
		if isContext(arg.Type()) || isHandle(arg.Type()) && !rendersSQL(called(call)) || isFunction(arg.Type()) && !isIterator(arg) {
			continue
		}
		found = true
		path := anything
		if sameType(arg.Type(), result) { // such as slices.Sorted, or a method that returns a changed copy
			path = s.path
		}
		r.want(s.to(arg, path))
	}
	if !found {
		r.ends(s)
	}
}

// returnsTo wants what a function returns that a library's call calls back, if that is what the call returns: of the same
// type, or an element of it. It reports whether it is.
func (r *reach) returnsTo(to target, result types.Type, call *ssa.Call, s step) bool {
	fn := to.fn
	sig := fn.Signature.Results()
	found := false
	for i := range sig.Len() {
		t, path := sig.At(i).Type(), s.path
		if !sameType(t, result) {
			elem := elementType(result)
			if elem == nil || !sameType(t, elem) {
				continue
			}
			rest, ok := below(s.path, element)
			if !ok {
				continue
			}
			path = rest
		}
		at := r.backFrom(to, call, s.at)
		for _, b := range fn.Blocks {
			if ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return); ok && i < len(ret.Results) {
				r.want(step{v: ret.Results[i], path: path, at: at, turn: s.turn})
				found = true
			}
		}
	}
	return found
}

// backFrom returns the activation of a function that a library calls back, within a call of from.
func (r *reach) backFrom(to target, call ssa.CallInstruction, from *activation) *activation {
	fn := to.fn
	for _, t := range []*callStack{r.child, r.parent} {
		for _, act := range t.frames {
			if act != nil && act.fn == fn && act.caller == from && act.via == call {
				return act
			}
		}
	}
	d := descent{call, from, fn}
	act, ok := r.interned[d]
	if !ok {
		act = &activation{fn: fn, caller: from, via: call, home: to.home, depth: from.depth + 1, inLoop: from.inLoop || r.loopBlocks[call.Block()]}
		r.interned[d] = act
	}
	return act
}

// callees returns the functions with a body that a call may call. complete is false if it may call others.
func (r *reach) callees(call ssa.CallInstruction, at *activation) (fns []target, complete bool) {
	common := call.Common()
	for _, t := range []*callStack{r.child, r.parent} { // an interface, or a function value, of which a stack shows what it is
		if in := t.inner[at]; in != nil && t.calls[at].call == call && in.direct {
			if common.StaticCallee() == nil || r.body(common.StaticCallee()) == in.fn {
				return []target{{in.fn, in.home}}, true
			}
		}
	}
	if common.IsInvoke() {
		return nil, false
	}
	if fn := common.StaticCallee(); fn != nil {
		if body := r.body(fn); body != nil {
			return []target{{fn: body}}, true
		}
		return nil, false
	}
	fns = r.functions(common.Value, at, 0)
	return fns, len(fns) > 0
}

// functions returns the functions with a body that a value may be.
func (r *reach) functions(v ssa.Value, at *activation, depth int) (fns []target) {
	if depth > 12 || at == nil {
		return nil
	}
	switch v := v.(type) {
	case *ssa.Function:
		if body := r.body(v); body != nil {
			return []target{{fn: body}}
		}
	case *ssa.MakeClosure:
		if fn := v.Fn.(*ssa.Function); fn.Blocks != nil {
			return []target{{fn, at}}
		}
	case *ssa.ChangeType:
		return r.functions(v.X, at, depth+1)
	case *ssa.MakeInterface:
		if isFunction(v.X.Type()) {
			return r.functions(v.X, at, depth+1)
		}
	case *ssa.Phi:
		for _, e := range v.Edges {
			fns = append(fns, r.functions(e, at, depth+1)...)
		}
	case *ssa.Parameter:
		if at.via != nil && at.direct {
			r.handed(at.via, v, func(arg ssa.Value) { fns = r.functions(arg, at.caller, depth+1) })
		}
	case *ssa.FreeVar:
		if v.Parent().Parent() == nil {
			return nil
		}
		outer := r.enclosing(v.Parent().Parent(), at)
		r.bindings(v, func(b ssa.Value) { fns = append(fns, r.functions(b, outer, depth+1)...) })
	case *ssa.UnOp:
		if v.Op == token.MUL {
			return r.functions(v.X, at, depth+1)
		}
	case *ssa.Alloc:
		for _, ref := range referrersOf(v) {
			if st, ok := ref.(*ssa.Store); ok && st.Addr == v {
				fns = append(fns, r.functions(st.Val, at, depth+1)...)
			}
		}
	case *ssa.Call: // a function that returns one
		if callee := v.Call.StaticCallee(); callee != nil {
			if body := r.body(callee); body != nil {
				if in := r.descend(target{fn: body}, v, at); in != nil {
					for _, b := range body.Blocks {
						if ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return); ok && len(ret.Results) == 1 {
							fns = append(fns, r.functions(ret.Results[0], in, depth+1)...)
						}
					}
				}
			}
		}
	}
	return fns
}

// operandsFor returns what a call hands over for the parameters of fn.
func operandsFor(call ssa.CallInstruction, fn *ssa.Function) []ssa.Value {
	common := call.Common()
	if common.IsInvoke() && len(fn.Params) == len(common.Args)+1 {
		return append([]ssa.Value{common.Value}, common.Args...)
	}
	return common.Args
}

func isFunction(t types.Type) bool {
	_, ok := t.Underlying().(*types.Signature)
	return ok
}

// calledPath returns the import path of what a call calls, "" if it is not known.
func calledPath(call ssa.CallInstruction) string {
	common := call.Common()
	if common.IsInvoke() {
		if common.Method.Pkg() != nil {
			return common.Method.Pkg().Path()
		}
		return ""
	}
	if fn := common.StaticCallee(); fn != nil {
		path, _ := declaredAs(fn)
		return path
	}
	return ""
}

// ofDataLayer reports whether a call is of a function of a data layer.
func (r *reach) ofDataLayer(call ssa.CallInstruction) bool {
	return layers.Of(calledPath(call)).Any(layers.DataLayer | layers.Driver)
}

// runsStatement reports whether a call runs a statement or prepares one: what it returns comes from the database. A
// function of a data layer does if it is given a handle or a context, unless it writes the text of a statement.
func (r *reach) runsStatement(call ssa.CallInstruction) bool {
	if calledPath(call) == "database/sql" {
		return runsStatement(called(call)) || strings.HasPrefix(called(call), "Prepare") || strings.HasPrefix(called(call), "Begin")
	}
	if !r.ofDataLayer(call) || rendersSQL(called(call)) {
		return false
	}
	return slices.ContainsFunc(operandsOf(call), func(arg ssa.Value) bool { return isContext(arg.Type()) || isHandle(arg.Type()) })
}

// rendersSQL reports whether a method of a query builder with that name returns the text and the arguments of a
// statement.
func rendersSQL(name string) bool {
	switch name {
	case "ToSql", "MustSql", "ToSQL", "Build", "BuildWithFlavor", "Sql":
		return true
	}
	return false
}

// mayRunStatement reports whether a call of what is not known may run a statement: it is given a context, or a handle of
// database/sql or of a data layer.
func (r *reach) mayRunStatement(call ssa.CallInstruction) bool {
	if !call.Common().IsInvoke() && call.Common().StaticCallee() != nil && known(calledPath(call)) {
		return false
	}
	for _, arg := range operandsOf(call) {
		if isContext(arg.Type()) || isHandle(arg.Type()) {
			return true
		}
	}
	return call.Common().StaticCallee() == nil && !call.Common().IsInvoke()
}

// isHandle reports whether t is a handle of database/sql, or a type of a data layer with a method that returns rows or
// the result of a statement.
func isHandle(t types.Type) bool {
	named, ok := types.Unalias(pointee(t)).(*types.Named)
	if !ok || named.Obj().Pkg() == nil || rowsType(t) != 0 {
		return false
	}
	path := named.Obj().Pkg().Path()
	if path == "database/sql" {
		switch named.Obj().Name() {
		case "DB", "Tx", "Conn", "Stmt":
			return true
		}
		return false
	}
	return layers.Of(path).Any(layers.DataLayer|layers.Driver) && handleTypes.of(named, runsStatements)
}

// runsStatements reports whether a method of a type returns rows or the result of a statement.
func runsStatements(named *types.Named) bool {
	methods := types.NewMethodSet(types.NewPointer(named))
	for i := range methods.Len() {
		sig, ok := methods.At(i).Type().(*types.Signature)
		if !ok {
			continue
		}
		for result := range sig.Results().Variables() {
			if rowsType(result.Type()) != 0 || isSQLResult(result.Type()) {
				return true
			}
		}
	}
	return false
}

func isSQLResult(t types.Type) bool {
	named, ok := types.Unalias(t).(*types.Named)
	return ok && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == "database/sql" && named.Obj().Name() == "Result"
}
