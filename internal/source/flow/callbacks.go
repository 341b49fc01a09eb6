package flow

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// callbacks returns the functions that a call of a function value may run, nil if they are not all known.
func (f *flow) callbacks(common *ssa.CallCommon) []*ssa.Function {
	if common.IsInvoke() || f.depth > maxCalls {
		return nil
	}
	f.depth++
	c := callbacks{flow: f, seen: map[value]bool{}}
	if !c.add(value{v: common.Value, field: whole}) {
		return nil
	}
	return c.bodies
}

// callbacks collects the functions that a value may be.
type callbacks struct {
	*flow
	bodies []*ssa.Function
	seen   map[value]bool

	// leaf adds other values than functions. done is false for a value that is followed further. May be nil.
	leaf func(v ssa.Value) (known, done bool)
}

// A value is an SSA value, or a field of the struct that it is or points to.
type value struct {
	v     ssa.Value
	field int
}

const whole = -1 // no field

// add adds the functions that a value may be. It reports whether they are all known.
func (c *callbacks) add(of value) bool {
	if c.seen[of] {
		return true
	}
	c.seen[of] = true
	if c.leaf != nil && of.field == whole {
		if known, done := c.leaf(of.v); done {
			return known
		}
	}
	switch v := of.v.(type) {
	case *ssa.Function:
		body := c.body(v)
		c.bodies = append(c.bodies, body)
		return body != nil
	case *ssa.MakeClosure:
		return c.add(value{v.Fn, whole})
	case *ssa.ChangeType:
		return c.add(value{v.X, of.field})
	case *ssa.MakeInterface:
		return c.add(value{v.X, of.field})
	case *ssa.Phi:
		return c.all(of.field, v.Edges)
	case *ssa.Parameter:
		calls := c.callers(v.Parent())
		return len(calls) > 0 && !slices.ContainsFunc(calls, func(call ssa.CallInstruction) bool {
			known := false
			c.handed(call, v, func(arg ssa.Value) { known = c.add(value{arg, of.field}) })
			return !known
		})
	case *ssa.FreeVar:
		known := false
		c.bindings(v, func(b ssa.Value) { known = c.add(value{b, of.field}) })
		return known
	case *ssa.Field:
		return of.field == whole && c.add(value{v.X, v.Field})
	case *ssa.UnOp:
		if v.Op != token.MUL {
			return false
		}
		if at, ok := v.X.(*ssa.FieldAddr); ok {
			return of.field == whole && c.add(value{at.X, at.Field})
		}
		return c.add(value{v.X, of.field})
	case *ssa.Alloc:
		return c.stored(v, of.field)
	case *ssa.Global:
		return of.field == whole && c.initial(v)
	case *ssa.Call:
		return c.returned(v, of.field, 0)
	case *ssa.Extract:
		call, ok := v.Tuple.(*ssa.Call)
		return ok && c.returned(call, of.field, v.Index)
	}
	return false
}

func (c *callbacks) all(field int, values []ssa.Value) bool {
	return len(values) > 0 && !slices.ContainsFunc(values, func(v ssa.Value) bool { return !c.add(value{v, field}) })
}

// stored adds what is stored in a variable, or in a field of it.
func (c *callbacks) stored(a *ssa.Alloc, field int) bool {
	var values []ssa.Value
	known := true
	for _, ref := range referrersOf(a) {
		switch ref := ref.(type) {
		case *ssa.Store:
			if ref.Addr == a {
				known = c.add(value{ref.Val, field}) && known
				values = append(values, ref.Val)
			}
		case ssa.CallInstruction:
			if field != whole && (passesPointer(ref, a) || c.sets(ref, field)) {
				return false // the called function may set the field
			}
		case *ssa.FieldAddr:
			for _, use := range referrersOf(ref) {
				if store, ok := use.(*ssa.Store); ok && store.Addr == ref && ref.Field == field {
					known = c.add(value{store.Val, whole}) && known
					values = append(values, store.Val)
				}
			}
		}
	}
	return known && len(values) > 0
}

// passesPointer reports whether a call gets the address of a variable, but not as the receiver of its method.
func passesPointer(call ssa.CallInstruction, a *ssa.Alloc) bool {
	args := call.Common().Args
	if call.Common().Signature().Recv() != nil && len(args) > 0 {
		args = args[1:]
	}
	return slices.Contains(args, ssa.Value(a))
}

// sets reports whether the method that a call calls stores something in a field of its receiver, or passes it on.
func (c *callbacks) sets(call ssa.CallInstruction, field int) bool {
	callee := call.Common().StaticCallee()
	if callee == nil {
		return false
	}
	body := c.body(callee)
	if body == nil || len(body.Params) == 0 {
		return false
	}
	for _, ref := range referrersOf(body.Params[0]) {
		at, ok := ref.(*ssa.FieldAddr)
		if !ok || at.Field != field {
			continue
		}
		for _, use := range referrersOf(at) {
			if _, read := use.(*ssa.UnOp); !read {
				return true
			}
		}
	}
	return false
}

// initial adds what the functions of its package store in a package variable that other packages cannot set.
func (c *callbacks) initial(g *ssa.Global) bool {
	if token.IsExported(g.Name()) {
		return false
	}
	var values []ssa.Value
	for _, fn := range c.functionsOf(g.Pkg) {
		for _, b := range fn.Blocks {
			for _, in := range b.Instrs {
				if store, ok := in.(*ssa.Store); ok && store.Addr == g {
					values = append(values, store.Val)
				}
			}
		}
	}
	return c.all(whole, values)
}

// returned adds the result with an index that a function of the application returns.
func (c *callbacks) returned(call *ssa.Call, field, at int) bool {
	callee := call.Call.StaticCallee()
	if callee == nil {
		return false
	}
	body := c.body(callee)
	if body == nil {
		return false
	}
	c.entered(body, call)
	var values []ssa.Value
	for _, b := range body.Blocks {
		if ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return); ok && at < len(ret.Results) && !isNil(ret.Results[at]) {
			values = append(values, ret.Results[at])
		}
	}
	return c.all(field, values)
}
