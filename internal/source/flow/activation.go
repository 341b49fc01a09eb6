package flow

import (
	"path/filepath"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/nplusgone/nplusgone/internal/analysis"
)

// An activation is one call of a function: of a frame of the two stacks, or of a function that is called on the way.
type activation struct {
	fn     *ssa.Function
	caller *activation         // nil at the outermost frame
	via    ssa.CallInstruction // the call in caller that led here
	direct bool                // via calls fn itself, with no library between
	home   *activation         // of the function that made this one, if it is a function literal; nil if not known yet
	depth  int                 // of calls that are on no stack
	inLoop bool                // called from within the loop
}

// A callStack has the activations of a stack.
type callStack struct {
	app    []bool               // whether a frame is of the application
	frames []*activation        // by frame, nil for frames of libraries and those that cannot be read
	calls  map[*activation]site // where each called the next inner frame
	inner  map[*activation]*activation
}

// callStack returns the activations of a stack. The frames from the index shared outwards are those of another stack.
func (a *Analyser) callStack(stack []analysis.Frame, other *callStack, shared int) *callStack {
	t := &callStack{app: make([]bool, len(stack)), frames: make([]*activation, len(stack)), calls: map[*activation]site{}, inner: map[*activation]*activation{}}
	outer := -1 // the next outer frame of the application
	for i := len(stack) - 1; i >= 0; i-- {
		if !readableFrame(stack[i]) {
			continue
		}
		t.app[i] = true
		s, ok := a.located(stack, i)
		if !ok {
			outer = -1
			continue
		}
		act := &activation{fn: s.fn}
		if other != nil && i >= len(stack)-shared && other.frames[i-len(stack)+len(other.frames)] != nil {
			act = other.frames[i-len(stack)+len(other.frames)]
		} else if outer >= 0 {
			act.caller, act.via, act.direct = t.frames[outer], t.calls[t.frames[outer]].call, outer == i+1
		}
		if outer == i+1 {
			t.inner[t.frames[outer]] = act
		}
		t.frames[i], t.calls[act] = act, s
		outer = i
	}
	return t
}

// complete reports whether the innermost frame of the application was located, and the call in it.
func (t *callStack) complete() bool {
	for i, act := range t.frames {
		if t.app[i] {
			return act != nil && t.calls[act].call != nil
		}
	}
	return false
}

// located returns the function of a frame and the call in it that led to the next inner frame. The call is nil if the
// frame's line has several calls.
func (a *Analyser) located(stack []analysis.Frame, i int) (site, bool) {
	if a.files.OnDisk(stack[i].Function, stack[i].File) == "" {
		return site{}, false
	}
	p := a.loader.with(a.dir(stack[i]), filepath.Base(stack[i].File))
	if p == nil || !p.files[filepath.Base(stack[i].File)] {
		return site{}, false
	}
	inner := ""
	if i > 0 {
		inner = stack[i-1].Function
	}
	return p.siteOf(stack[i], inner)
}

// A descent is a call from an activation, which distinguishes activations that are on no stack.
type descent struct {
	call ssa.CallInstruction
	from *activation
	fn   *ssa.Function
}

// A target is a function that may be called, with the activation of the function that made it if it is a literal.
type target struct {
	fn   *ssa.Function
	home *activation
}

// maxDescent bounds the calls that are followed from a frame of a stack into functions that are on none.
const maxDescent = 6

// descend returns the activation of a function that a call makes, nil if calls nest too deep.
func (r *reach) descend(to target, call ssa.CallInstruction, from *activation) *activation {
	fn := to.fn
	for _, t := range []*callStack{r.child, r.parent} {
		if in := t.inner[from]; in != nil && in.fn == fn && t.calls[from].call == call {
			return in
		}
	}
	if from.depth >= maxDescent {
		return nil
	}
	d := descent{call, from, fn}
	act, ok := r.interned[d]
	if !ok {
		act = &activation{fn: fn, caller: from, via: call, direct: true, home: to.home, depth: from.depth + 1, inLoop: from.inLoop || r.loopBlocks[call.Block()]}
		r.interned[d] = act
	}
	return act
}

// enclosing returns the activation of the function that made a function literal: where the value came from that was called
// or handed to a library, or a frame further out, or one of the other stack, or one of which no call is known.
func (r *reach) enclosing(fn *ssa.Function, inner *activation) *activation {
	if inner.home != nil {
		return inner.home
	}
	if inner.fn != nil && inner.fn.Parent() == fn {
		inner.home = r.findHome(fn, inner)
		return inner.home
	}
	return r.findActivation(fn, inner)
}

func (r *reach) findHome(fn *ssa.Function, inner *activation) *activation {
	inner.home = r.findActivation(fn, inner) // for a literal that calls itself
	if inner.via == nil || inner.home.caller != nil || inner.home.via != nil {
		return inner.home
	}
	values := inner.via.Common().Args
	if inner.direct {
		values = []ssa.Value{inner.via.Common().Value}
	}
	for _, v := range values {
		for _, t := range r.functions(v, inner.caller, 0) {
			if t.fn == inner.fn && t.home != nil {
				return t.home
			}
		}
	}
	return inner.home
}

// findActivation returns the activation of fn that is nearest to inner.
func (r *reach) findActivation(fn *ssa.Function, inner *activation) *activation {
	for act := inner.caller; act != nil; act = act.caller {
		if act.fn == fn {
			return act
		}
	}
	for _, t := range []*callStack{r.child, r.parent} {
		for _, act := range t.frames {
			if act != nil && act.fn == fn {
				return act
			}
		}
	}
	act, ok := r.synthetic[fn]
	if !ok {
		act = &activation{fn: fn}
		r.synthetic[fn] = act
	}
	return act
}

// enterLoop marks the activations of the stacks that were called from within the loop.
func (r *reach) enterLoop() {
	for _, t := range []*callStack{r.child, r.parent} {
		for i := len(t.frames) - 1; i >= 0; i-- {
			if act := t.frames[i]; act != nil && act.caller != nil {
				act.inLoop = act.caller.inLoop || act.via != nil && r.loopBlocks[act.via.Block()]
			}
		}
	}
}

// literal returns the activation of a function literal that is written in the function of outer.
func (r *reach) literal(fn *ssa.Function, outer *activation) *activation {
	for _, t := range []*callStack{r.child, r.parent} {
		for _, act := range t.frames {
			if act != nil && act.fn == fn && (r.enclosing(fn.Parent(), act) == outer) {
				return act
			}
		}
	}
	d := descent{nil, outer, fn}
	act, ok := r.interned[d]
	if !ok {
		act = &activation{fn: fn, caller: outer, home: outer, depth: outer.depth, inLoop: outer.inLoop}
		r.interned[d] = act
	}
	return act
}

// parentCalls reports whether a call, made by an activation, is the one that ran the parent's statement. If the lines
// of the stack have several calls, the result is unknown.
func (r *reach) parentCalls(call ssa.CallInstruction, at *activation) bool {
	its := r.parent.innermost()
	if its == nil || r.parent.calls[its].call != call {
		return false
	}
	// The calls that led there have to be those of the stack.
	for ; its != nil && at != nil && its != at; its, at = its.caller, at.caller {
		switch {
		case its.fn != at.fn:
			return false
		case its.via != nil && at.via != nil && its.via != at.via:
			return false
		case its.caller != nil && its.via == nil:
			r.unknown = true
			return false
		}
	}
	return true
}

// innermost returns the activation of the innermost frame of the application, nil if it was not located.
func (t *callStack) innermost() *activation {
	i := slices.Index(t.app, true)
	if i < 0 {
		return nil
	}
	return t.frames[i]
}
