package flow

import (
	"go/constant"
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// A loop is a natural loop of the flow graph.
type loop struct {
	head   *ssa.BasicBlock
	blocks map[*ssa.BasicBlock]bool
	latch  []*ssa.BasicBlock // from which it goes round
}

// innermost returns the innermost loop around b, nil when there is none.
func innermost(b *ssa.BasicBlock) *loop {
	for head := b; head != nil; head = head.Idom() {
		if l := loopOf(head); l != nil && l.blocks[b] {
			return l
		}
	}
	return nil
}

// loopOf returns the loop that head begins.
func loopOf(head *ssa.BasicBlock) *loop {
	l := &loop{head: head, blocks: map[*ssa.BasicBlock]bool{head: true}}
	for _, p := range head.Preds {
		if head.Dominates(p) {
			l.latch = append(l.latch, p)
		}
	}
	if len(l.latch) == 0 {
		return nil
	}
	queue := slices.Clone(l.latch)
	for len(queue) > 0 {
		b := queue[len(queue)-1]
		queue = queue[:len(queue)-1]
		if !l.blocks[b] {
			l.blocks[b] = true
			queue = append(queue, b.Preds...)
		}
	}
	return l
}

// always reports whether each turn of the loop around b, if it goes round, passes b.
func always(b *ssa.BasicBlock) bool {
	l := innermost(b)
	if l == nil {
		return true
	}
	return !slices.ContainsFunc(l.latch, func(p *ssa.BasicBlock) bool { return !b.Dominates(p) })
}

// counts reports whether each turn of l adds one to a variable, and where.
func (l *loop) counts() (token.Pos, bool) {
	for b := range l.blocks {
		for _, in := range b.Instrs {
			op, ok := in.(*ssa.BinOp)
			if !ok || op.Op != token.ADD || !always(b) || innermost(b).head != l.head {
				continue
			}
			if c, ok := op.Y.(*ssa.Const); ok && c.Value != nil && c.Value.Kind() == constant.Int && constant.Compare(c.Value, token.EQL, constant.MakeInt64(1)) && accumulates(op, op.X) {
				return op.Pos(), true
			}
		}
	}
	return token.NoPos, false
}
