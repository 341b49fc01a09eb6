package flow

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// value follows a value to where it comes from.
func (r *reach) value(s step) {
	switch v := s.v.(type) {
	case *ssa.Parameter:
		r.parameter(v, s)
	case *ssa.FreeVar:
		if v.Parent().Parent() == nil { // a method value
			r.lost(s)
			return
		}
		outer := r.enclosing(v.Parent().Parent(), s.at)
		r.bindings(v, func(b ssa.Value) { r.want(step{v: b, path: s.path, at: outer, turn: s.turn}) })
		r.storedBy(s, v)
	case *ssa.Global:
		r.global(v, s)
	case *ssa.Alloc, *ssa.MakeMap, *ssa.MakeSlice, *ssa.MakeChan:
		r.ends(s) // it may hold its zero value
		r.storedBy(s, v)
	case *ssa.FieldAddr:
		r.storedBy(s, v)
		r.want(s.to(v.X, into(fieldElement(v.Field), s.path)))
	case *ssa.Field:
		r.want(s.to(v.X, into(fieldElement(v.Field), s.path)))
	case *ssa.IndexAddr:
		r.storedBy(s, v)
		r.want(r.indexed(s, v.Index).to(v.X, into(element, s.path)))
	case *ssa.Index:
		r.want(r.indexed(s, v.Index).to(v.X, into(element, s.path)))
	case *ssa.Lookup:
		r.want(r.indexed(s, v.Index).to(v.X, into(element, s.path)))
	case *ssa.UnOp:
		switch v.Op {
		case token.ARROW:
			s.turn = s.turn || r.inLoop(v, s.at)
			r.want(s.to(v.X, into(element, s.path)))
		case token.NOT:
			r.ends(s)
		case token.MUL: // what a variable holds; a slice or map in it may be changed by way of this copy
			r.want(s.to(v.X, s.path))
			r.storedBy(s, v)
		default:
			r.want(s.to(v.X, s.path))
		}
	case *ssa.Extract:
		r.extract(v, s)
	case *ssa.Call:
		r.result(v, 0, s)
	case *ssa.Phi:
		s.turn = s.turn || v.Block() == r.loopHead
		for _, e := range v.Edges {
			r.want(s.to(e, s.path))
		}
		r.storedBy(s, v)
	case *ssa.BinOp:
		if compares(v.Op) {
			r.ends(s)
			return
		}
		r.want(s.to(v.X, s.path))
		r.want(s.to(v.Y, s.path))
	case *ssa.Slice:
		r.want(s.to(v.X, s.path))
		r.storedBy(s, v)
	case *ssa.MakeInterface:
		r.want(s.to(v.X, s.path))
	case *ssa.ChangeInterface:
		r.want(s.to(v.X, s.path))
	case *ssa.ChangeType:
		r.want(s.to(v.X, s.path))
	case *ssa.Convert:
		r.want(s.to(v.X, s.path))
	case *ssa.MultiConvert:
		r.want(s.to(v.X, s.path))
	case *ssa.SliceToArrayPointer:
		r.want(s.to(v.X, s.path))
	case *ssa.TypeAssert:
		r.want(s.to(v.X, s.path))
	case *ssa.Const, *ssa.Function, *ssa.Builtin, *ssa.MakeClosure:
		r.ends(s)
	default:
		r.lost(s)
	}
}

// to returns a step to another value of the same activation.
func (s step) to(v ssa.Value, path string) step {
	s.v, s.path, s.mem = v, path, false
	return s
}

// indexed returns s, which was selected by an index: it changes with the turns if the index does.
func (r *reach) indexed(s step, index ssa.Value) step {
	s.turn = s.turn || r.moves(index, s.at, 0)
	return s
}

// moves reports whether a value is another one in each turn of the loop: in the loop's function, or of a parameter of a
// function that the loop calls.
func (r *reach) moves(v ssa.Value, at *activation, depth int) bool {
	if depth > 8 || at == nil {
		return false
	}
	if p, ok := v.(*ssa.Parameter); ok {
		found := false
		if at.inLoop && at.via != nil && at.direct {
			r.handed(at.via, p, func(arg ssa.Value) { found = r.moves(arg, at.caller, depth+1) })
		}
		return found
	}
	in, ok := v.(ssa.Instruction)
	if !ok {
		return false
	}
	here := r.loopBlocks[in.Block()]
	if !here && !at.inLoop {
		return false
	}
	switch v := v.(type) {
	case *ssa.Phi, *ssa.Extract, *ssa.Call:
		return here
	case *ssa.BinOp:
		return r.moves(v.X, at, depth+1) || r.moves(v.Y, at, depth+1)
	case *ssa.UnOp:
		if v.Op == token.ARROW {
			return here
		}
		if a, ok := v.X.(*ssa.Alloc); ok { // a variable: it moves if the loop sets it
			for _, ref := range referrersOf(a) {
				if st, ok := ref.(*ssa.Store); ok && st.Addr == a && r.loopBlocks[st.Block()] && r.moves(st.Val, at, depth+1) {
					return true
				}
			}
			return false
		}
		return r.moves(v.X, at, depth+1)
	case *ssa.FieldAddr:
		return r.moves(v.X, at, depth+1)
	case *ssa.Field:
		return r.moves(v.X, at, depth+1)
	case *ssa.IndexAddr:
		return r.moves(v.Index, at, depth+1) || r.moves(v.X, at, depth+1)
	case *ssa.Lookup:
		return r.moves(v.Index, at, depth+1)
	case *ssa.Convert:
		return r.moves(v.X, at, depth+1)
	case *ssa.ChangeType:
		return r.moves(v.X, at, depth+1)
	case *ssa.MakeInterface:
		return r.moves(v.X, at, depth+1)
	}
	return false
}

// extract follows one of several results.
func (r *reach) extract(v *ssa.Extract, s step) {
	r.storedBy(s, v)
	switch t := v.Tuple.(type) {
	case *ssa.Call:
		r.result(t, v.Index, s)
	case *ssa.Next:
		if v.Index == 0 {
			r.ends(s)
			return
		}
		s.turn = s.turn || r.loopBlocks[v.Block()]
		over, ok := t.Iter.(*ssa.Range)
		if !ok {
			r.lost(s)
			return
		}
		path := into(element, s.path)
		if v.Index == 1 && !t.IsString {
			path = into(mapKey, s.path)
		}
		r.want(s.to(over.X, path))
	case *ssa.Lookup:
		if v.Index == 0 {
			r.want(r.indexed(s, t.Index).to(t.X, into(element, s.path)))
			return
		}
		r.ends(s)
	case *ssa.TypeAssert:
		if v.Index == 0 {
			r.want(s.to(t.X, s.path))
			return
		}
		r.ends(s)
	case *ssa.UnOp: // v, ok := <-ch
		if v.Index == 0 {
			s.turn = s.turn || r.inLoop(v, s.at)
			r.want(s.to(t.X, into(element, s.path)))
			return
		}
		r.ends(s)
	case *ssa.Select:
		at := 2
		for _, state := range t.States {
			if state.Dir == types.RecvOnly {
				if at == v.Index {
					s.turn = s.turn || r.inLoop(v, s.at)
					r.want(s.to(state.Chan, into(element, s.path)))
					return
				}
				at++
			}
		}
		r.ends(s)
	default:
		r.lost(s)
	}
}

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
