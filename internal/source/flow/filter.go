package flow

import (
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/nplusgone/nplusgone/internal/analysis"
)

// A branch is a condition on a column that keeps some rows and drops others.
type branch struct {
	read   read
	filter analysis.Filter
	kept   *ssa.BasicBlock // where the kept rows go on
}

// branches returns the branches of a comparison: one that keeps the rows for which it holds, one for the others.
func (f *flow) branches(r read) (found []branch) {
	if r.as != readCond || r.expr != "" || r.cols&(r.cols-1) != 0 {
		return nil
	}
	test, op, operand, literal, ok := f.comparison(r)
	if !ok {
		return nil
	}
	b := test.Block()
	around := innermost(b)
	if around == nil || nested(around) || f.again(b.Parent(), map[*ssa.Function]bool{}) || b.Succs[0] == b.Succs[1] {
		return nil
	}
	pos := r.instr.Pos()
	if branch, ok := r.instr.(*ssa.If); ok {
		pos = branch.Cond.Pos()
	}
	for i, kept := range b.Succs {
		dropped := b.Succs[1-i]
		if len(kept.Preds) != 1 || !around.blocks[kept] || !around.blocks[dropped] || !idle(dropped, b) {
			continue
		}
		is := op
		if i == 1 {
			is = negated[op]
		}
		found = append(found, branch{read: r, kept: kept, filter: analysis.Filter{
			Column: f.first(r.cols), Op: is, Operand: operand, Literal: literal, Position: f.position(event{pos, r.instr.Parent()}),
		}})
	}
	return found
}

// again reports whether the rows reach a function more than once: another call may use the rows that one call drops, for
// example to match two results.
func (f *flow) again(fn *ssa.Function, seen map[*ssa.Function]bool) bool {
	calls := f.returns[fn]
	if seen[fn] || len(calls) > 1 {
		return true
	}
	seen[fn] = true
	for _, call := range calls {
		if innermost(call.Block()) != nil || f.again(call.Parent(), seen) {
			return true
		}
	}
	return false
}

// nested reports whether a loop is within another one: the next turn may use the rows that one turn drops.
func nested(l *loop) bool {
	for b := l.head.Idom(); b != nil; b = b.Idom() {
		if outer := loopOf(b); outer != nil && outer.blocks[l.head] {
			return true
		}
	}
	return false
}

// idle reports whether no instruction runs for the dropped rows.
func idle(dropped, b *ssa.BasicBlock) bool {
	if len(dropped.Preds) != 1 || dropped.Preds[0] != b {
		return true // kept rows reach it, too
	}
	for _, in := range dropped.Instrs {
		switch in.(type) {
		case *ssa.Jump, *ssa.DebugRef:
		default:
			return false
		}
	}
	return true
}

// comparison returns the branch that depends on a column, the SQL operator with the column as the left operand, and the
// other operand.
func (f *flow) comparison(r read) (test *ssa.If, op, operand string, literal any, ok bool) {
	switch in := r.instr.(type) {
	case *ssa.If: // a boolean column
		op, cond := "=", in.Cond
		if not, ok := cond.(*ssa.UnOp); ok && not.Op == token.NOT {
			op, cond = "<>", not.X
		}
		if !plain(cond) {
			return nil, "", "", nil, false
		}
		return in, op, "TRUE", true, true
	case *ssa.BinOp:
		refs := realReferrers(in)
		if len(refs) != 1 {
			return nil, "", "", nil, false
		}
		test, ok = refs[0].(*ssa.If)
		column := in.X
		op = operators[in.Op]
		if r.other == in.X {
			column, op = in.Y, flipped[op]
		}
		if !ok || !plain(column) {
			return nil, "", "", nil, false
		}
		if c, isConst := r.other.(*ssa.Const); isConst {
			if c.Value == nil {
				return nil, "", "", nil, false
			}
			return test, op, sqlConstant(c.Value), goValue(c.Value), true
		}
		return test, op, "?", nil, len(f.labels[r.other]) == 0 && fixed(r.other, innermost(in.Block()))
	}
	return nil, "", "", nil, false
}

var (
	operators = map[token.Token]string{
		token.EQL: "=", token.NEQ: "<>", token.LSS: "<", token.LEQ: "<=", token.GTR: ">", token.GEQ: ">=",
	}
	negated = map[string]string{"=": "<>", "<>": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
	flipped = map[string]string{"=": "=", "<>": "<>", "<": ">", ">": "<", "<=": ">=", ">=": "<="}
)

// plain reports whether a value is a whole column and not a part of one, such as NullString.Valid, which is another
// expression in SQL.
func plain(v ssa.Value) bool {
	switch v := v.(type) {
	case *ssa.UnOp:
		addr, ok := v.X.(*ssa.FieldAddr)
		return v.Op == token.MUL && !(ok && isColumnStruct(addr.X.Type()))
	case *ssa.Field:
		return !isColumnStruct(v.X.Type())
	case *ssa.Convert:
		return plain(v.X)
	case *ssa.ChangeType:
		return plain(v.X)
	case *ssa.Phi, *ssa.Parameter, *ssa.Lookup, *ssa.Extract:
		return true
	}
	return false
}

func isColumnStruct(t types.Type) bool {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	return holdsOneValue(t)
}

// fixed reports whether v is the same in each turn of a loop.
func fixed(v ssa.Value, around *loop) bool {
	switch v := v.(type) {
	case *ssa.Const, *ssa.Parameter, *ssa.FreeVar, *ssa.Global, *ssa.Alloc:
		return true
	case *ssa.UnOp:
		if v.Op != token.MUL || !fixed(v.X, around) {
			return outside(v, around)
		}
		for _, ref := range referrersOf(v.X) {
			if store, ok := ref.(*ssa.Store); ok && store.Addr == v.X && (around == nil || around.blocks[store.Block()]) {
				return false
			}
		}
		return true
	case *ssa.FieldAddr:
		return fixed(v.X, around)
	case *ssa.Field:
		return fixed(v.X, around)
	case *ssa.Convert:
		return fixed(v.X, around)
	case *ssa.ChangeType:
		return fixed(v.X, around)
	}
	return outside(v, around)
}

func referrersOf(v ssa.Value) []ssa.Instruction {
	if refs := v.Referrers(); refs != nil {
		return *refs
	}
	return nil
}

func outside(v ssa.Value, around *loop) bool {
	in, ok := v.(ssa.Instruction)
	return ok && around != nil && !around.blocks[in.Block()]
}

func goValue(v constant.Value) any {
	switch v.Kind() {
	case constant.String:
		return constant.StringVal(v)
	case constant.Bool:
		return constant.BoolVal(v)
	case constant.Int:
		n, _ := constant.Int64Val(v)
		return n
	}
	return nil
}

// filter returns the comparison that decides which rows are used, nil if other rows are used as well.
func (a *Analyser) filter(f *flow, fresh func() *flow) *analysis.Filter {
	tries := 0
	for _, r := range f.reads {
		for _, b := range f.branches(r) {
			if tries++; tries > 16 {
				return nil
			}
			rest := fresh()
			rest.free = func(block *ssa.BasicBlock) bool {
				return block != nil && block.Parent() == b.kept.Parent() && b.kept.Dominates(block)
			}
			rest.run()
			if rest.lost != "" || rest.overflow || len(rest.escapes)+len(rest.numbers)+len(rest.exists) > 0 {
				continue
			}
			if !slices.ContainsFunc(rest.reads, func(r read) bool { return r.instr != b.read.instr }) {
				return &b.filter
			}
		}
	}
	return nil
}
