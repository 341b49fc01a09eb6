package flow

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// destinations are the variables that a row is read into: the elements of the list that Scan gets.
type destinations struct {
	values  []ssa.Value
	ordered bool // the n-th value is that of the n-th column
	known   bool // there are no others
}

// destinations returns the elements of a list of variables: a literal, what append makes of lists, or a list that is made and
// then filled, also by a function of the application.
func (f *flow) destinations(list ssa.Value) destinations {
	return f.destinationsIn(list, map[ssa.Value]bool{})
}

func (f *flow) destinationsIn(list ssa.Value, seen map[ssa.Value]bool) destinations {
	if seen[list] {
		return destinations{known: true}
	}
	seen[list] = true
	switch v := list.(type) {
	case *ssa.Const:
		return destinations{ordered: true, known: v.IsNil()}
	case *ssa.ChangeType:
		return f.destinationsIn(v.X, seen)
	case *ssa.Slice:
		if array, ok := v.X.(*ssa.Alloc); ok && v.Low == nil {
			return f.storedIn(array, v)
		}
		d := f.destinationsIn(v.X, seen)
		d.ordered = d.ordered && v.Low == nil
		return d
	case *ssa.MakeSlice:
		return f.storedIn(nil, v)
	case *ssa.Phi:
		return f.destinationsOf(v.Edges, seen)
	case *ssa.UnOp: // a variable that a closure shares, or a field
		if a, ok := v.X.(*ssa.Alloc); ok {
			var stored []ssa.Value
			for _, ref := range referrersOf(a) {
				if store, ok := ref.(*ssa.Store); ok && store.Addr == a {
					stored = append(stored, store.Val)
				}
			}
			return f.destinationsOf(stored, seen)
		}
	case *ssa.Parameter:
		var args []ssa.Value
		known := len(f.callers(v.Parent())) > 0
		for _, call := range f.callers(v.Parent()) {
			known = f.handed(call, v, func(arg ssa.Value) { args = append(args, arg) }) && known
		}
		d := f.destinationsOf(args, seen)
		d.known = d.known && known
		return d
	case *ssa.Call:
		return f.returnedBy(v, seen)
	}
	return destinations{}
}

// destinationsOf returns the elements of several lists, of which a variable is one. They have an order if there is only one.
func (f *flow) destinationsOf(lists []ssa.Value, seen map[ssa.Value]bool) destinations {
	all := destinations{known: len(lists) > 0, ordered: len(lists) == 1}
	for _, list := range lists {
		d := f.destinationsIn(list, seen)
		all.values = append(all.values, d.values...)
		all.known, all.ordered = all.known && d.known, all.ordered && d.ordered
	}
	return all
}

// returnedBy returns the elements of the list that a call returns.
func (f *flow) returnedBy(call *ssa.Call, seen map[ssa.Value]bool) destinations {
	if b, ok := call.Call.Value.(*ssa.Builtin); ok {
		if b.Name() != "append" {
			return destinations{}
		}
		d, more := f.destinationsIn(call.Call.Args[0], seen), f.destinationsIn(call.Call.Args[1], seen)
		return destinations{append(d.values, more.values...), d.ordered && more.ordered && innermost(call.Block()) == nil, d.known && more.known}
	}
	bodies := f.methods(&call.Call)
	if callee := call.Call.StaticCallee(); callee != nil {
		if body := f.body(callee); body != nil {
			bodies = append(bodies, body)
		}
	}
	if f.depth++; f.depth > maxCalls {
		return destinations{}
	}
	var lists []ssa.Value
	for _, body := range bodies {
		f.entered(body, call)
		for _, b := range body.Blocks {
			if ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return); ok && len(ret.Results) == 1 {
				lists = append(lists, ret.Results[0])
			}
		}
	}
	return f.destinationsOf(lists, seen)
}

// storedIn returns the values that are stored in the elements of a slice: of an array, if it is not nil, or of one that is made.
// Columns are not distinguished when the elements are read.
func (f *flow) storedIn(array *ssa.Alloc, list ssa.Value) destinations {
	d := destinations{known: true, ordered: true}
	length := int64(-1)
	lists := []ssa.Value{list}
	if array != nil {
		f.dests[array] = true
		lists = append(lists, array)
		if p, ok := array.Type().Underlying().(*types.Pointer); ok {
			if t, ok := p.Elem().Underlying().(*types.Array); ok {
				length = t.Len()
			}
		}
	}
	f.dests[list] = true
	at := map[int64]ssa.Value{}
	for _, list := range lists {
		for _, ref := range referrersOf(list) {
			address, ok := ref.(*ssa.IndexAddr)
			if !ok {
				continue
			}
			i, constant := address.Index.(*ssa.Const)
			for _, ref := range referrersOf(address) {
				store, ok := ref.(*ssa.Store)
				if !ok || store.Addr != address {
					continue
				}
				d.values = append(d.values, store.Val)
				if constant {
					at[i.Int64()] = store.Val
				} else {
					d.ordered = false
				}
			}
		}
	}
	if !d.ordered || int64(len(at)) != length || len(at) != len(d.values) {
		d.ordered = false
		return d
	}
	for i := range length {
		d.values[i] = at[i]
	}
	return d
}
