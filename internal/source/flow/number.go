package flow

import (
	"go/constant"
	"go/token"

	"golang.org/x/tools/go/ssa"
)

// number looks at what is done with the number of rows.
func (f *flow) number(v ssa.Value, at event) {
	for _, ref := range *v.Referrers() {
		switch ref := ref.(type) {
		case *ssa.DebugRef, *ssa.MakeSlice, *ssa.MakeMap, *ssa.MakeChan: // a capacity
		case *ssa.BinOp:
			switch {
			case !at.pos.IsValid() && ref.Op == token.LSS: // the compiler's own, of a range
			case asksForOne(ref, v):
				f.exists = append(f.exists, at)
			default:
				f.numbers = append(f.numbers, at)
			}
		case *ssa.UnOp:
			f.number(ref, at)
		default:
			f.numbers = append(f.numbers, at)
		}
	}
}

// asksForOne reports whether a comparison of the number n asks only whether it is 0.
func asksForOne(op *ssa.BinOp, n ssa.Value) bool {
	c, ok := op.Y.(*ssa.Const)
	cmp := op.Op
	if op.Y == n {
		c, ok = op.X.(*ssa.Const)
		cmp = map[token.Token]token.Token{
			token.LSS: token.GTR, token.GTR: token.LSS, token.LEQ: token.GEQ, token.GEQ: token.LEQ, token.EQL: token.EQL, token.NEQ: token.NEQ,
		}[cmp]
	}
	if !ok || c.Value == nil || c.Value.Kind() != constant.Int {
		return false
	}
	limit, exact := constant.Int64Val(c.Value)
	switch {
	case !exact:
	case limit == 0:
		return cmp == token.EQL || cmp == token.NEQ || cmp == token.GTR || cmp == token.LEQ
	case limit == 1:
		return cmp == token.LSS || cmp == token.GEQ
	}
	return false
}
