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
	},
}

// A recursion is the groups of one statement whose stacks are equal but for turns of a recursion.
type recursion struct {
	groups []*group
	depths map[int]bool
}

// recursions returns the recursions of the scope, in the order of their first statements.
func (p *Pass) recursions() []*recursion {
	if p.recursed {
		return p.walks
	}
	p.recursed = true
	shapes := p.recursiveShapes()
	if len(shapes) == 0 {
		return nil
	}
	type way struct {
		hash  uint64 // of fingerprint and database
		stack string
		line  int // of the statement
	}
	byWay := make(map[way]*recursion)
	var order []*recursion
	for _, g := range p.groups {
		if !shapes[g.Hash] {
			continue
		}
		named := names.of(g.Key.Stack)
		key := way{g.Hash, named.way, p.trace(g.Key.Stack).site.Line}
		r, ok := byWay[key]
		if !ok {
			r = &recursion{depths: make(map[int]bool)}
			byWay[key] = r
			order = append(order, r)
		}
		r.groups = append(r.groups, g)
		r.depths[named.turns] = true
	}
	p.walks = slices.DeleteFunc(order, func(r *recursion) bool { return len(r.depths) < 2 || !r.keysVary() || !r.walks(p) })
	return p.walks
}

// recursiveShapes returns the SELECTs that some recursion runs. Only one that repeats is worth the names of its frames.
func (p *Pass) recursiveShapes() map[uint64]bool {
	least, most := math.MaxInt, 0 // turns: at one depth only, nothing recurs
	for _, g := range p.groups {
		turns := names.of(g.Key.Stack).turns
		least, most = min(least, turns), max(most, turns)
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
		if t := counts[g.Hash]; t > 1 && !shapes[g.Hash] {
			if t := p.trace(g.Key.Stack); t.again && !t.setUp {
				shapes[g.Hash] = true
			}
		}
	}
	return shapes
}

// unwound describes a stack without the turns of its recursions, and says how many it left out. The lines of calls do not
// count, because the first turn may come from elsewhere than the others.
func (n *namedStack) unwound() (stack string, turns int) {
	var way []string
	for i := len(n.frames) - 1; i >= 0; i-- {
		if !n.user[i] {
			continue
		}
		if at := slices.Index(way, n.frames[i].Function); at >= 0 {
			way = way[:at+1]
			turns++
			continue
		}
		way = append(way, n.frames[i].Function)
	}
	return strings.Join(way, "\n"), turns
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

// walks reports whether most keys, from the second turn on, are values that a statement returned before: of the nodes
// that this one found, or of a tree that was read as a whole. Layers of one handler around another, each with a key of
// its own, are on the stack like a recursion; they walk through no data.
func (r *recursion) walks(p *Pass) bool {
	found, of := 0, 0
	for _, g := range r.groups[1:] {
		of++
		if p.returnedBefore(g, r.groups[0]) {
			found++
		}
	}
	return 2*found > of
}

// returnedBefore reports whether an earlier result holds the key of g's first statement, one that is not also the root's.
func (p *Pass) returnedBefore(g, root *group) bool {
	for i := range g.Slots {
		sl := &g.Slots[i]
		if g.Facts().Values[sl.Value].Role != fingerprint.RoleKey || record.MarkOf(sl.First) == 0 || sl.First == root.Slots[i].First {
			continue
		}
		for _, o := range p.groups {
			if o == g || o.First > g.First {
				continue
			}
			if o.Results.Holds(record.MarkOf(sl.First)) {
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
	at := again(p.trace(h.group.Key.Stack))
	h.repeat = repeat{source: true}
	h.sites = []finding.Position{p.place(at)}
	if p.isTest(at) {
		h.note = noteTest
	}
	h.evidence = []finding.Evidence{
		{From: "stack", Text: fmt.Sprintf("%s calls itself: %d statements ran at %d depths of that, with call stacks that are equal otherwise", frame.Name(at.Function), h.count, len(r.depths))},
		{From: "driver", Text: "most of the keys are values that a statement returned before"},
	}
	return h
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
