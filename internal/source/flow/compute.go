package flow

import (
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

const maxExpr = 80 // bytes of an expression; a longer one is not kept

// operate follows an operand into a binary operation.
func (f *flow) operate(v ssa.Value, l label, op *ssa.BinOp) {
	other := op.X
	if v == op.X {
		other = op.Y
	}
	switch l.kind {
	case many:
		if (ofParents(l) || isChannel(v.Type())) && isNil(other) {
			return
		}
		if isNil(other) {
			f.exists = append(f.exists, event{op.Pos(), op.Parent()})
			return
		}
		f.escape(v.Type(), l)
	case one, holder, parent:
		if !isNil(other) {
			f.escape(v.Type(), l) // it compares all fields
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
				as = readOther // the result is kept
			}
		}
		f.reads = append(f.reads, read{cols: l.cols, expr: l.expr, as: as, instr: op, other: other, zero: asksForOne(op, v)})
		return
	}
	if !numeric(v.Type()) {
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
		return // it is stored in its own variable: x = x + 1
	}
	if l.expr == opaque {
		f.mark(op, label{kind: cell, cols: l.cols | f.colsOf(other), expr: opaque})
		return
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
	if len(out.expr) > maxExpr || left == "" || right == "" || strings.Contains(out.expr, opaque) {
		f.readCell(l, readOther, op, nil)
		return
	}
	f.mark(op, out)
}

// numeric reports whether t is a type of numbers, or a type parameter that stands for one.
func numeric(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return u.Info()&types.IsNumeric != 0
	case *types.Interface:
		return slices.ContainsFunc(slices.Collect(u.EmbeddedTypes()), func(t types.Type) bool {
			union, ok := t.(*types.Union)
			if !ok {
				return numeric(t)
			}
			return !slices.ContainsFunc(slices.Collect(union.Terms()), func(t *types.Term) bool { return !numeric(t.Type()) })
		})
	}
	return false
}

// term returns an operand as SQL: a column, an expression of columns, a constant, or ? for another value of the program;
// "" if it cannot be written.
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

// labelled reports whether v is computed from these columns.
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

