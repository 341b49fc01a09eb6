package flow

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// storedBy wants what was stored in the memory that v refers to.
func (r *reach) storedBy(s step, v ssa.Value) {
	if !refers(v.Type()) {
		return
	}
	s.v, s.mem = v, true
	r.want(s)
}

// refers reports whether a value of type t refers to memory that others can change.
func refers(t types.Type) bool {
	switch t.Underlying().(type) {
	case *types.Pointer, *types.Slice, *types.Map, *types.Chan, *types.Interface:
		return true
	}
	return false
}

// stored follows what the instructions that use an address, or a collection, put into it.
func (r *reach) stored(s step) {
	for _, ref := range referrersOf(s.v) {
		r.storedAt(ref, s)
	}
}

// storedAt is stored for one instruction.
func (r *reach) storedAt(ref ssa.Instruction, s step) {
	again := func(v ssa.Value, path string) { r.want(step{v: v, path: path, at: s.at, turn: s.turn, mem: true}) }
	switch ref := ref.(type) {
	case *ssa.Store:
		if ref.Addr == s.v {
			if r.inLoop(ref, s.at) && !r.ofTurn(ref.Addr, s.at) {
				r.moved = true
			}
			r.want(s.to(ref.Val, s.path))
			return
		}
		switch in := ref.Addr.(type) { // the variable, element or field that it is known by as well
		case *ssa.Alloc:
			again(in, s.path)
		case *ssa.IndexAddr:
			again(in.X, into(element, s.path))
		case *ssa.FieldAddr:
			again(in.X, into(fieldElement(in.Field), s.path))
		}
	case *ssa.FieldAddr:
		if rest, ok := below(s.path, fieldElement(ref.Field)); ok && ref.X == s.v {
			again(ref, rest)
		}
	case *ssa.IndexAddr:
		if rest, ok := below(s.path, element); ok && ref.X == s.v {
			again(ref, rest)
		}
	case *ssa.MapUpdate:
		if ref.Map != s.v {
			return
		}
		if rest, ok := below(s.path, element); ok {
			r.want(s.to(ref.Value, rest))
		}
		if rest, ok := below(s.path, mapKey); ok {
			r.want(s.to(ref.Key, rest))
		}
	case *ssa.Send:
		if rest, ok := below(s.path, element); ok && ref.Chan == s.v {
			r.want(s.to(ref.X, rest))
		}
	case *ssa.Select:
		for _, state := range ref.States {
			if rest, ok := below(s.path, element); ok && state.Dir == types.SendOnly && state.Chan == s.v {
				r.want(s.to(state.Send, rest))
			}
		}
	case *ssa.UnOp:
		if refers(ref.Type()) {
			again(ref, s.path)
		}
	case *ssa.Slice:
		again(ref, s.path)
	case *ssa.Phi, *ssa.ChangeType, *ssa.MakeInterface, *ssa.ChangeInterface:
		again(ref.(ssa.Value), s.path)
	case *ssa.TypeAssert:
		if !ref.CommaOk {
			again(ref, s.path)
			return
		}
		for _, use := range referrersOf(ref) {
			if e, ok := use.(*ssa.Extract); ok && e.Index == 0 {
				again(e, s.path)
			}
		}
	case *ssa.MakeClosure:
		fn := ref.Fn.(*ssa.Function)
		for i, b := range ref.Bindings {
			if b == s.v {
				r.want(step{v: fn.FreeVars[i], path: s.path, at: r.literal(fn, s.at), turn: s.turn, mem: true})
			}
		}
	case *ssa.Return:
		r.storedByCaller(ref, s)
	case ssa.CallInstruction:
		r.storedByCall(ref, s)
	}
}

// storedByCaller follows what the caller of a function puts into memory that the function returns: as in rows.Scan(post.fields()...).
func (r *reach) storedByCaller(ret *ssa.Return, s step) {
	call, ok := s.at.via.(*ssa.Call)
	if !ok || !s.at.direct || s.at.caller == nil {
		return
	}
	for i, result := range ret.Results {
		if result != s.v {
			continue
		}
		to := step{v: call, path: s.path, at: s.at.caller, turn: s.turn, mem: true}
		if len(ret.Results) == 1 {
			r.want(to)
			continue
		}
		for _, use := range referrersOf(call) {
			if e, ok := use.(*ssa.Extract); ok && e.Index == i {
				to.v = e
				r.want(to)
			}
		}
	}
}

// ofTurn reports whether an address is in memory that is allocated in each turn of the loop.
func (r *reach) ofTurn(addr ssa.Value, at *activation) bool {
	switch root := rootOf(addr).(type) {
	case *ssa.Alloc:
		return r.inLoop(root, at)
	case *ssa.MakeSlice:
		return r.inLoop(root, at)
	case *ssa.MakeMap:
		return r.inLoop(root, at)
	}
	return false
}

