package flow

import (
	"golang.org/x/tools/go/ssa"
)

// step records the uses of rows whose columns are not read: stepping through them counts them, or tests for one. There is such a use
// only if it is known of each step whether it is repeated.
func (f *flow) step() {
	if len(f.reads) > 0 || len(f.escapes) > 0 {
		return
	}
	var s steps
	for _, next := range f.nexts {
		f.repeats(next, stepped(next), &s, 0)
	}
	if !s.unknown {
		f.exists = append(f.exists, s.exists...)
		f.numbers = append(f.numbers, s.numbers...)
	}
}

// steps are what the steps through rows stand for.
type steps struct {
	exists, numbers []event
	unknown         bool // a loop does something else for each row, or it is not known whether there is one
}

// repeats adds what a step stands for: a call of Next, or of a function that makes one. rows is what it steps through.
func (f *flow) repeats(next ssa.CallInstruction, rows ssa.Value, s *steps, depth int) {
	at := event{next.Pos(), next.Parent()}
	around := innermost(next.Block())
	switch {
	case around != nil && depth > 0 && f.fetchedIn(around):
		s.unknown = true // each turn may have rows of its own, or may go on with the same
	case around != nil:
		if pos, ok := around.counts(); ok {
			s.numbers = append(s.numbers, event{pos, next.Parent()})
		} else {
			s.unknown = true
		}
	case made(rows):
		s.exists = append(s.exists, at)
	default:
		calls := f.callers(next.Parent())
		s.unknown = s.unknown || len(calls) == 0 || depth > 8
		for _, call := range calls {
			if depth <= 8 {
				f.repeats(call, stepped(call), s, depth+1)
			}
		}
	}
}

// fetchedIn reports whether a loop contains one of the calls that led to the statement.
func (f *flow) fetchedIn(around *loop) bool {
	for _, s := range f.sites {
		if around.blocks[s.call.Block()] {
			return true
		}
	}
	return false
}

// stepped returns what a call steps through: its receiver, or the only argument; nil if it is not known.
func stepped(call ssa.CallInstruction) ssa.Value {
	common := call.Common()
	switch {
	case common.IsInvoke():
		return common.Value
	case len(common.Args) > 0:
		return common.Args[0]
	}
	return nil
}

// made reports whether a value is the result of a call in the same function, or of a variable of it that holds one: no other function
// steps through the rows before or after it.
func made(v ssa.Value) bool {
	switch v := v.(type) {
	case *ssa.Call, *ssa.Alloc:
		return true
	case *ssa.Extract:
		return made(v.Tuple)
	case *ssa.UnOp:
		_, variable := v.X.(*ssa.Alloc)
		return variable
	case *ssa.Phi:
		for _, e := range v.Edges {
			if !made(e) && !isNil(e) {
				return false
			}
		}
		return true
	case *ssa.MakeInterface:
		return made(v.X)
	}
	return false
}