// number records the uses of the number of rows.
func (f *flow) number(v ssa.Value, at event) {
	for _, ref := range *v.Referrers() {
		switch ref := ref.(type) {
		case *ssa.DebugRef, *ssa.MakeSlice, *ssa.MakeMap, *ssa.MakeChan: // a capacity
		case *ssa.BinOp:
			switch {
			case f.ends && isEnd(ref):
			case !at.pos.IsValid() && ref.Op == token.LSS: // the compiler's comparison of a range statement
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

// looked reports whether a length has another use than as a capacity, or as the end of a range statement.
func looked(length ssa.Value) bool {
	for _, ref := range *length.Referrers() {
		switch ref := ref.(type) {
		case *ssa.DebugRef, *ssa.MakeSlice, *ssa.MakeMap, *ssa.MakeChan:
		case *ssa.BinOp:
			if length.Pos().IsValid() || ref.Op != token.LSS {
				return true
			}
		default:
			return true
		}
	}
	return false
}

// asksForOne reports whether a comparison of the number n tests only whether it is 0.
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

// merge follows a value to a phi. A value that joins the variable that it is compared with is picked.
func (f *flow) merge(v ssa.Value, l label, phi *ssa.Phi) {
	if l.kind == cell {
		for _, e := range phi.Edges {
			if acc, ok := e.(*ssa.Phi); ok && (acc == phi || flowsTo(phi, acc)) {
				f.readCell(l, readPick, phi, acc)
				return
			}
		}
	}
	f.mark(phi, l)
}

// flowsTo reports whether phi becomes acc in the next turn of a loop, through other phis only.
func flowsTo(phi, acc *ssa.Phi) bool {
	seen := map[*ssa.Phi]bool{}
	var walk func(p *ssa.Phi) bool
	walk = func(p *ssa.Phi) bool {
		if p == acc {
			return true
		}
		if seen[p] {
			return false
		}
		seen[p] = true
		for _, ref := range *p.Referrers() {
			if next, ok := ref.(*ssa.Phi); ok && walk(next) {
				return true
			}
		}
		return false
	}
	return walk(phi)
}

// accumulates reports whether a value that is computed from other and something else becomes other in the next turn of a
// loop: other is a variable that accumulates rows.
func accumulates(r ssa.Value, other ssa.Value) bool {
	refs := realReferrers(r)
	if len(refs) == 0 {
		return false
	}
	switch acc := other.(type) {
	case *ssa.Phi:
		for _, ref := range refs {
			phi, ok := ref.(*ssa.Phi)
			if !ok || !flowsTo(phi, acc) {
				return false
			}
		}
		return true
	case *ssa.Lookup: // sums[key] += value
		for _, ref := range refs {
			update, ok := ref.(*ssa.MapUpdate)
			if !ok || update.Map != acc.X || update.Key != acc.Index {
				return false
			}
		}
		return true
	case *ssa.UnOp:
		if around := innermost(acc.Block()); acc.Op != token.MUL || around == nil || !fixed(acc.X, around) {
			return false // in each turn it may be another variable
		}
		for _, ref := range refs {
			store, ok := ref.(*ssa.Store)
			if !ok || !sameAddress(store.Addr, acc.X) {
				return false
			}
		}
		return true
	}
	return false
}

// grouped reports whether a map only holds a number for each of its keys, which rows add to.
func grouped(m ssa.Value) bool {
	found := false
	for _, ref := range referrersOf(m) {
		update, ok := ref.(*ssa.MapUpdate)
		if !ok || update.Map != m {
			continue
		}
		sum, ok := update.Value.(*ssa.BinOp)
		if !ok || sum.Op != token.ADD {
			return false
		}
		old, ok := sum.X.(*ssa.Lookup)
		if !ok || old.X != m || old.Index != update.Key {
			return false
		}
		found = true
	}
	return found
}

// pickedInto returns the read of a variable that a value is stored in only if a comparison of the two says so, as in
// if v > most.n { most.n = v }; nil for other stores.
func pickedInto(store *ssa.Store) ssa.Value {
	for b := store.Block(); b != nil && len(b.Preds) == 1; b = b.Idom() {
		test, ok := b.Preds[0].Instrs[len(b.Preds[0].Instrs)-1].(*ssa.If)
		if !ok || innermost(test.Block()) == nil {
			continue
		}
		cmp, ok := test.Cond.(*ssa.BinOp)
		if !ok || !compares(cmp.Op) {
			continue
		}
		for _, pair := range [][2]ssa.Value{{cmp.X, cmp.Y}, {cmp.Y, cmp.X}} {
			old, ok := pair[1].(*ssa.UnOp)
			if ok && old.Op == token.MUL && sameAddress(old.X, store.Addr) && fixed(store.Addr, innermost(test.Block())) && (pair[0] == store.Val || sameAddress(pair[0], store.Val)) {
				return old
			}
		}
	}
	return nil
}

func realReferrers(v ssa.Value) []ssa.Instruction {
	var refs []ssa.Instruction
	for _, ref := range *v.Referrers() {
		if _, debug := ref.(*ssa.DebugRef); !debug {
			refs = append(refs, ref)
		}
	}
	return refs
}

// sameAddress reports whether two addresses are always equal.
func sameAddress(a, b ssa.Value) bool {
	if a == b {
		return true
	}
	switch a := a.(type) {
	case *ssa.FieldAddr:
		b, ok := b.(*ssa.FieldAddr)
		return ok && a.Field == b.Field && sameAddress(a.X, b.X)
	case *ssa.IndexAddr:
		b, ok := b.(*ssa.IndexAddr)
		return ok && a.Index == b.Index && sameAddress(a.X, b.X)
	case *ssa.UnOp:
		b, ok := b.(*ssa.UnOp)
		return ok && a.Op == token.MUL && b.Op == token.MUL && sameAddress(a.X, b.X)
	}
	return false
}
