package analysis

import (
	"fmt"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/frame"
)

// recursiveQuery finds functions that call themselves and run one SELECT in each call, and loops along a chain of rows.
var recursiveQuery = &Rule{Rule: finding.Rule{
	Name: "recursive-query", Title: "one SELECT for each node of a tree or of a chain of rows", Since: "v0.1.0", Tips: []int{5}, Max: finding.Likely,
	Doc: "A function walks a tree by calling itself, and each call runs the same SELECT for its node: for the children, or for " +
		"the parent. Or a loop walks along a chain of rows, each of which has the key of the next. The number of statements is " +
		"the number of nodes.",
	Cost: "Each node is a round trip, and the round trips cannot overlap: the keys of one level are the result of the level above.",
	Proof: "Likely, never more: one statement ran at several depths of a recursion, with call stacks that differ only in depth, and " +
		"most of its keys are values that an earlier statement returned; or a loop ran one statement, for one row at a time, with a " +
		"key that the row before has.",
	Fix: "Read the tree with one query: a recursive CTE (WITH RECURSIVE), or a query for all nodes by the root's key, and build the " +
		"tree in memory.",
	Quiet: "A recursion that runs the statement at one depth only, statements that a loop within one call repeats, nested handlers and " +
		"retries whose keys do not come from earlier results, recursive functions of generated code, fewer statements than the " +
		"threshold. Mitigations lower a finding.",
},
	check: func(p *Pass) {
		for _, r := range p.recursions() {
			p.report(r.detection(p))
		}
		for _, g := range p.repeated(fingerprint.Select) {
			if p.followsChain(g) {
				p.report(p.chainDetection(g))
			}
		}
	},
	message: func(f *finding.Finding) string {
		return fmt.Sprintf("%d queries, one for each node of a tree; 1 would be enough", f.Count)
	},
}

// detection returns one detection for all groups of r. The group with the deepest stack gives it its position.
func (r *recursion) detection(p *Pass) *detection {
	h := &detection{level: finding.Likely, fix: finding.Fix{Text: p.rule.Fix}, also: r.groups}
	most := 0
	for _, g := range r.groups {
		h.count += g.Count
		if t := p.callStack(g.Key.Stack); len(t.frames) > most {
			most, h.group = len(t.frames), g
		}
	}
	t := p.callStack(h.group.Key.Stack)
	call := recursiveCall(t)
	h.repeat = repeat{loop: p.recursionLoop(t), source: true, times: h.count}
	if p.isTest(call) {
		h.note = noteTest
	}
	h.evidence = []finding.Evidence{
		{From: "stack", Text: fmt.Sprintf("%s calls itself: %d queries ran at %d depths, with call stacks that differ only in depth", frame.Name(call.Function), h.count, len(r.depths))},
		{From: "driver", Text: "most of the keys are values that an earlier query returned"},
	}
	return h
}

// chainDetection returns the detection for a loop that runs g along a chain of rows.
func (p *Pass) chainDetection(g *group) *detection {
	h := &detection{group: g, level: finding.Likely, count: g.Count, repeat: p.repeat(g), fix: finding.Fix{Text: p.rule.Fix}}
	h.evidence = append(h.evidence, finding.Evidence{From: "driver", Text: "the key of each query is in the row that the query before returned"})
	h.evidence = append(h.evidence, p.repeatEvidence(g, h.repeat)...)
	return h
}
