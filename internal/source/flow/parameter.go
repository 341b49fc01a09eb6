package flow

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// parameter follows a parameter to the arguments of the call that the function was called by.
func (r *reach) parameter(p *ssa.Parameter, s step) {
	r.storedBy(s, p)
	at := s.at
	switch {
	case at.via != nil && at.direct:
		if !r.handed(at.via, p, func(arg ssa.Value) {
			r.want(step{v: arg, path: s.path, at: at.caller, turn: s.turn || r.helper && r.yields(at)})
		}) {
			r.calledBack(at.via, at.caller, p, s)
		}
	case at.via != nil:
		r.calledBack(at.via, at.caller, p, s)
	case at.caller != nil && at.fn.Parent() == at.caller.fn:
		r.startedLiteral(at.fn, at.caller, p, s)
	case at.fn.Parent() != nil:
		r.startedLiteral(at.fn, r.enclosing(at.fn.Parent(), at), p, s)
	default:
		r.started(p, s)
	}
}

// yields reports whether an activation is the body of the loop, which ranges over a function: it is called once a turn.
func (r *reach) yields(at *activation) bool {
	return r.loopFn == nil && at.fn.Parent() != nil && r.loopFrame != nil && (at == r.loopFrame || at.fn.Parent() == r.loopFrame.fn)
}

// calledBack follows a parameter of a function that a library calls back: it is an element of what the library's call was
// given, or what was given as it is.
func (r *reach) calledBack(call ssa.CallInstruction, from *activation, p *ssa.Parameter, s step) {
	if r.helper && (from == r.loopFrame || r.yields(s.at)) {
		s.turn = true
	}
	if isContext(p.Type()) {
		r.ends(s)
		return
	}
	args := operandsOf(call)
	found := false
	for _, arg := range args {
		if elem := elementType(arg.Type()); elem != nil && (sameType(elem, p.Type()) || sameType(elem, pointee(p.Type()))) {
			r.want(step{v: arg, path: into(element, s.path), at: from, turn: s.turn})
			found = true
		} else if key := keyType(arg.Type()); key != nil && sameType(key, p.Type()) {
			r.want(step{v: arg, path: into(mapKey, s.path), at: from, turn: s.turn})
			found = true
		} else if sameType(arg.Type(), p.Type()) {
			r.want(step{v: arg, path: s.path, at: from, turn: s.turn})
			found = true
		}
	}
	if found {
		return
	}
	if b, ok := p.Type().Underlying().(*types.Basic); ok && b.Info()&types.IsInteger != 0 {
		r.ends(s) // a position
		return
	}
	for _, arg := range args {
		if _, fn := arg.Type().Underlying().(*types.Signature); (!fn || isIterator(arg)) && !isContext(arg.Type()) {
			r.want(step{v: arg, path: anything, at: from, turn: s.turn})
		}
	}
}

// isIterator reports whether a function is the result of a call: an iterator, and no callback.
func isIterator(v ssa.Value) bool {
	_, ok := v.(*ssa.Call)
	return ok
}

// operandsOf returns the receiver and the arguments of a call, and what is called if that is a value.
func operandsOf(call ssa.CallInstruction) []ssa.Value {
	common := call.Common()
	args := common.Args
	if common.IsInvoke() || isIterator(common.Value) {
		args = append([]ssa.Value{common.Value}, args...)
	}
	return args
}

func elementType(t types.Type) types.Type {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	switch u := t.Underlying().(type) {
	case *types.Slice:
		return u.Elem()
	case *types.Array:
		return u.Elem()
	case *types.Chan:
		return u.Elem()
	case *types.Map:
		return u.Elem()
	}
	return nil
}

func keyType(t types.Type) types.Type {
	if m, ok := t.Underlying().(*types.Map); ok {
		return m.Key()
	}
	return nil
}

func pointee(t types.Type) types.Type {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		return p.Elem()
	}
	return t
}

// sameType reports whether two types are one, possibly read from source and from export data.
func sameType(a, b types.Type) bool {
	return types.Identical(a, b) || types.TypeString(a, nil) == types.TypeString(b, nil)
}

// startedLiteral follows a parameter of a function literal whose caller is on no stack, from where it is written in the
// function of outer: it is started by a go statement, called, or handed to a function.
func (r *reach) startedLiteral(fn *ssa.Function, outer *activation, p *ssa.Parameter, s step) {
	found := false
	for _, b := range outer.fn.Blocks {
		for _, in := range b.Instrs {
			call, ok := in.(ssa.CallInstruction)
			if !ok {
				continue
			}
			if r.mayCall(call.Common().Value, fn, 0) {
				found = r.handed(call, p, func(arg ssa.Value) {
					r.want(step{v: arg, path: s.path, at: outer, turn: s.turn})
				}) || found
				continue
			}
			for i, arg := range call.Common().Args {
				if r.mayCall(arg, fn, 0) {
					found = true
					r.handedOver(call, i, outer, p, s, 0)
				}
			}
		}
	}
	if !found {
		r.lost(s)
	}
}