// storedByCall follows what a call puts into memory that it is given.
func (r *reach) storedByCall(call ssa.CallInstruction, s step) {
	common := call.Common()
	if b, ok := common.Value.(*ssa.Builtin); ok {
		if b.Name() == "copy" && common.Args[0] == s.v {
			r.want(s.to(common.Args[1], s.path))
		}
		return
	}
	if r.parentCalls(call, s.at) {
		if r.fills(call, s.v) {
			r.arrives(unboxed(s.v).Type(), r.insideLoop(s, call))
		}
		return
	}
	fns, complete := r.callees(call, s.at)
	for _, to := range fns {
		fn, in := to.fn, r.descend(to, call, s.at)
		if in == nil {
			r.lost(s)
			continue
		}
		args := operandsFor(call, fn)
		for i, arg := range args {
			if arg == s.v && i < len(fn.Params) {
				r.want(step{v: fn.Params[i], path: s.path, at: in, turn: s.turn, mem: true})
			}
		}
	}
	if len(fns) > 0 && complete {
		return
	}
	r.storedByLibrary(call, s)
}

// storedByLibrary follows what a function without a body puts into memory that it is given: what it reads from another
// argument, as rows.Scan does, or what a statement returned.
func (r *reach) storedByLibrary(call ssa.CallInstruction, s step) {
	if !mayWrite(call, s.v) || isHandle(s.v.Type()) {
		return
	}
	if (r.runsStatement(call) || r.mayRunStatement(call)) && !r.fills(call, s.v) {
		return
	}
	s = r.insideLoop(s, call)
	if from := rowsOf(call); from != nil && from != s.v {
		s.turn = s.turn || r.loopsIn(call, s.at)
		r.want(s.to(from, anything))
		return
	}
	if r.runsStatement(call) {
		r.ends(s)
		return
	}
	if r.mayRunStatement(call) {
		r.lost(s)
		return
	}
	found := false
	for _, arg := range operandsOf(call) {
		if arg != s.v && !isContext(arg.Type()) && !isHandle(arg.Type()) {
			r.want(s.to(arg, anything))
			found = true
		}
	}
	if !found || call.Common().IsInvoke() {
		r.ends(s)
	}
}

// loopsIn reports whether the loop is that of the library function which call calls, as of pgx.ForEachRow: what it reads from
// rows for its callback is another row in each turn.
func (r *reach) loopsIn(call ssa.CallInstruction, at *activation) bool {
	return r.helper && at == r.loopFrame && slices.ContainsFunc(r.child.frames, func(a *activation) bool {
		return a != nil && a.caller == at && a.via == call
	})
}

// fills reports whether a call that runs a statement may read rows into v: an argument that points to data. It does not
// if it returns rows, and v is not one of the statement's own arguments, the last ones of a variadic call.
func (r *reach) fills(call ssa.CallInstruction, v ssa.Value) bool {
	common := call.Common()
	if calledPath(call) == "database/sql" || common.Value == v || isHandle(v.Type()) || isContext(v.Type()) {
		return false
	}
	for result := range common.Signature().Results().Variables() {
		if rowsType(result.Type()) != 0 {
			return false
		}
	}
	if !common.IsInvoke() && common.Signature().Recv() != nil && common.Args[0] == v {
		return false
	}
	if common.Signature().Variadic() && common.Args[len(common.Args)-1] == v {
		return r.ofDataLayer(call)
	}
	return true
}

// mayWrite reports whether a library may put something into v, which a call is given: v is a pointer to data. It is not the
// receiver of a method, but for those that read something in.
func mayWrite(call ssa.CallInstruction, v ssa.Value) bool {
	common := call.Common()
	if common.Value == v {
		return false
	}
	if fn := common.StaticCallee(); fn != nil {
		switch path, name := declaredAs(fn); path {
		case "time", "context", "log", "log/slog", "errors", "testing":
			return false
		case "sync":
			return strings.HasPrefix(name, "(*Map).") || strings.HasPrefix(name, "(*Pool).")
		case "sync/atomic":
			return strings.Contains(name, "Store") || strings.Contains(name, "Swap")
		}
		if common.Signature().Recv() != nil && len(common.Args) > 0 && common.Args[0] == v {
			return common.Signature().Params().Len() > 0 // as of a buffer, or a set
		}
	}
	return true
}

// insideLoop returns s, which was read or stored by a call: if that is in the loop it is another one in each turn.
func (r *reach) insideLoop(s step, call ssa.CallInstruction) step {
	s.turn = s.turn || r.inLoop(call, s.at)
	return s
}

// rowsOf returns the rows that a call reads from: its receiver or an argument; nil if there are none.
func rowsOf(call ssa.CallInstruction) ssa.Value {
	for _, arg := range operandsOf(call) {
		if rowsType(arg.Type()) != 0 {
			return arg
		}
	}
	return nil
}

// global follows a variable of a package to what the functions of the package store in it.
func (r *reach) global(g *ssa.Global, s step) {
	if s.path == "" {
		r.ends(s)
	}
	if g.Object() != nil && g.Object().Exported() {
		r.unknown = true // other packages may set it
	}
	p := (*pkg)(nil)
	if g.Pkg != nil {
		p = r.packageOfFunction(g.Pkg.Func("init"))
	}
	if p == nil {
		r.lost(s)
		return
	}
	r.ends(s)
	for _, fn := range p.funcs {
		for _, b := range fn.Blocks {
			for _, in := range b.Instrs {
				for _, op := range in.Operands(nil) {
					if *op == ssa.Value(g) {
						at := r.enclosing(fn, s.at)
						r.storedAt(in, step{v: g, path: s.path, at: at, turn: s.turn, mem: true})
					}
				}
			}
		}
	}
}
