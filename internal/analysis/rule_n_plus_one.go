package analysis

import (
	"fmt"
	"slices"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/record"
)

// nPlusOneName is also how other rules ask whether a group is taken.
const nPlusOneName = "n-plus-one"

// NPlusOne finds one SELECT per row of an earlier result.
var nPlusOne = &Rule{Rule: finding.Rule{
	Name: nPlusOneName, Title: "one SELECT for each row of an earlier result", Since: "v0.1.0", Tips: []int{4, 5}, Max: finding.Proven,
	Doc: "A result is read, and for each of its rows another SELECT runs with a key from that row. The number of " +
		"statements grows with the data: one page of 50 posts costs 51 statements, where one or two would do.",
	Cost: "Each statement is a round trip to the database, a place in its queue, and a plan to run. On a network a round " +
		"trip takes half a millisecond or more, whatever it fetches.",
	Proof: "Proven: the arguments are the values of one column of an earlier result, in row order, and the source (or, " +
		"without it, the column's name) shows that they come from there. Likely: one statement with distinct arguments, " +
		"all from one call stack, in a loop.",
	Fix: "Load all children with one statement: a JOIN, or WHERE key IN (…) with the keys of all rows, and match them in memory.",
	Quiet: "Lists of keys (chunks), paging by OFFSET or by key, loops that run a fixed number of times, that wait, or that end with the answer they look for, " +
		"get-or-create, set-up code, catalog queries. For each message that comes, and where a cache is asked first, it is only suspect. A loop in a _test.go file gives a note.",
},
	check:   checkNPlusOne,
	message: func(f *finding.Finding) string { return perRow(f, "queries") },
}

func checkNPlusOne(p *Pass) {
	for _, g := range p.repeated(fingerprint.Select) {
		if p.recurses(g) || p.follows(g) {
			continue
		}
		if h := selectPerRow(p, g); h != nil {
			p.report(h)
		}
	}
}

func selectPerRow(p *Pass, g *group) *hit {
	v := g.Varies()
	if !v.Key && !v.List && !v.Unknown && (!v.Other || v.Paging || g.Facts().Locking) || v.List && !v.Key && g.chunks() {
		return nil // nothing differs, or pages or chunks of one result
	}
	r := p.repeat(g)
	f, candidates := p.feedOf(g, r)
	h := &hit{group: g, count: g.Count, repeat: r, perRow: true, match: f, level: finding.Suspect}
	switch {
	case f != nil && f.proven && v.Key && (r.loop != nil || !r.source):
		h.level = finding.Proven
	case v.Key, p.comparesRows(g, r, f): // another value counts if the source shows that it changes with the rows
		h.level = finding.Likely
	}
	if f != nil {
		h.parent = p.parent(f)
		h.evidence = append(h.evidence, f.evidence(g))
	} else if len(candidates) > 0 {
		h.parent = p.parent(candidates[0])
		for _, c := range candidates[1:] {
			h.parent.Candidates = append(h.parent.Candidates, c.parent.Parsed.Text)
		}
		h.evidence = append(h.evidence, finding.Evidence{From: "driver", Text: fmt.Sprintf("%d earlier results hold the arguments in row order; none can be named for sure", len(candidates))})
	}
	h.evidence = append(h.evidence, p.stackEvidence(g, r)...)
	if !v.Key && v.Unknown {
		h.evidence = append(h.evidence, p.unreadKeys())
	} else if f != nil || len(candidates) == 0 {
		h.evidence = append(h.evidence, p.missing(h.level, f))
	}
	h.fix = batchedSelect(g, p.rule, f)
	return h
}

// comparesRows reports whether a value that g compares, though not as a key, differs and comes from the turns of its loop, as the
// source shows.
func (p *Pass) comparesRows(g *group, r repeat, f *parentMatch) bool {
	if !slices.ContainsFunc(g.Slots, func(sl record.Slot) bool {
		return !sl.Constant && !sl.Unknown && !sl.Many && g.Facts().Values[sl.Value].Role == fingerprint.RoleOther
	}) || g.Facts().Limit {
		return false
	}
	if f != nil && f.proven {
		return true
	}
	if p.cfg.Source == nil || r.loop == nil {
		return false
	}
	child := p.trace(g.Key.Stack).frames
	return p.cfg.Source.Flows(child, child, *r.loop).Turns == FlowShown
}

// fansOutOf reports whether g ran more than once for each time that parent did, or parent is itself one of many.
func (p *Pass) fansOutOf(parent, g *group) bool {
	return g.Count >= 2*parent.Fetched() || p.claimed(parent)
}

// parent describes where arguments came from, and where that parent's came from, if it is one of many itself.
func (p *Pass) parent(f *parentMatch) *finding.Parent {
	parent := &finding.Parent{
		Text: f.parent.Parsed.Text, CallSite: p.trace(f.parent.Key.Stack).site, Rows: f.parent.Rows, Columns: f.columns,
	}
	for _, h := range p.hits {
		if h.group == f.parent && h.rule.Name == nPlusOneName && h.parent != nil {
			parent.Parent = h.parent
		}
	}
	return parent
}

func (f *parentMatch) evidence(g *group) finding.Evidence {
	text := fmt.Sprintf("%d of %d arguments are %s of the earlier result, in row order", f.matched, g.Count, list(f.columns))
	if f.skipped > 0 {
		text += fmt.Sprintf("; %s passed over", rowCount(f.skipped))
	}
	return finding.Evidence{From: "driver", Text: text}
}

// stackEvidence says what the call stacks and the source tell of the repeats.
func (p *Pass) stackEvidence(g *group, r repeat) []finding.Evidence {
	out := []finding.Evidence{{From: "stack", Text: fmt.Sprintf("all %d ran with one call stack, %d of them with distinct arguments", g.Count, g.Arguments.Count())}}
	if g.Arguments.Count() == record.MaxDistinct {
		out[0].Text = fmt.Sprintf("all %d ran with one call stack, %d or more of them with distinct arguments", g.Count, record.MaxDistinct)
	}
	if r.loop != nil {
		text := "the loop encloses the call"
		if r.loop.Helper != "" {
			text = fmt.Sprintf("the loop is inside %s, which calls back", r.loop.Helper)
		}
		out = append(out, finding.Evidence{From: "source", Text: text})
	}
	return out
}

// missing says, for a level below proven, what the finding lacks; for a proven one, what settles it.
func (p *Pass) missing(l finding.Level, f *parentMatch) finding.Evidence {
	switch {
	case l == finding.Proven && f.strength == byFlow:
		return finding.Evidence{From: "source", Text: f.reason}
	case l == finding.Proven:
		return finding.Evidence{From: "driver", Text: f.reason}
	case f == nil:
		return finding.Evidence{From: "driver", Against: true, Text: "not proven: no earlier result of this scope is known to hold the arguments"}
	case f.byName:
		return finding.Evidence{From: "sql", Against: true, Text: "not proven: several earlier results hold the arguments, and only the column's name speaks for this one"}
	case f.reason == "":
		return finding.Evidence{From: "driver", Against: true, Text: "not proven: the values are so common that another source could have given them too"}
	default:
		return finding.Evidence{From: "source", Against: true, Text: "not proven: " + f.reason + ", but the source does not show that its result reaches the loop"}
	}
}
