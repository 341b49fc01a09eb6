package flow

import (
	"cmp"
	"go/token"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/nplusgone/nplusgone/internal/analysis"
	"github.com/nplusgone/nplusgone/internal/layers"
)

// A selection decides which rows are used: a branch, or a call of a library that gets a condition as a function.
type selection struct {
	reads  []read                 // of the condition
	within map[*ssa.Function]bool // functions that are only called for the condition
	free   func(*ssa.BasicBlock) bool
	result ssa.Value // the rows that a library's call keeps, nil for a branch
	filter analysis.Filter
}

// decides reports whether a read is part of the condition.
func (s *selection) decides(f *flow, r read) bool {
	return r.instr != nil && (slices.ContainsFunc(s.reads, func(o read) bool { return o.instr == r.instr }) || conditional(r) && f.only(r.instr.Parent(), s.within, 0))
}

// conditional reports whether a read only compares, looks up or returns a value: a function that also does something else
// with a row is not only a condition.
func conditional(r read) bool {
	switch in := r.instr.(type) {
	case *ssa.BinOp, *ssa.If, *ssa.Lookup, *ssa.Return:
		return r.as == readCond || r.as == readOther
	case ssa.CallInstruction:
		fn := in.Common().StaticCallee()
		if fn == nil {
			return false
		}
		path, name := declaredAs(fn)
		return layers.Condition(path, name) || layers.Comparison(path, name)
	}
	return false
}

// only reports whether a function is one of some functions, or called by them only.
func (f *flow) only(fn *ssa.Function, within map[*ssa.Function]bool, depth int) bool {
	if within[fn] {
		return true
	}
	calls := f.callers(fn)
	return depth < 8 && len(calls) > 0 && !slices.ContainsFunc(calls, func(call ssa.CallInstruction) bool { return !f.only(call.Parent(), within, depth+1) })
}

// filter returns the condition that decides which rows are used, nil if other rows are used as well.
func (a *Analyser) filter(f *flow, fresh func() *flow) *analysis.Filter {
	for i, s := range f.selections() {
		if i == maxSelections {
			return nil
		}
		rest := fresh()
		rest.free, rest.dropped = s.free, s.result
		rest.run()
		if rest.lost != "" || rest.overflow || len(rest.escapes)+len(rest.numbers)+len(rest.exists) > 0 {
			continue
		}
		if !slices.ContainsFunc(rest.reads, func(r read) bool { return !s.decides(rest, r) }) {
			return &s.filter
		}
	}
	return nil
}

// selections returns what may decide which rows are used.
func (f *flow) selections() (found []selection) {
	for _, test := range f.tests() {
		found = append(found, f.branches(test)...)
	}
	for call, bodies := range f.selectors {
		s := selection{within: map[*ssa.Function]bool{}, result: call.Value()}
		for _, body := range bodies {
			s.within[body] = true
		}
		for _, r := range f.reads {
			if r.instr != nil && f.only(r.instr.Parent(), s.within, 0) {
				s.reads = append(s.reads, r)
			}
		}
		if s.result == nil || len(s.reads) == 0 || selectionOf(call) == layers.Orders {
			continue
		}
		s.filter = analysis.Filter{Column: f.first(s.reads[0].cols), Position: f.position(event{call.Pos(), call.Parent()})}
		if op, operand, literal, ok := f.comparison(s.reads[0]); ok && len(s.reads) == 1 && returns(s.reads[0].instr) {
			if selectionOf(call) == layers.Drops {
				op = negated[op]
			}
			s.filter.Op, s.filter.Operand, s.filter.Literal = op, operand, literal
		}
		found = append(found, s)
	}
	slices.SortFunc(found, func(a, b selection) int {
		return cmp.Or(cmp.Compare(len(a.reads), len(b.reads)), cmp.Compare(a.filter.Position.File, b.filter.Position.File), cmp.Compare(a.filter.Position.Line, b.filter.Position.Line))
	})
	return found
}

// returns reports whether the function of a condition returns its result, and does nothing else.
func returns(cond ssa.Instruction) bool {
	v, ok := cond.(ssa.Value)
	if !ok || len(cond.Parent().Blocks) != 1 {
		return false
	}
	refs := realReferrers(v)
	if len(refs) != 1 {
		return false
	}
	_, ok = refs[0].(*ssa.Return)
	return ok
}

