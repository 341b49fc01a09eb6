package flow

import "golang.org/x/tools/go/ssa"

// store records that the value v with label l is stored at an address.
func (f *flow) store(v, addr ssa.Value, l label) {
	switch a := addr.(type) {
	case *ssa.FieldAddr:
		if l.kind == cell && l.expr != "" && !computedFrom(v, a) {
			f.readCell(l, readOther, nil, nil) // the value of another row, or of another struct
			return
		}
		f.storeField(a, l)
	case *ssa.IndexAddr:
		if f.dests[a.X] {
			f.holds(a.X, f.values())
			return
		}
		_, array := a.X.(*ssa.Alloc)
		f.holds(a.X, label{kind: many, of: &l, part: !array})
	default:
		f.holds(addr, l)
	}
}

func (f *flow) storeField(a *ssa.FieldAddr, l label) {
	_, name := structOf(a.X.Type())
	switch l.kind {
	case cell:
		s := slot{name, a.Field}
		if l.expr != "" {
			known, raised := f.raised[s]
			if l.expr == opaque && f.fields[s] == 0 || known == opaque {
				f.raised[s] = opaque
				f.fills(s, l.cols)
				f.holds(a.X, label{kind: one})
				return
			}
			if f.fields[s] != l.cols && (raised || f.fields[s] != 0) {
				f.readCell(l, readOther, nil, nil)
				return
			}
			if !raised {
				f.raised[s] = l.expr
				f.changed = true
			}
			f.fills(s, l.cols)
			f.holds(a.X, label{kind: one})
			return
		}
		f.fills(s, l.cols)
		f.holds(a.X, label{kind: one})
	case one:
		f.holds(a.X, label{kind: one})
	case number, outcome:
	default:
		f.holds(a.X, label{kind: holder, field: a.Field, of: &l, in: structName(a.X.Type())})
	}
}

// computedFrom reports whether every field of the struct type of a, of the same name, that v is computed from is the field at a
// itself: p.N = p.N + 1, but not out[i].N = all[i].N + 1.
func computedFrom(v ssa.Value, a *ssa.FieldAddr) bool {
	_, name := structOf(a.X.Type())
	switch v := v.(type) {
	case *ssa.BinOp:
		return computedFrom(v.X, a) && computedFrom(v.Y, a)
	case *ssa.Convert:
		return computedFrom(v.X, a)
	case *ssa.ChangeType:
		return computedFrom(v.X, a)
	case *ssa.Field:
		_, of := structOf(v.X.Type())
		return of != name || v.Field != a.Field
	case *ssa.UnOp:
		from, ok := v.X.(*ssa.FieldAddr)
		if !ok {
			return true
		}
		_, of := structOf(from.X.Type())
		return of != name || from.Field != a.Field || sameAddress(from, a)
	}
	return true
}

// fills records that columns are read into a field.
func (f *flow) fills(s slot, cols columns) {
	if f.fields[s]|cols != f.fields[s] {
		f.fields[s] |= cols
		f.changed = true
	}
}

// holds records that a value with label l was put into v, or into the memory that v points to, and follows v back to its
// origin.
func (f *flow) holds(v ssa.Value, l label) {
	if v == nil {
		return
	}
	if box, ok := v.(*ssa.MakeInterface); ok && l.kind.dispatches() {
		l.dyn = box.X.Type()
	}
	l.dyn = dynamicIn(l, v.Type())
	if _, seen := f.labels[v][l.key()]; seen {
		return
	}
	if !f.mark(v, l) {
		return
	}
	switch v := v.(type) {
	case *ssa.Alloc, *ssa.MakeMap, *ssa.MakeSlice, *ssa.MakeChan, *ssa.Const, *ssa.Global:
	case *ssa.UnOp:
		f.holds(v.X, l)
	case *ssa.Phi:
		for _, e := range v.Edges {
			f.holds(e, l)
		}
	case *ssa.ChangeType:
		f.holds(v.X, l)
	case *ssa.MakeInterface:
		f.holds(v.X, l)
	case *ssa.Slice:
		f.holds(v.X, l)
	case *ssa.IndexAddr:
		f.holds(v.X, label{kind: many, of: &l, part: true})
	case *ssa.FieldAddr:
		switch l.kind {
		case one:
			f.holds(v.X, l)
		default:
			f.storeField(v, l)
		}
	case *ssa.FreeVar:
		f.bindings(v, func(b ssa.Value) { f.holds(b, l) })
	case *ssa.Parameter:
		calls := f.returns[v.Parent()]
		if len(calls) == 0 || f.open[v.Parent()] {
			f.escape(v.Type(), l)
		}
		for _, call := range calls {
			of := l
			if receiver := call.Common().IsInvoke() && v == v.Parent().Params[0]; receiver && f.promoted[call] {
				f.escape(v.Type(), l) // it is a part of the value that the method is called on
				continue
			} else if receiver {
				of.dyn = v.Type()
			}
			f.argument(call, v, func(arg ssa.Value) { f.holds(arg, of) })
		}
	case *ssa.Call: // append returns its argument
		if b, ok := v.Call.Value.(*ssa.Builtin); ok && b.Name() == "append" {
			f.holds(v.Call.Args[0], l)
			return
		}
		f.escape(v.Type(), l)
	default:
		f.escape(v.Type(), l)
	}
}

// bindings calls do with the values that a captured variable of a function literal is bound to.
func (f *flow) bindings(v *ssa.FreeVar, do func(ssa.Value)) {
	fn := v.Parent()
	at := -1
	for i, free := range fn.FreeVars {
		if free == v {
			at = i
		}
	}
	if fn.Parent() == nil || at < 0 {
		return
	}
	for _, b := range fn.Parent().Blocks {
		for _, in := range b.Instrs {
			if c, ok := in.(*ssa.MakeClosure); ok && c.Fn == fn {
				do(c.Bindings[at])
			}
		}
	}
}

// argument calls do with the argument of a call for a parameter.
func (f *flow) argument(call ssa.CallInstruction, p *ssa.Parameter, do func(ssa.Value)) {
	if !f.handed(call, p, do) {
		f.lose("%s gets the rows in a call whose arguments are not known", p.Parent().Name())
	}
}

// handed calls do with the argument of a call for a parameter. It returns false if the function is called in another way.
func (f *flow) handed(call ssa.CallInstruction, p *ssa.Parameter, do func(ssa.Value)) bool {
	common := call.Common()
	args := common.Args
	if common.IsInvoke() {
		args = append([]ssa.Value{common.Value}, args...)
	}
	if f.promoted[call] && p == p.Parent().Params[0] {
		return false
	}
	for i, param := range p.Parent().Params {
		if param == p && i < len(args) && len(args) == len(p.Parent().Params) {
			do(args[i])
			return true
		}
	}
	return false
}