// handedOver follows a parameter of a function that is the argument with index i of a call: to the calls of it in the
// functions that are called, or to what a library was given.
func (r *reach) handedOver(call ssa.CallInstruction, i int, from *activation, p *ssa.Parameter, s step, depth int) {
	fns, complete := r.callees(call, from)
	if !complete || depth > 4 {
		r.calledBack(call, from, p, s)
	}
	for _, to := range fns {
		in := r.descend(to, call, from)
		offset := len(to.fn.Params) - len(call.Common().Args) // of the receiver of an interface's method
		if in == nil || i+offset < 0 || i+offset >= len(to.fn.Params) {
			r.lost(s)
			continue
		}
		r.callsOf(to.fn.Params[i+offset], to.fn, in, p, s, depth)
	}
}

// callsOf follows a parameter of a function that fn's variable v holds to the arguments of the calls of v.
func (r *reach) callsOf(v ssa.Value, fn *ssa.Function, at *activation, p *ssa.Parameter, s step, depth int) {
	for _, b := range fn.Blocks {
		for _, in := range b.Instrs {
			switch in := in.(type) {
			case ssa.CallInstruction:
				if holdsFunction(in.Common().Value, v) {
					r.handed(in, p, func(arg ssa.Value) {
						r.want(step{v: arg, path: s.path, at: at, turn: s.turn || r.inLoop(in, at)})
					})
				}
				for i, arg := range in.Common().Args {
					if holdsFunction(arg, v) {
						r.handedOver(in, i, at, p, s, depth+1)
					}
				}
			case *ssa.MakeClosure:
				inner := in.Fn.(*ssa.Function)
				for i, b := range in.Bindings {
					if holdsFunction(b, v) {
						r.callsOf(inner.FreeVars[i], inner, r.literal(inner, at), p, s, depth)
					}
				}
			}
		}
	}
}

// holdsFunction reports whether x is v, or a variable that v is stored in, or what such a variable holds.
func holdsFunction(x, v ssa.Value) bool {
	if x == v {
		return true
	}
	switch x := x.(type) {
	case *ssa.UnOp:
		return x.Op == token.MUL && holdsFunction(x.X, v)
	case *ssa.ChangeType:
		return holdsFunction(x.X, v)
	case *ssa.Alloc:
		for _, ref := range referrersOf(x) {
			if st, ok := ref.(*ssa.Store); ok && st.Addr == x && st.Val == v {
				return true
			}
		}
	}
	return false
}

// mayCall reports whether a value is the function fn, or may be.
func (r *reach) mayCall(v ssa.Value, fn *ssa.Function, depth int) bool {
	if depth > 8 {
		return false
	}
	switch v := v.(type) {
	case *ssa.Function:
		return v == fn
	case *ssa.MakeClosure:
		return v.Fn == fn
	case *ssa.MakeInterface:
		return r.mayCall(v.X, fn, depth+1)
	case *ssa.ChangeType:
		return r.mayCall(v.X, fn, depth+1)
	case *ssa.Phi:
		for _, e := range v.Edges {
			if r.mayCall(e, fn, depth+1) {
				return true
			}
		}
	case *ssa.UnOp:
		if a, ok := v.X.(*ssa.Alloc); ok && v.Op == token.MUL {
			for _, ref := range referrersOf(a) {
				if st, ok := ref.(*ssa.Store); ok && st.Addr == a && r.mayCall(st.Val, fn, depth+1) {
					return true
				}
			}
		}
	}
	return false
}

// started follows a parameter of a declared function that no frame called: one of a goroutine that its package starts.
func (r *reach) started(p *ssa.Parameter, s step) {
	pkg := r.packageOfFunction(p.Parent())
	found := 0
	if pkg != nil {
		for _, fn := range pkg.funcs {
			for _, b := range fn.Blocks {
				for _, in := range b.Instrs {
					if g, ok := in.(*ssa.Go); ok && g.Call.StaticCallee() == p.Parent() {
						found++
						r.handed(g, p, func(arg ssa.Value) {
							r.want(step{v: arg, path: s.path, at: r.enclosing(fn, &activation{}), turn: s.turn})
						})
					}
				}
			}
		}
	}
	if found == 1 {
		return
	}
	if ofRequest(p.Type()) {
		r.ends(s)
		return
	}
	r.lost(s)
}

// ofRequest reports whether a value of type t comes from a request or a test, and from no statement.
func ofRequest(t types.Type) bool {
	named, ok := types.Unalias(pointee(t)).(*types.Named)
	if !ok || named.Obj().Pkg() == nil {
		return false
	}
	switch named.Obj().Pkg().Path() {
	case "net/http", "net/url", "testing":
		return true
	}
	return false
}

// packageOfFunction returns the package that a function was loaded with, nil if it is none of the application's.
func (r *reach) packageOfFunction(fn *ssa.Function) *pkg {
	if fn.Pkg == nil {
		return nil
	}
	r.loader.mu.Lock()
	defer r.loader.mu.Unlock()
	for _, p := range r.loader.dirs {
		if p != nil && p.types == fn.Pkg.Pkg {
			return p
		}
	}
	for _, t := range r.loader.tests {
		for _, p := range []*pkg{t.internal, t.external} {
			if p != nil && p.types == fn.Pkg.Pkg {
				return p
			}
		}
	}
	return nil
}
