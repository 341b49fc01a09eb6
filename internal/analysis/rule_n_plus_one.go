package analysis

import (
	"fmt"
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/record"
	"github.com/nplusgone/nplusgone/internal/rewrite"
)

// nPlusOneName is used by checks that cannot refer to nPlusOne, because nPlusOne refers to them.
const nPlusOneName = "n-plus-one"

// nPlusOne finds one SELECT for each row of an earlier result.
var nPlusOne = &Rule{Rule: finding.Rule{
	Name: nPlusOneName, Title: "one SELECT for each row of an earlier result", Since: "v0.1.0", Tips: []int{4, 5}, Max: finding.Proven,
	Doc: "A query returns rows, and for each of them another SELECT runs with a key from that row. The number of " +
		"statements grows with the data: a page of 50 posts runs 51 statements, where one or two are enough.",
	Cost: "Each statement is a round trip to the database, waits for a connection, and is executed by itself. On a network a " +
		"round trip takes half a millisecond or more, whatever it fetches.",
	Proof: "Proven: the arguments are the values of one column of an earlier result, in row order, and either the source shows " +
		"that this result flows into the call in the loop, or the values are UUIDs, ULIDs or numbers above 2^40, which no " +
		"other column has by chance. The names of columns prove nothing. Likely: the statements have one call stack and " +
		"different keys, or other compared values that the source shows to change with the turns of the loop. Suspect: the " +
		"statements take lists, or their keys could not be read.",
	Fix: "Load all children with one query: a JOIN, or WHERE key IN (…) with the keys of all rows, and match them in memory.",
	Quiet: "Lists of keys that are chunks of one longer list, pages of one result by OFFSET or by a range with LIMIT, statements " +
		"that a recursion or a loop along a chain of rows runs (recursive-query), catalog queries. Mitigations lower a finding.",
},
	check:   checkNPlusOne,
	message: func(f *finding.Finding) string { return perRowMessage(f, "queries") },
}

func checkNPlusOne(p *Pass) {
	for _, g := range p.repeated(fingerprint.Select) {
		if p.recurses(g) || p.followsChain(g) {
			continue
		}
		if h := selectPerRow(p, g); h != nil {
			p.report(h)
		}
	}
}

// selectPerRow returns the detection for a SELECT that ran several times; nil if its statements are not about different rows.
func selectPerRow(p *Pass, g *group) *detection {
	v := g.Varies()
	if !v.Key && !v.List && !v.Unknown && (!v.Other || v.Paging || g.Facts().Locking) || v.List && !v.Key && g.takesChunks() {
		return nil // equal statements, or pages or chunks of one result
	}
	r := p.repeat(g)
	m, candidates := p.findParent(g, r)
	unread := !v.Key && v.Unknown
	if m == nil && unread {
		m = p.unreadParent(g, r)
	}
	h := &detection{group: g, count: g.Count, repeat: r, perRow: true, match: m, level: finding.Suspect, fix: batchedSelect(g, p.rule, m)}
	if fix, ok := p.numberFix(g); ok {
		h.fix = fix
	} else if p.writesToo(g) {
		h.fix = finding.Fix{Text: "The data layer runs the query for a write of the same call. Write all rows with one call, and the query is needed once."}
	}
	switch {
	case m != nil && m.proven && (v.Key || unread && m.strength == byFlow) && (r.loop != nil || !r.source):
		h.level = finding.Proven
	case v.Key, p.comparesRows(g, r, m):
		h.level = finding.Likely
	}
	if r.rival != nil {
		h.level = min(h.level, finding.Likely)
	}
	if m != nil {
		h.parent = p.parentOf(m)
		h.evidence = append(h.evidence, m.evidence(g))
	} else if len(candidates) > 0 {
		h.parent = p.parentOf(candidates[0])
		for _, c := range candidates[1:] {
			h.parent.Candidates = append(h.parent.Candidates, c.parent.Parsed.Text)
		}
		h.evidence = append(h.evidence, finding.Evidence{From: "driver", Text: fmt.Sprintf("%d earlier queries returned the arguments in row order; it is not known which one is the parent", len(candidates))})
	}
	h.evidence = append(h.evidence, p.repeatEvidence(g, r)...)
	if unread && h.level < finding.Proven {
		h.evidence = append(h.evidence, p.unreadKeys())
	} else if m != nil || len(candidates) == 0 {
		h.evidence = append(h.evidence, strengthEvidence(h.level, m, v.Key))
	}
	return h
}

// numberFix returns the fix for rows of which the source uses only their number, or whether there are any: that by key, not the rows.
func (p *Pass) numberFix(g *group) (finding.Fix, bool) {
	if p.cfg.Source == nil || !g.readsAll() {
		return finding.Fix{}, false
	}
	u := p.use(g)
	if !u.Known || !u.Unread || len(u.Counts)+len(u.Exists) == 0 || !u.Gathered && g.Longest < 2 {
		return finding.Fix{}, false
	}
	text, by := "Only the number of rows is used. Count them with one query, by key. ", rewrite.CountByKey
	if len(u.Counts) == 0 {
		text, by = "The code only asks whether there are rows. Ask with one query, by key. ", rewrite.ExistsByKey
	}
	r, err := by(g.rewriteLoop())
	if err != nil {
		return finding.Fix{}, false
	}
	return finding.Fix{Text: strings.TrimSpace(text + r.Note), SQL: r.SQL()}, true
}

// comparesRows reports whether a value that g compares, but not as a key, differs between the statements and comes from the rows
// of the loop, as the parent or the source shows.
func (p *Pass) comparesRows(g *group, r repeat, m *parentMatch) bool {
	if !slices.ContainsFunc(g.Slots, func(sl record.Slot) bool {
		return !sl.Constant && !sl.Unknown && !sl.Many && g.Facts().Values[sl.Value].Role == fingerprint.RoleOther
	}) || g.Facts().Limit {
		return false
	}
	if m != nil && m.proven {
		return true
	}
	if p.cfg.Source == nil || r.loop == nil {
		return false
	}
	child := p.callStack(g.Key.Stack).frames
	return p.cfg.Source.Flows(child, child, *r.loop).Turns == FlowShown
}
