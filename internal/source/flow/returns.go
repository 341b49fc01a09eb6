package flow

import "golang.org/x/tools/go/ssa"

// returned goes on to where the result of a function goes.
func (f *flow) returned(v ssa.Value, l label, ret *ssa.Return) {
	calls := f.returns[ret.Parent()]
	if len(calls) == 0 {
		f.escape(v.Type(), l)
		return
	}
	for i, r := range ret.Results {
		if r != v {
			continue
		}
		for _, call := range calls {
			f.crossed = f.crossed || f.through[call]
			f.result(call, i, len(ret.Results), l)
		}
	}
}

// result marks a result of a call.
func (f *flow) result(call ssa.CallInstruction, i, of int, l label) {
	value := call.Value()
	switch {
	case value == nil: // go and defer throw it away
	case of == 1:
		f.mark(value, l)
	default:
		for _, ref := range *value.Referrers() {
			switch ref := ref.(type) {
			case *ssa.Extract:
				if ref.Index == i {
					f.mark(ref, l)
				}
			case *ssa.Return: // return f(): a tuple goes on as it is
				f.escape(value.Type(), l)
			case ssa.CallInstruction: // g(f())
				f.escape(value.Type(), l)
			}
		}
	}
}
