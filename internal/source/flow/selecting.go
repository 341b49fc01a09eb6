package flow

import (
	"golang.org/x/tools/go/ssa"

	"github.com/nplusgone/nplusgone/internal/layers"
)

// selectionOf returns what the called function of a library does with a collection.
func selectionOf(call ssa.CallInstruction) layers.Selection {
	fn := call.Common().StaticCallee()
	if fn == nil || fn.Signature.Recv() != nil {
		return 0
	}
	path, name := declaredAs(fn)
	return layers.SelectionOf(path, name)
}

// selects follows a collection into a function of a library that selects or orders its elements. It returns false if the call is
// of no such function.
func (f *flow) selects(v ssa.Value, l label, call ssa.CallInstruction) bool {
	does := selectionOf(call)
	args := call.Common().Args
	if does == 0 || l.kind != many || l.of == nil || len(args) != 2 || args[0] != v {
		return false
	}
	c := callbacks{flow: f, seen: map[value]bool{}}
	if !c.add(value{args[1], whole}) {
		return false
	}
	f.selectors[call] = c.bodies
	element := elementType(v.Type())
	for _, body := range c.bodies {
		f.entered(body, call)
		for _, p := range body.Params {
			if element != nil && sameType(p.Type(), element) { // an index is none
				f.mark(p, *l.of)
			}
		}
	}
	result := call.Value()
	if result == nil || result == f.dropped {
		return true
	}
	switch does {
	case layers.Drops, layers.Keeps:
		l.part = true
		f.mark(result, l)
	case layers.Picks:
		f.mark(result, *l.of)
	}
	return true
}
