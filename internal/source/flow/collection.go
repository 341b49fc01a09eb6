package flow

import (
	"go/token"

	"golang.org/x/tools/go/ssa"

	"github.com/nplusgone/nplusgone/internal/analysis"
)

// Collection implements analysis.Source. It follows the collection of the inner loop backwards as Flows follows arguments.
func (a *Analyser) Collection(stack []analysis.Frame, inner, outer analysis.Loop) (result analysis.FlowResult) {
	if inner.Helper != "" || inner.Frame < 0 || inner.Frame >= len(stack) || outer.Frame < inner.Frame || outer.Frame >= len(stack) {
		return analysis.FlowUnknown
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	defer func() {
		if recover() != nil { // the tests of the application must not fail because of an error here
			result = analysis.FlowUnknown
		}
	}()
	newReach := func() *reach {
		return &reach{flow: flow{loader: a.loader, files: a.files}, seen: map[step]bool{}, synthetic: map[*ssa.Function]*activation{}, interned: map[descent]*activation{}}
	}
	in := newReach()
	if !a.prepare(in, stack, stack, inner) || in.loopFn == nil {
		return analysis.FlowUnknown
	}
	collection := ranged(in.loopBlocks, in.loopHead)
	out := newReach()
	if collection == nil || !a.prepare(out, stack, stack, outer) || out.child.frames[inner.Frame] == nil || out.child.frames[inner.Frame].fn != in.loopFn {
		return analysis.FlowUnknown
	}
	out.want(step{v: collection, path: anything, at: out.child.frames[inner.Frame]})
	out.follow()
	switch {
	case out.varies || out.shown:
		return analysis.FlowShown
	case out.unknown || out.overflow:
		return analysis.FlowUnknown
	}
	return analysis.FlowExcluded
}

// ranged returns the slice, array or map that a loop goes over, whose blocks and head are given; nil if it goes over nothing
// that was made before it began.
func ranged(blocks map[*ssa.BasicBlock]bool, head *ssa.BasicBlock) ssa.Value {
	outside := func(v ssa.Value) bool {
		in, ok := v.(ssa.Instruction)
		return !ok || !blocks[in.Block()]
	}
	for b := range blocks {
		for _, in := range b.Instrs {
			switch in := in.(type) {
			case *ssa.IndexAddr:
				if outside(in.X) && stepsOn(in.Index, head) {
					return in.X
				}
			case *ssa.Index:
				if outside(in.X) && stepsOn(in.Index, head) {
					return in.X
				}
			case *ssa.Next:
				if r, ok := in.Iter.(*ssa.Range); ok && outside(r) {
					return r.X
				}
			}
		}
	}
	return nil
}

// stepsOn reports whether an index is the counter of the loop with that head: a phi of the head, or one more than it.
func stepsOn(index ssa.Value, head *ssa.BasicBlock) bool {
	if sum, ok := index.(*ssa.BinOp); ok && sum.Op == token.ADD {
		index = sum.X
	}
	phi, ok := index.(*ssa.Phi)
	return ok && phi.Block() == head
}