// A test is a branch that values of columns decide.
type test struct {
	at     *ssa.If
	reads  []read
	within map[*ssa.Function]bool // functions that return the condition
}

// tests returns the branches that only values of columns decide, with other values of the program.
func (f *flow) tests() (all []*test) {
	byIf := map[*ssa.If]*test{}
	for _, r := range f.reads {
		if r.instr == nil || r.as != readCond && r.as != readOther {
			continue
		}
		if !f.steady(r) {
			continue
		}
		t := test{within: map[*ssa.Function]bool{}}
		ends := map[*ssa.If]bool{}
		if branch, ok := r.instr.(*ssa.If); ok {
			ends[branch] = true
		} else if v, ok := r.instr.(ssa.Value); !ok || !f.leads(v, &t, ends, 0) {
			continue
		}
		for end := range ends {
			if byIf[end] == nil {
				byIf[end] = &test{at: end, within: map[*ssa.Function]bool{}}
				all = append(all, byIf[end])
			}
			byIf[end].reads = append(byIf[end].reads, r)
			for fn := range t.within {
				byIf[end].within[fn] = true
			}
		}
	}
	slices.SortFunc(all, func(a, b *test) int { return cmp.Compare(a.at.Cond.Pos(), b.at.Cond.Pos()) })
	return all
}

// steady reports whether SQL has a condition like that of a read, and its other operands are the same for each row: they are no
// values of rows, and the loop over the rows does not change them.
func (f *flow) steady(r read) bool {
	if strings.Contains(r.expr, opaque) || strings.Contains(r.expr, "?") {
		return false // it is computed as SQL cannot, or from another value of the program
	}
	around := innermost(r.instr.Block())
	same := func(v ssa.Value) bool { return len(f.labels[v]) == 0 && fixed(v, around) }
	switch in := r.instr.(type) {
	case *ssa.If:
		return true
	case *ssa.BinOp:
		return r.other != nil && same(r.other)
	case *ssa.Lookup:
		return f.unchanged(in.X)
	case ssa.CallInstruction:
		if fn := in.Common().StaticCallee(); fn == nil || !layers.Condition(declaredAs(fn)) {
			return false
		}
		return !slices.ContainsFunc(in.Common().Args, func(v ssa.Value) bool { return !f.labelledAt(v, r.cols) && !same(v) })
	}
	return false
}

// labelledAt reports whether v holds a value of these columns.
func (f *flow) labelledAt(v ssa.Value, cols columns) bool {
	for _, l := range f.labels[v] {
		if l.kind == cell && l.cols&cols != 0 {
			return true
		}
	}
	return false
}

// unchanged reports whether a map holds no values of rows, and nothing in its function, or in the one that a literal is written in,
// changes it in a loop.
func (f *flow) unchanged(m ssa.Value) bool {
	if len(f.labels[m]) > 0 {
		return false
	}
	if free, ok := m.(*ssa.FreeVar); ok {
		ok := true
		f.bindings(free, func(b ssa.Value) { ok = f.unchanged(b) })
		return ok
	}
	if load, ok := m.(*ssa.UnOp); ok {
		if !f.unchanged(load.X) {
			return false
		}
	}
	for _, ref := range referrersOf(m) {
		switch ref := ref.(type) {
		case *ssa.MapUpdate:
			if ref.Map == m && len(f.labels[ref.Key]) > 0 {
				return false
			}
		case *ssa.UnOp:
			for _, use := range referrersOf(ref) {
				if update, ok := use.(*ssa.MapUpdate); ok && update.Map == ref && len(f.labels[update.Key]) > 0 {
					return false
				}
			}
		}
	}
	return true
}

