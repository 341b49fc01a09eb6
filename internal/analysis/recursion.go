package analysis

import (
	"math"
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/record"
)

// A recursion is the groups of one statement whose stacks differ only in the depth of a recursion.
type recursion struct {
	groups []*group
	depths map[int]bool
}

// An unrolled stack is a stack without the turns of its recursions. The lines of calls are left out, because the first call
// may come from another line than the others. Generated functions do not count as recursive: generated data layers run nested
// queries through one function.
type unrolled struct {
	path      string // the remaining application functions
	depth     int    // number of turns that were removed
	innermost int    // index of the innermost frame whose function is also further out on the stack; -1 if there is none
}

// unroll returns a stack without the turns of its recursions. The source is nil if it is not available.
func unroll(frames []Frame, source Source) *unrolled {
	u := &unrolled{innermost: -1}
	var path []string
	for i, f := range slices.Backward(frames) {
		if !isUser(f) || source != nil && source.Generated(f.Function, f.File) {
			continue
		}
		if at := slices.Index(path, f.Function); at >= 0 {
			path = path[:at]
			u.depth++
			u.innermost = i
		}
		path = append(path, f.Function)
	}
	u.path = strings.Join(path, "\n")
	return u
}

// recurses reports whether g is part of a recursion.
func (p *Pass) recurses(g *group) bool {
	return slices.ContainsFunc(p.recursions(), func(r *recursion) bool { return slices.Contains(r.groups, g) })
}

// recursions returns the recursions of the scope, in the order of their first statements.
func (p *Pass) recursions() []*recursion {
	if !p.recursionsOnce {
		p.recursionsOnce = true
		p.recursionsOf = p.findRecursions()
	}
	return p.recursionsOf
}

func (p *Pass) findRecursions() []*recursion {
	shapes := p.recursiveShapes()
	if len(shapes) == 0 {
		return nil
	}
	type key struct {
		hash uint64 // of fingerprint and database
		path string
		line int // of the statement
	}
	byKey := make(map[key]*recursion)
	var order []*recursion
	for _, g := range p.groups {
		t := p.callStack(g.Key.Stack)
		u := t.unrolled()
		if !shapes[g.Hash] || p.repeatsWithin(g, u) {
			continue
		}
		k := key{g.Hash, u.path, t.site.Line}
		r, ok := byKey[k]
		if !ok {
			r = &recursion{depths: make(map[int]bool)}
			byKey[k] = r
			order = append(order, r)
		}
		r.groups = append(r.groups, g)
		r.depths[u.depth] = true
	}
	return slices.DeleteFunc(order, func(r *recursion) bool { return len(r.depths) < 2 || !r.keysVary() || !r.followsResults(p) })
}

// recursiveShapes returns the SELECTs that some recursion runs, by the hash of fingerprint and database.
func (p *Pass) recursiveShapes() map[uint64]bool {
	least, most := math.MaxInt, 0 // a check that needs no source: if all stacks have one depth, there is no recursion
	for _, g := range p.groups {
		depth := symbolised.get(g.Key.Stack).depth
		least, most = min(least, depth), max(most, depth)
	}
	if least >= most {
		return nil
	}
	counts := make(map[uint64]int)
	for _, g := range p.groups {
		if g.Facts().Effect() == fingerprint.Select {
			counts[g.Hash] += g.Count
		}
	}
	shapes := make(map[uint64]bool)
	for _, g := range p.groups {
		if counts[g.Hash] > 1 && !shapes[g.Hash] && p.callStack(g.Key.Stack).unrolled().depth > 0 {
			shapes[g.Hash] = true
		}
	}
	return shapes
}

// repeatsWithin reports whether a loop within one call of the recursive function repeats g, so that its statements are not one
// for each node.
func (p *Pass) repeatsWithin(g *group, u *unrolled) bool {
	l := p.repeat(g).loop
	return l != nil && g.Count > 1 && (u.innermost < 0 || l.Frame <= u.innermost) && !p.enclosesRecursiveCall(g, *l)
}

// enclosesRecursiveCall reports whether l, the loop that repeats g, encloses the call by which a function calls itself.
func (p *Pass) enclosesRecursiveCall(g *group, l Loop) bool {
	frames := p.callStack(g.Key.Stack).frames
	return slices.ContainsFunc(frames[:min(l.Frame, len(frames))], func(f Frame) bool { return f.Function == frames[l.Frame].Function })
}

// keysVary reports whether the statements are about different rows.
func (r *recursion) keysVary() bool {
	first := r.groups[0]
	for _, g := range r.groups {
		for i := range g.Slots {
			if g.Facts().Values[g.Slots[i].Value].Role != fingerprint.RoleKey {
				continue
			}
			if !g.Slots[i].Constant || g.Slots[i].First != first.Slots[i].First {
				return true
			}
		}
	}
	return false
}

// followsResults reports whether most keys after the first are values that an earlier statement returned: this one, or one
// that read the tree. Nested handlers, each with a key of its own, have stacks like a recursion, but follow no data.
func (r *recursion) followsResults(p *Pass) bool {
	found, total := 0, 0
	for _, g := range r.groups[1:] {
		total++
		if p.returnedBefore(g, r.groups[0]) {
			found++
		}
	}
	return 2*found > total
}

// followsChain reports whether a loop runs g along a chain of rows: each statement looks up one row by a key that the row before
// has, and no earlier result has the keys.
func (p *Pass) followsChain(g *group) bool {
	if !g.Chained() || g.Longest > 1 || !g.Varies().Key || p.recurses(g) {
		return false
	}
	r := p.repeat(g)
	if r.loop == nil || r.loop.Constant || r.loop.Library {
		return false
	}
	m, _ := p.findParent(g, r)
	return m == nil || m.strength == byValue
}

// returnedBefore reports whether an earlier result has the key of g's first statement, or a key of its lists: one that the root
// does not have.
func (p *Pass) returnedBefore(g, root *group) bool {
	for i := range g.Slots {
		sl := &g.Slots[i]
		if g.Facts().Values[sl.Value].Role != fingerprint.RoleKey {
			continue
		}
		keys := []record.Mark{record.MarkOf(sl.First)}
		if sl.Lists != nil {
			keys = sl.Lists.Kept()
		} else if sl.First == root.Slots[i].First {
			continue
		}
		for _, key := range keys {
			if key != 0 && slices.ContainsFunc(p.groups, func(o *group) bool {
				return o != g && o.First <= g.First && o.Results.Holds(key)
			}) {
				return true
			}
		}
	}
	return false
}

// recursionLoop returns the loop around the call by which the innermost recursive function calls itself; nil if there is none.
func (p *Pass) recursionLoop(t *callStack) *Loop {
	from := t.unrolled().innermost + 1
	if p.cfg.Source == nil || from == 0 || from >= len(t.frames) {
		return nil
	}
	inner := t.frames[from-1].Function
	loops, _ := p.loopsAround(t.frames[from:])
	for _, l := range loops {
		l.Frame += from
		if !l.Library && !l.Returns {
			return &l
		}
		if t.frames[min(l.Frame, len(t.frames)-1)].Function == inner {
			break
		}
	}
	return nil
}

// recursiveCall returns the frame in which the innermost recursive function of the application calls itself.
func recursiveCall(t *callStack) Frame {
	for i, f := range t.frames {
		if !isUser(f) {
			continue
		}
		for _, outer := range t.frames[i+1:] {
			if outer.Function == f.Function {
				return outer
			}
		}
	}
	return t.frames[t.user]
}
