package analysis

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/frame"
	"github.com/nplusgone/nplusgone/internal/record"
)

// RecursiveQuery finds a function that calls itself and runs one SELECT per call.
var recursiveQuery = &Rule{Rule: finding.Rule{
	Name: "recursive-query", Title: "one SELECT for each node of a tree, by a function that calls itself", Since: "v0.1.0", Tips: []int{5}, Max: finding.Likely,
	Doc: "A function walks a tree by calling itself, and each call runs the same SELECT for the node at hand: its children, or " +
		"its parent. The number of statements is that of the nodes.",
	Cost: "Each node is a round trip, and they wait for one another: the next level is not known before the one above has come.",
	Proof: "Likely: one statement ran at several depths of a recursion, with call stacks that are equal but for the turns of it, and " +
		"most of its keys are values that a statement returned before.",
	Fix: "Let the database walk: one statement with a recursive CTE (WITH RECURSIVE), or one that loads the whole tree by its " +
		"root's key, and build the tree in memory.",
	Quiet: "Recursion that runs a statement at one depth only, handlers around handlers with a key each, retries that call themselves after an error, set-up code, catalog queries, and fewer " +
		"statements than the threshold. A recursion in a _test.go file gives a note.",
},
	check: func(p *Pass) {
		for _, r := range p.recursions() {
			p.report(r.hit(p))
		}
		for _, g := range p.repeated(fingerprint.Select) {
			if p.follows(g) {
				p.report(p.chain(g))
			}
		}
	},
	message: func(f *finding.Finding) string {
		return fmt.Sprintf("%d queries, one for each node of a tree; 1 would be enough", f.Count)
	},
}

// A recursion is the groups of one statement whose stacks are equal but for the depth of a recursion.
type recursion struct {
	groups []*group
	depths map[int]bool
}

// An unrolled stack is one without the turns of its recursions. The lines of calls do not count, because the first call may
// come from elsewhere than the others. Generated functions do not count as recursive: a generated data layer runs nested
// queries by one function.
type unrolled struct {
	path      string // the user's functions that are left
	depth     int    // how many were left out
	innermost int    // index of the innermost frame whose function is on the stack again further out; -1 for none
}

