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
