package analysis

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/fingerprint"
)

// A bundle is the detections of one rule with one cause: one finding.
type bundle struct {
	rule       *Rule
	detections []*detection
}

// rollUp makes findings of a pass's detections, in the order of the first detection of each.
func rollUp(p *Pass) []finding.Finding {
	bundles := make(map[string]*bundle)
	var order []*bundle
	for _, h := range p.detections {
		key := strings.Join([]string{h.rule.Name, p.cause(h), h.note}, "\x00") // notes are findings of their own
		b, ok := bundles[key]
		if !ok {
			b = &bundle{rule: h.rule}
			bundles[key] = b
			order = append(order, b)
		}
		b.detections = append(b.detections, h)
	}
	var ids identifier
	var findings []finding.Finding
	for _, b := range order {
		if b.reaches(p.cfg.Threshold) {
			findings = append(findings, p.finding(b, &ids))
		}
	}
	return findings
}

// reaches reports whether enough statements ran: 2 for a proven detection, otherwise as many of one fingerprint as the threshold.
// Rules with a minimum of their own have applied it.
func (b *bundle) reaches(threshold int) bool {
	if b.rule.ownMinimum {
		return true
	}
	counts := make(map[fingerprint.ID]int)
	for _, h := range b.detections {
		if h.level == finding.Proven && h.count > 1 {
			return true
		}
		id := h.group.Key.ID
		if counts[id] += h.count; counts[id] >= threshold {
			return true
		}
	}
	return false
}

// finding makes the finding of a bundle. The detection with the highest level, and of those the slowest, gives it its texts.
func (p *Pass) finding(b *bundle, ids *identifier) finding.Finding {
	slices.SortStableFunc(b.detections, func(x, y *detection) int {
		return cmp.Or(cmp.Compare(y.level, x.level), cmp.Compare(y.group.Took, x.group.Took))
	})
	main := b.detections[0]
	t := p.callStack(main.group.Key.Stack)
	f := finding.Finding{
		Rule: b.rule.Name, Level: main.level, Note: main.note, Scope: p.frozen.Name, CallSite: main.position(t), Stack: t.calls(),
		Parent: main.parent, Evidence: main.evidence, Mitigations: main.mitigations, Fix: main.fix,
	}
	if l := main.repeat.loop; l != nil {
		position := l.Position
		f.Loop = &position
		f.Calls = p.userCalls(t, l.Frame)
		if main.repeat.measured {
			f.LoopFrom = finding.Measured
		}
		f.Snippet = p.cfg.Source.Snippet(t.frames, *l, snippetLines)
	}
	f.Turns = p.turnsOfAll(b.detections)
	for _, h := range b.detections {
		f.Count += h.count
		if !b.rule.ownMinimum {
			f.Saved += h.count - max(h.needed, 1)
		}
		member := ids.of(h, f.Position().Function, p.cause(h))
		if h.also == nil {
			f.Statements = addStatement(f.Statements, p.stat(h.group, h.count, member))
		}
		for _, g := range h.also {
			f.Statements = addStatement(f.Statements, p.stat(g, g.Count, member))
		}
		f.Members = append(f.Members, member)
	}
	slices.SortStableFunc(f.Statements, func(x, y finding.StatementStat) int { return cmp.Compare(y.Milliseconds, x.Milliseconds) })
	slices.Sort(f.Members)
	f.Members = slices.Compact(f.Members)
	f.Identity = identityOf(f.Members)
	f.Message = b.rule.Title
	if b.rule.message != nil {
		f.Message = b.rule.message(&f)
	}
	f.Message = cmp.Or(main.says, f.Message)
	return f
}

// turnsOfAll returns the number of turns that the loop of detections with one statement for each row made. Statements below
// one call of the loop's function share its turns; each other call made turns of its own.
func (p *Pass) turnsOfAll(detections []*detection) (sum int) {
	turns := make(map[string]int) // by the calls that led to the loop's function
	for _, h := range detections {
		if !h.perRow {
			continue
		}
		called := ""
		if l := h.repeat.loop; l != nil {
			called = fmt.Sprint(p.callStack(h.group.Key.Stack).frames[l.Frame+1:])
		}
		turns[called] = max(turns[called], h.repeat.turns)
	}
	for _, n := range turns {
		sum += n
	}
	return sum
}

// stat returns the statistics of count of a group's statements, which are a member of a finding.
func (p *Pass) stat(g *group, count int, member string) finding.StatementStat {
	return finding.StatementStat{
		Fingerprint: g.Key.ID.String(), Text: g.Parsed.Text, Count: count,
		Milliseconds: g.Took.Seconds() * 1e3 * float64(count) / float64(g.Count),
		Rows:         g.Rows * count / g.Count, CallSite: p.callStack(g.Key.Stack).site, Member: member,
	}
}

// position returns where a detection without a loop is reported. t is the stack of its group.
func (h *detection) position(t *callStack) finding.Position {
	if h.at != nil {
		return *h.at
	}
	if len(h.sites) > 0 {
		return h.sites[len(h.sites)-1]
	}
	return t.site
}

// addStatement adds s to stats, or to the entry for the same statement from the same call site.
func addStatement(stats []finding.StatementStat, s finding.StatementStat) []finding.StatementStat {
	for i := range stats {
		if same := &stats[i]; same.Fingerprint == s.Fingerprint && same.CallSite == s.CallSite {
			same.Count += s.Count
			same.Milliseconds += s.Milliseconds
			same.Rows += s.Rows
			return stats
		}
	}
	return append(stats, s)
}

// perRowMessage is the message of a finding about one statement for each row: how many ran, for how many rows, and how many
// would be enough. statements is their plural.
func perRowMessage(f *finding.Finding, statements string) string {
	if f.Saved == 0 {
		return fmt.Sprintf("%d %s, one per row", f.Count, statements) // their order counts: no number of statements is known to be enough
	}
	enough := len(f.Statements)
	if each := f.Count / max(f.Turns, 1); f.Turns > 0 && f.Count != f.Turns {
		if f.Count%f.Turns == 0 {
			return fmt.Sprintf("%d %s, %d for each of %d rows; %d would be enough", f.Count, statements, each, f.Turns, enough)
		}
		return fmt.Sprintf("%d %s in %d turns of a loop; %d would be enough", f.Count, statements, f.Turns, enough)
	}
	return fmt.Sprintf("%d %s, one per row; %d would be enough", f.Count, statements, enough)
}

// plural returns the plural of what statements of a kind are called in messages.
func plural(k fingerprint.Kind) string {
	switch k {
	case fingerprint.Insert:
		return "inserts"
	case fingerprint.Update:
		return "updates"
	case fingerprint.Delete:
		return "deletes"
	}
	return "queries"
}

// rowCount returns a number of rows as text.
func rowCount(n int) string {
	if n == 1 {
		return "1 row"
	}
	return fmt.Sprintf("%d rows", n)
}
