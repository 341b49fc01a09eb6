package flow

import (
	"go/token"

	"golang.org/x/tools/go/ssa"
)

// merge goes on where several values meet. A value that meets the variable that it is compared with is picked.
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

// flowsTo reports whether phi becomes acc in the next turn of a loop, by way of other meetings only.
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

// accumulates reports whether a value, computed from other and something else, becomes other in the next turn of a loop:
// other is a variable that takes in one row after another.
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
	case *ssa.UnOp:
		if acc.Op != token.MUL || innermost(acc.Block()) == nil {
			return false
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

func realReferrers(v ssa.Value) []ssa.Instruction {
	var refs []ssa.Instruction
	for _, ref := range *v.Referrers() {
		if _, debug := ref.(*ssa.DebugRef); !debug {
			refs = append(refs, ref)
		}
	}
	return refs
}

// sameAddress reports whether two addresses are surely one.
func sameAddress(a, b ssa.Value) bool {
	if a == b {
		return true
	}
	switch a := a.(type) {
	case *ssa.FieldAddr:
		b, ok := b.(*ssa.FieldAddr)
		return ok && a.Field == b.Field && sameAddress(a.X, b.X)
	case *ssa.UnOp:
		b, ok := b.(*ssa.UnOp)
		return ok && a.Op == token.MUL && b.Op == token.MUL && sameAddress(a.X, b.X)
	}
	return false
}
