package flow

import "golang.org/x/tools/go/ssa"

func (f *flow) builtin(name string, v ssa.Value, l label, call ssa.CallInstruction) {
	args := call.Common().Args
	value := call.Value()
	switch name {
	case "len", "cap":
		if l.kind != many {
			f.consume(v, l, call)
			return
		}
		if l.part {
			f.escape(v.Type(), label{kind: one}) // how many of them: no number of the rows
			return
		}
		if value != nil {
			f.number(value, event{value.Pos(), value.Parent()})
		}
	case "append":
		if l.kind != many || value == nil {
			f.consume(v, l, call) // a text, byte by byte
			return
		}
		if args[0] == v {
			if f.before != nil && len(args) > 1 && !f.holdsRows(args[1]) && !isNil(args[1]) {
				l.part = true // something else is added
			}
			f.mark(value, l)
		}
		if len(args) > 1 && args[1] == v {
			f.gathered = true
			l.part = l.part || !variadic(v) || !always(call.Block())
			f.mark(value, l)
		}
	case "copy":
		if args[1] == v {
			l.part = true
			f.holds(args[0], l)
		}
	case "max", "min":
		if l.kind == cell && value != nil && len(args) == 2 {
			other := args[0]
			if other == v {
				other = args[1]
			}
			if accumulates(value, other) {
				f.readCell(l, map[string]reading{"max": readMax, "min": readMin}[name], call, other)
				return
			}
		}
		f.consume(v, l, call)
	case "delete", "clear":
		if l.kind == cell {
			f.consume(v, l, call)
		}
	default:
		f.consume(v, l, call)
	}
}

// holdsRows reports whether v was known to hold rows the time before.
func (f *flow) holdsRows(v ssa.Value) bool {
	for _, l := range f.before[v] {
		if l.kind == many {
			return true
		}
	}
	return false
}

// variadic reports whether v is the slice that the compiler makes of arguments.
func variadic(v ssa.Value) bool {
	s, ok := v.(*ssa.Slice)
	if !ok {
		return false
	}
	_, ok = s.X.(*ssa.Alloc)
	return ok
}
