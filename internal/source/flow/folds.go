package flow

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/nplusgone/nplusgone/internal/analysis"
)

// folds returns what is computed over all rows, or all that a filter keeps, when nothing else is done with them.
func (f *flow) folds(filter *analysis.Filter) (found []analysis.Fold) {
	if len(f.escapes) > 0 || len(f.reads) == 0 {
		return nil
	}
	add := func(name string, r read) {
		expr := r.expr
		if expr == "" {
			expr = f.placeholder(r.cols)
		}
		fold := analysis.Fold{Func: name, Expr: expr, Position: f.place(event{r.instr.Pos(), r.instr.Parent()})}
		if !slices.Contains(found, fold) {
			found = append(found, fold)
		}
	}
	for _, r := range f.reads {
		switch r.as {
		case readSum:
			add("sum", r)
		case readMax:
			add("max", r)
		case readMin:
			add("min", r)
		case readPick: // looked at with its comparison
		case readCond:
			if name, ok := f.picked(r); ok {
				add(name, r)
			} else if filter == nil || f.first(r.cols) != filter.Column {
				return nil
			}
		default:
			return nil
		}
	}
	for _, r := range f.reads {
		if r.as == readPick && !f.compared(r) {
			return nil
		}
	}
	return found
}

// picked reports whether a comparison decides whether its value becomes the variable that it is compared with.
func (f *flow) picked(cond read) (name string, ok bool) {
	op, ok := cond.instr.(interface {
		Operands([]*ssa.Value) []*ssa.Value
	})
	if !ok {
		return "", false
	}
	bin, ok := op.(*ssa.BinOp)
	if !ok {
		return "", false
	}
	for _, r := range f.reads {
		if r.as != readPick || r.cols != cond.cols || r.expr != cond.expr || r.other != cond.other {
			continue
		}
		is := operators[bin.Op]
		if cond.other == bin.X {
			is = flipped[is]
		}
		switch is {
		case ">", ">=":
			return "max", true
		case "<", "<=":
			return "min", true
		}
	}
	return "", false
}

func (f *flow) compared(pick read) bool {
	return slices.ContainsFunc(f.reads, func(r read) bool {
		return r.as == readCond && r.cols == pick.cols && r.other == pick.other
	})
}