func (p *Pass) unroll(t *trace) *unrolled {
	if t.unrolled != nil {
		return t.unrolled
	}
	u := &unrolled{innermost: -1}
	var path []string
	for i, f := range slices.Backward(t.frames) {
		if !isUser(f) || p.cfg.Source != nil && p.cfg.Source.Generated(f.Function, f.File) {
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
	t.unrolled = u
	return u
}

// recursions returns the recursions of the scope, in the order of their first statements.
func (p *Pass) recursions() []*recursion {
	if p.recursed {
		return p.found
	}
	p.recursed = true
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
		t := p.trace(g.Key.Stack)
		u := p.unroll(t)
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
	p.found = slices.DeleteFunc(order, func(r *recursion) bool { return len(r.depths) < 2 || !r.keysVary() || !r.followsResults(p) })
	return p.found
}

// repeatsWithin reports whether a loop within one call of the recursive function repeats g: its statements are not about
// the nodes of the tree.
func (p *Pass) repeatsWithin(g *group, u *unrolled) bool {
	l := p.repeat(g).loop
	return l != nil && g.Count > 1 && (u.innermost < 0 || l.Frame <= u.innermost) && !p.callsRecursively(g, *l)
}

// callsRecursively reports whether l, the loop that repeats g, encloses the call by which a function goes on to itself.
func (p *Pass) callsRecursively(g *group, l Loop) bool {
	frames := p.trace(g.Key.Stack).frames
	return slices.ContainsFunc(frames[:min(l.Frame, len(frames))], func(f Frame) bool { return f.Function == frames[l.Frame].Function })
}

// recursiveShapes returns the SELECTs that some recursion runs.
func (p *Pass) recursiveShapes() map[uint64]bool {
	least, most := math.MaxInt, 0 // without the source: at one depth only, nothing recurs
	for _, g := range p.groups {
		depth := names.of(g.Key.Stack).depth
		least, most = min(least, depth), max(most, depth)
	}
	if least >= most {
		return nil
	}
	counts := make(map[uint64]int)
	for _, g := range p.groups {
		if g.Facts().Kind == fingerprint.Select {
			counts[g.Hash] += g.Count
		}
	}
	shapes := make(map[uint64]bool)
	for _, g := range p.groups {
		if counts[g.Hash] > 1 && !shapes[g.Hash] && p.unroll(p.trace(g.Key.Stack)).depth > 0 {
			shapes[g.Hash] = true
		}
	}
	return shapes
}

// follows reports whether a loop runs g along a chain of rows: each statement asks for one row by a key that the row before
// holds, and no earlier result holds the keys.
func (p *Pass) follows(g *group) bool {
	if !g.Chained() || g.Longest > 1 || !g.Varies().Key || p.recurses(g) {
		return false
	}
	r := p.repeat(g)
	if r.loop == nil || r.loop.Constant || r.loop.Library {
		return false
	}
	f, _ := p.feedOf(g, r)
	return f == nil || f.strength == byValue
}

// chain returns the hit for a chain of rows.
func (p *Pass) chain(g *group) *hit {
	h := &hit{group: g, level: finding.Likely, count: g.Count, repeat: p.repeat(g), fix: finding.Fix{Text: p.rule.Fix}}
	h.evidence = append(h.evidence, finding.Evidence{From: "driver", Text: "each query asks for the row whose key the row before holds"})
	h.evidence = append(h.evidence, p.stackEvidence(g, h.repeat)...)
	return h
}

// keysVary reports whether the statements were about different rows.
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

// followsResults reports whether most keys, from the second turn on, are values that a statement returned before: of the nodes
// that this one found, or of a tree that was read as a whole. Layers of one handler around another, each with a key of
// its own, are on the stack like a recursion; they walk through no data.
func (r *recursion) followsResults(p *Pass) bool {
	found, of := 0, 0
	for _, g := range r.groups[1:] {
		of++
		if p.returnedBefore(g, r.groups[0]) {
			found++
		}
	}
	return 2*found > of
}

// returnedBefore reports whether an earlier result holds the key of g's first statement, or a key of its lists: one that is not
// also the root's.
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

// recurses reports whether g is part of a recursion.
func (p *Pass) recurses(g *group) bool {
	return slices.ContainsFunc(p.recursions(), func(r *recursion) bool { return slices.Contains(r.groups, g) })
}

// hit makes one hit of all groups; the deepest stands for them.
func (r *recursion) hit(p *Pass) *hit {
	h := &hit{level: finding.Likely, fix: finding.Fix{Text: p.rule.Fix}, also: r.groups}
	deepest := 0
	for _, g := range r.groups {
		h.count += g.Count
		if t := p.trace(g.Key.Stack); len(t.frames) > deepest {
			deepest, h.group = len(t.frames), g
		}
	}
	t := p.trace(h.group.Key.Stack)
	at := again(t)
	h.repeat = repeat{loop: p.descends(t), source: true, times: h.count}
	if p.isTest(at) {
		h.note = noteTest
	}
	h.evidence = []finding.Evidence{
		{From: "stack", Text: fmt.Sprintf("%s calls itself: %d statements ran at %d depths of that, with call stacks that are equal otherwise", frame.Name(at.Function), h.count, len(r.depths))},
		{From: "driver", Text: "most of the keys are values that a statement returned before"},
	}
	return h
}

// descends returns the loop around the call by which the innermost recursive function goes on to itself; nil if there is none.
func (p *Pass) descends(t *trace) *Loop {
	from := p.unroll(t).innermost + 1
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

// again returns the frame where the innermost function of the user's that is on the stack twice goes on to call itself.
func again(t *trace) Frame {
	for i, f := range t.frames {
		if !frame.User(f.Function, f.File) {
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
