package flow

import (
	"go/constant"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"
)

const maxExpr = 80 // bytes; what is computed at greater length is no simple expression

// operate says what an operator does with one of its operands.
func (f *flow) operate(v ssa.Value, l label, op *ssa.BinOp) {
	other := op.X
	if v == op.X {
		other = op.Y
	}
	switch l.kind {
	case many:
		if isNil(other) {
			f.exists = append(f.exists, event{op.Pos(), op.Parent()})
			return
		}
		f.escape(v.Type(), l)
	case one, holder:
		if !isNil(other) {
			f.escape(v.Type(), l) // struct by struct, field by field
		}
	case cell:
		f.compute(v, l, op, other)
	}
}

func (f *flow) compute(v ssa.Value, l label, op *ssa.BinOp, other ssa.Value) {
	if compares(op.Op) {
		as := readCond
		for _, ref := range *op.Referrers() {
			if _, branch := ref.(*ssa.If); !branch {
				as = readOther // the answer is kept
			}
		}
		f.readCell(l, as, op, other)
		return
	}
	basic, ok := v.Type().Underlying().(*types.Basic)
	if !ok || basic.Info()&types.IsNumeric == 0 {
		f.readCell(l, readOther, op, nil)
		return
	}
	if op.Op == token.ADD && accumulates(op, other) {
		f.readCell(l, readSum, op, other)
		return
	}
	sign, ok := map[token.Token]string{token.ADD: "+", token.SUB: "-", token.MUL: "*"}[op.Op]
	if !ok {
		f.readCell(l, readOther, op, nil)
		return
	}
	if f.labelled(op, l.cols) && l.expr != "" {
		return // the variable that it is stored in again: x = x + 1
	}
	left, right := f.termOf(l), f.term(other)
	if v != op.X {
		left, right = right, left
	}
	if op.Op == token.MUL {
		left, right = parenthesise(left), parenthesise(right)
	} else if op.Op == token.SUB {
		right = parenthesise(right)
	}
	out := label{kind: cell, cols: l.cols | f.colsOf(other), expr: left + " " + sign + " " + right}
	if len(out.expr) > maxExpr || left == "" || right == "" {
		f.readCell(l, readOther, op, nil)
		return
	}
	f.mark(op, out)
}

// term returns an operand as SQL: a column, what was computed of columns, a constant, or ? for the program's own value; ""
// when it cannot be written.
func (f *flow) term(v ssa.Value) string {
	if c, ok := v.(*ssa.Const); ok {
		if c.Value == nil || c.Value.Kind() == constant.Complex {
			return ""
		}
		return sqlConstant(c.Value)
	}
	for _, set := range []map[ssa.Value]map[string]label{f.labels, f.before} {
		for _, l := range set[v] {
			if l.kind != cell {
				continue
			}
			if len(set[v]) > 1 {
				return ""
			}
			return f.termOf(l)
		}
	}
	return "?"
}

func (f *flow) termOf(l label) string {
	if l.expr != "" {
		return l.expr
	}
	return f.placeholder(l.cols)
}

// labelled reports whether v is known to be computed of these columns.
func (f *flow) labelled(v ssa.Value, cols columns) bool {
	for _, l := range f.labels[v] {
		if l.kind == cell && l.cols&cols == cols {
			return true
		}
	}
	return false
}

func (f *flow) colsOf(v ssa.Value) (cols columns) {
	for _, set := range []map[ssa.Value]map[string]label{f.labels, f.before} {
		for _, l := range set[v] {
			if l.kind == cell {
				cols |= l.cols
			}
		}
	}
	return cols
}

func parenthesise(expr string) string {
	if strings.Contains(expr, " ") {
		return "(" + expr + ")"
	}
	return expr
}

func sqlConstant(v constant.Value) string {
	switch v.Kind() {
	case constant.String:
		return "'" + strings.ReplaceAll(constant.StringVal(v), "'", "''") + "'"
	case constant.Bool:
		return strings.ToUpper(v.ExactString())
	case constant.Float:
		return v.String()
	}
	return v.ExactString()
}

func compares(op token.Token) bool {
	switch op {
	case token.EQL, token.NEQ, token.LSS, token.LEQ, token.GTR, token.GEQ:
		return true
	}
	return false
}

func isNil(v ssa.Value) bool {
	c, ok := v.(*ssa.Const)
	return ok && c.IsNil()
}
