package analysis

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/frame"
	"github.com/nplusgone/nplusgone/internal/record"
)

// DuplicateQuery finds a SELECT that runs again although its answer is known.
var duplicateQuery = &Rule{Rule: finding.Rule{
	Name: "duplicate-query", Title: "the same SELECT with the same arguments and the same result, again", Since: "v0.1.0", Tips: []int{2, 3}, Max: finding.Proven,
	Doc: "One scope runs the same SELECT with the same arguments more than once, and gets the same rows each time: in a " +
		"loop, or in two places that do not know of each other.",
	Cost: "Every repeat costs what the first one did and tells nothing new.",
	Proof: "Proven: text, arguments and rows are equal, the statements ran in one transaction or in none, nothing wrote to " +
		"their tables in between, and they neither lock rows nor call a function that may answer differently.",
	Fix: "Load it once and hand it on: above the loop, in the request's context, or as a parameter.",
	Quiet: "Reading again after a write, other results, locking reads, now() and its like, polling loops, and repeats that " +
		"part in the test itself.",
},
	check: checkDuplicates,
}

func checkDuplicates(p *Pass) {
	for _, h := range mergeRuns(p) {
		p.report(h)
	}
}

// mergeRuns makes one hit of all runs of a statement that come from the same places: a loop that asks twice for each of
// ten people is one finding.
func mergeRuns(p *Pass) []*hit {
	runs := slices.Clone(p.frozen.Repeats)
	slices.SortFunc(runs, func(a, b record.Repeat) int { return cmp.Compare(a.Last, b.Last) })
	byGroup := make(map[*group]*hit)
	var hits []*hit
	for i := range runs {
		d := &runs[i]
		h := duplicate(p, d)
		if h == nil {
			continue
		}
		group := p.of(d.Sites[0].Group)
		if known, ok := byGroup[group]; ok {
			known.count += h.count
			known.stays++
			continue
		}
		byGroup[group] = h
		hits = append(hits, h)
	}
	return hits
}

func duplicate(p *Pass, d *record.Repeat) *hit {
	sites := slices.DeleteFunc(slices.Clone(d.Sites), func(s record.Site) bool {
		return p.covered(p.of(s.Group), nPlusOneName) || p.trace(s.Group.Key.Stack).setUp
	})
	if len(sites) == 0 {
		return nil
	}
	h := &hit{group: p.of(d.Sites[0].Group), level: finding.Proven, count: d.Count, stays: 1, fix: finding.Fix{Text: p.rule.Fix}}
	for i := range sites {
		if sites[i].Count < 2 {
			continue
		}
		g := p.of(sites[i].Group)
		if r := p.repeat(g); !r.harmless() && !p.polls(g, r) {
			h.group, h.repeat = g, r
			h.count = sites[i].Count
			h.evidence = append(h.evidence, sameResult(d), finding.Evidence{From: "stack", Text: fmt.Sprintf("%d ran with one call stack", sites[i].Count)})
			return h
		}
	}
	return p.acrossSites(h, d, sites)
}

// acrossSites completes a hit whose statements come from different places.
func (p *Pass) acrossSites(h *hit, d *record.Repeat, sites []record.Site) *hit {
	if len(sites) < 2 {
		return nil
	}
	first := p.trace(sites[0].Group.Key.Stack)
	var ways []string
	for _, s := range sites[1:] {
		t := p.trace(s.Group.Key.Stack)
		i, j, ok := p.part(first, t)
		if !ok || p.isTest(first.frames[i]) || p.locksBetween(first.frames[i], t.frames[j]) {
			continue
		}
		if h.sites == nil {
			h.sites = append(h.sites, p.place(first.frames[i]))
			ways = append(ways, p.way(first, i))
		}
		h.sites = append(h.sites, p.place(t.frames[j]))
		ways = append(ways, p.way(t, j))
	}
	if h.sites == nil {
		return nil
	}
	h.count = len(h.sites)
	h.repeat = repeat{source: true}
	h.evidence = append(h.evidence, sameResult(d))
	for _, way := range ways {
		h.evidence = append(h.evidence, finding.Evidence{From: "stack", Text: "it ran by way of " + way})
	}
	return h
}

// locksBetween reports whether the source takes a lock between two lines of one function: what was read before is read
// again on purpose.
func (p *Pass) locksBetween(a, b Frame) bool {
	if p.cfg.Source == nil || a.Function != b.Function || a.File != b.File {
		return false
	}
	for line := min(a.Line, b.Line) + 1; line < max(a.Line, b.Line) && line < min(a.Line, b.Line)+maxBetween; line++ {
		if text := p.cfg.Source.Line(a.File, line); strings.Contains(text, "Lock()") && !strings.Contains(text, "Unlock()") {
			return true
		}
	}
	return false
}

// maxBetween is how many lines are read in search of a lock.
const maxBetween = 100

// way describes how a statement was reached from frame i of its stack: the user's own calls, the outermost first.
func (p *Pass) way(t *trace, i int) string {
	var calls []string
	for ; i >= 0; i-- {
		if f := t.frames[i]; frame.User(f.Function, f.File) {
			calls = append(calls, fmt.Sprintf("%s:%d", frame.Relative(f.Function, f.File), f.Line))
		}
	}
	return strings.Join(calls, ", ")
}

func sameResult(d *record.Repeat) finding.Evidence {
	return finding.Evidence{From: "driver", Text: fmt.Sprintf("arguments and result (%s) were the same each time, and no statement in between named its tables to write to them", rowCount(d.Rows))}
}
