package flow

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// dispatches reports whether methods are followed that an interface's method stands for if the value in it has a label of this kind.
func (k kind) dispatches() bool { return k == holder || k == one || k == many || k == parent }

// dynamicIn returns the type of the value in an interface for a label that a value of type t gets: nil if t is no interface, the
// address of one, or a tuple that has one.
func dynamicIn(l label, t types.Type) types.Type {
	if l.dyn == nil {
		return nil
	}
	for {
		p, ok := t.Underlying().(*types.Pointer)
		if !ok {
			break
		}
		t = p.Elem()
	}
	switch t.Underlying().(type) {
	case *types.Interface:
		return l.dyn
	case *types.Tuple:
		return l.dyn
	}
	return nil
}

// dispatched follows a value to the function that a call runs if the value is what is called: a function literal, or the method of
// the type that an interface holds. It returns false if the function is not known.
func (f *flow) dispatched(v ssa.Value, l label, call ssa.CallInstruction) bool {
	common := call.Common()
	if f.depth++; f.depth > maxCalls {
		return false
	}
	if l.kind == function {
		if common.IsInvoke() {
			return false
		}
		f.entered(l.fn, call)
		return true
	}
	if !common.IsInvoke() || l.dyn == nil {
		return false
	}
	return f.invoked(l, common.Method, call)
}

// invoked follows the receiver of a method of an interface that holds a value with label l.
func (f *flow) invoked(l label, m *types.Func, call ssa.CallInstruction) bool {
	s := types.NewMethodSet(l.dyn).Lookup(m.Pkg(), m.Name())
	if s == nil {
		return false
	}
	to, t, path := l, l.dyn, s.Index()
	for _, i := range path[:len(path)-1] { // the embedded field that has the method
		str, ok := pointee(t).Underlying().(*types.Struct)
		if !ok {
			return false
		}
		t = str.Field(i).Type()
		switch {
		case to.kind == holder && to.field == i:
			to = *to.of
		case to.kind == holder:
			return true // the rows are in another field
		case to.kind != one:
			return false
		}
	}
	obj, ok := s.Obj().(*types.Func)
	if !ok {
		return false
	}
	promoted := len(path) > 1
	if types.IsInterface(obj.Signature().Recv().Type()) {
		switch {
		case to.kind == handle || to.kind == single:
			f.method(obj, to, call.Common().Args, call)
			return true
		case to.dyn == nil || to.deep(maxNested):
			return false
		}
		f.promoted[call] = true
		return f.invoked(to, m, call)
	}
	if (to.kind == handle || to.kind == single) && rowsType(t) != 0 {
		f.method(obj, to, call.Common().Args, call)
		return true
	}
	body := f.declared(obj.Origin(), call.Parent().Prog.Fset)
	if body == nil || len(body.Params) == 0 {
		return false
	}
	f.promoted[call] = f.promoted[call] || promoted
	f.entered(body, call)
	f.mark(body.Params[0], to)
	return true
}