// leads follows a condition to the branches that it decides. It returns false if it has another use.
func (f *flow) leads(v ssa.Value, t *test, ends map[*ssa.If]bool, depth int) bool {
	if depth > 8 {
		return false
	}
	for _, ref := range realReferrers(v) {
		switch ref := ref.(type) {
		case *ssa.If:
			ends[ref] = true
		case *ssa.UnOp:
			if ref.Op != token.NOT || !f.leads(ref, t, ends, depth+1) {
				return false
			}
		case *ssa.BinOp: // strings.Index(s, x) >= 0
			if !compares(ref.Op) || !f.leads(ref, t, ends, depth+1) {
				return false
			}
		case *ssa.Extract, *ssa.Phi:
			if !f.leads(ref.(ssa.Value), t, ends, depth+1) {
				return false
			}
		case *ssa.Return:
			calls := f.callers(ref.Parent())
			if len(calls) == 0 || len(ref.Results) != 1 {
				return false
			}
			t.within[ref.Parent()] = true
			for _, call := range calls {
				if call.Value() == nil || !f.leads(call.Value(), t, ends, depth+1) {
					return false
				}
			}
		default:
			return false
		}
	}
	return true
}

// branches returns the selections of a branch: one that keeps the rows for which its condition holds, one for the others.
func (f *flow) branches(t *test) (found []selection) {
	b := t.at.Block()
	around := innermost(b)
	if b.Succs[0] == b.Succs[1] || around == nil && !f.forEach(b.Parent()) || around != nil && (nested(around) || f.again(b.Parent(), map[*ssa.Function]bool{})) {
		return nil
	}
	pos := t.at.Cond.Pos()
	op, operand, literal, ok := "", "", any(nil), false
	if len(t.reads) == 1 && len(t.within) == 0 {
		op, operand, literal, ok = f.comparison(t.reads[0])
		pos = t.reads[0].instr.Pos()
		if branch, ok := t.reads[0].instr.(*ssa.If); ok {
			pos = branch.Cond.Pos()
		}
		if ok && inverted(t.at.Cond, t.reads[0].instr) {
			op = negated[op]
		}
	} else if len(t.reads) == 1 && returns(t.reads[0].instr) {
		if op, operand, literal, ok = f.comparison(t.reads[0]); ok && inverted(t.at.Cond, nil) {
			op = negated[op]
		}
	}
	for i, kept := range b.Succs {
		dropped := b.Succs[1-i]
		if len(kept.Preds) != 1 {
			continue
		}
		if around == nil && !leaves(dropped) || around != nil && (!around.blocks[dropped] || !idle(dropped, b)) {
			continue // the first row that is kept may end the loop
		}
		s := selection{reads: t.reads, within: t.within, free: func(block *ssa.BasicBlock) bool {
			return block != nil && block.Parent() == kept.Parent() && kept.Dominates(block)
		}}
		s.filter = analysis.Filter{Column: f.first(t.reads[0].cols), Position: f.position(event{pos, b.Parent()})}
		if ok {
			s.filter.Op, s.filter.Operand, s.filter.Literal = op, operand, literal
			if i == 1 {
				s.filter.Op = negated[op]
			}
		}
		found = append(found, s)
	}
	return found
}

// inverted reports whether a branch is on the opposite of a comparison. The comparison of a boolean column is with TRUE, and has
// its own negation.
func inverted(cond ssa.Value, comparison ssa.Instruction) bool {
	not, ok := cond.(*ssa.UnOp)
	if _, branch := comparison.(*ssa.If); branch {
		return false
	}
	return ok && not.Op == token.NOT
}

// again reports whether the rows reach a function more than once: another call may use the rows that one call drops, for
// example to match two results.
func (f *flow) again(fn *ssa.Function, seen map[*ssa.Function]bool) bool {
	calls := f.returns[fn]
	if seen[fn] || len(calls) > 1 || f.open[fn] {
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

// forEach reports whether a function is one that the only loop over the rows calls with each of them.
func (f *flow) forEach(fn *ssa.Function) bool {
	calls := f.callers(fn)
	if len(calls) != 1 {
		return false
	}
	around := innermost(calls[0].Block())
	return around != nil && !nested(around) && !f.again(calls[0].Parent(), map[*ssa.Function]bool{})
}

// leaves reports whether a block only ends its function, without an error.
func leaves(b *ssa.BasicBlock) bool {
	if len(b.Preds) != 1 {
		return false
	}
	for _, in := range b.Instrs {
		switch in := in.(type) {
		case *ssa.DebugRef:
		case *ssa.Return:
			return !slices.ContainsFunc(in.Results, func(v ssa.Value) bool { return !isError(v.Type()) || !isNil(v) })
		default:
			return false
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
