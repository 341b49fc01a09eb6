package flow

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// sent follows a value into a channel, which holds it like a collection.
func (f *flow) sent(v, x, channel ssa.Value, l label) {
	if x == v {
		f.gathered = true
		f.holds(channel, label{kind: many, of: &l, part: true})
	}
}

// received follows what is received from a channel.
func (f *flow) received(to *ssa.UnOp, l label) {
	if l.kind != many || l.of == nil {
		f.escape(to.X.Type(), l)
		return
	}
	of := *l.of
	of.part = of.kind == many
	f.mark(to, of)
}

// selected follows a value that a select statement sends, or a channel that it receives from.
func (f *flow) selected(v ssa.Value, l label, sel *ssa.Select) {
	at := 2 // the results: the chosen case, whether a value was received, and the values
	for _, s := range sel.States {
		if s.Dir == types.SendOnly {
			if s.Send == v {
				f.sent(v, s.Send, s.Chan, l)
			}
			continue
		}
		if s.Chan == v && l.kind == many && l.of != nil {
			of := *l.of
			of.part = of.kind == many
			for _, ref := range realReferrers(sel) {
				if e, ok := ref.(*ssa.Extract); ok && e.Index == at {
					f.mark(e, of)
				}
			}
		} else if s.Chan == v {
			f.escape(v.Type(), l)
		}
		at++
	}
}

func isChannel(t types.Type) bool {
	_, ok := t.Underlying().(*types.Chan)
	return ok
}
