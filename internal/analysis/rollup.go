package analysis

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone/finding"
)

// snippetLines is how many lines of source a snippet shows before and after what it is about.
const snippetLines = 2

// A bundle is the hits of one rule that one loop caused: one finding.
type bundle struct {
	rule *Rule
	hits []*hit
}

// rollUp makes findings of a pass's hits: what one loop causes is one finding. The threshold counts what is rolled up.
func rollUp(p *Pass) []finding.Finding {
	bundles := make(map[string]*bundle)
	var order []*bundle
	for _, h := range p.hits {
		key := strings.Join([]string{h.rule.Name, p.cause(h), h.note}, "\x00") // what is set aside is a finding of its own
		b, ok := bundles[key]
		if !ok {
			b = &bundle{rule: h.rule}
			bundles[key] = b
			order = append(order, b)
		}
		b.hits = append(b.hits, h)
	}
	ordinals := make(map[string]int)
	var findings []finding.Finding
	for _, b := range order {
		if !b.counts(p.cfg.Threshold) {
			continue
		}
		findings = append(findings, p.finding(b, ordinals))
	}
	return findings
}

// cause identifies what made a hit repeat: its loop, or its call site where no loop is known.
func (p *Pass) cause(h *hit) string {
	if h.about != "" {
		return h.about
	}
	if h.at != nil {
		return fmt.Sprintf("use %s:%d %x", h.at.File, h.at.Line, h.group.Key.ID)
	}
	if l := h.repeat.loop; l != nil {
		return fmt.Sprintf("loop %s:%d", l.File, l.Line)
	}
	site := p.trace(h.group.Key.Stack).site
	return fmt.Sprintf("site %s:%d %x", site.File, site.Line, h.group.Key.ID)
}

// counts reports whether enough statements ran: a proven hit is enough from 2 on, others need one fingerprint to reach
// the threshold, unless the rule has a measure of its own.
func (b *bundle) counts(threshold int) bool {
	if b.rule.once {
		return true
	}
	byShape := make(map[string]int)
	for _, h := range b.hits {
		if h.level == finding.Proven && h.count > 1 {
			return true
		}
		id := h.group.Key.ID.String()
		if byShape[id] += h.count; byShape[id] >= threshold {
			return true
		}
	}
	return false
}

func (p *Pass) finding(b *bundle, ordinals map[string]int) finding.Finding {
	slices.SortStableFunc(b.hits, func(x, y *hit) int {
		if x.level != y.level {
			return cmp.Compare(y.level, x.level)
		}
		return cmp.Compare(y.group.Took, x.group.Took)
	})
	lead := b.hits[0]
	t := p.trace(lead.group.Key.Stack)
	f := finding.Finding{
		Rule: b.rule.Name, Level: lead.level, Note: lead.note, Scope: p.frozen.Name, CallSite: lead.site(t),
		Parent: lead.parent, Evidence: lead.evidence, Mitigations: lead.mitigations, Fix: lead.fix,
	}
	if l := lead.repeat.loop; l != nil {
		place := l.Position
		f.Loop = &place
		f.Calls = p.calls(t, l.Frame)
		f.Snippet = p.cfg.Source.Snippet(t.frames, *l, snippetLines)
	}
	f.Stack = stackOf(t)
	for _, h := range b.hits {
		f.Count += h.count
		if h.perRow {
			f.Turns = max(f.Turns, h.repeat.turns)
		}
		if !b.rule.once {
			f.Saved += h.count - max(h.stays, 1)
		}
		member := p.identity(h, f.Position().Function, ordinals)
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
	f.Identity = f.Members[0]
	if len(f.Members) > 1 {
		f.Identity = digest(f.Members...)
	}
	f.Message = b.rule.Title
	if b.rule.message != nil {
		f.Message = b.rule.message(&f)
	}
	return f
}

// stat sums up count of a group's statements, which are a member of a finding.
func (p *Pass) stat(g *group, count int, member string) finding.StatementStat {
	return finding.StatementStat{
		Fingerprint: g.Key.ID.String(), Text: g.Parsed.Text, Count: count,
		Milliseconds: g.Took.Seconds() * 1e3 * float64(count) / float64(g.Count),
		Rows:         g.Rows * count / g.Count, CallSite: p.trace(g.Key.Stack).site, Member: member,
	}
}

// site returns where a hit without a loop is reported: where the last of its statements parted from the others, or at the
// call of database/sql.
func (h *hit) site(t *trace) finding.Position {
	if h.at != nil {
		return *h.at
	}
	if len(h.sites) > 0 {
		return h.sites[len(h.sites)-1]
	}
	return t.site
}

// addStatement adds s, or adds it up with the same statement from the same place, reached by another way.
func addStatement(stats []finding.StatementStat, s finding.StatementStat) []finding.StatementStat {
	for i := range stats {
		if known := &stats[i]; known.Fingerprint == s.Fingerprint && known.CallSite == s.CallSite {
			known.Count += s.Count
			known.Milliseconds += s.Milliseconds
			known.Rows += s.Rows
			return stats
		}
	}
	return append(stats, s)
}

// identity names one member of a finding: by rule, named function and fingerprint, never by a line. Several of them in
// one function are told apart by their order in it.
func (p *Pass) identity(h *hit, function string, ordinals map[string]int) string {
	base := digest(h.rule.Name, function, h.group.Key.ID.String())
	if h.about != "" {
		base = digest(h.rule.Name, h.about, h.group.Key.DB.Dialect.String())
	}
	key := base + p.cause(h)
	n, ok := ordinals[key]
	if !ok {
		n = ordinals[base]
		ordinals[base]++
		ordinals[key] = n
	}
	if n == 0 {
		return base
	}
	return digest(base, fmt.Sprint(n))
}

func digest(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:8])
}

// calls returns the user's calls from a frame of a stack down to its statement, the outermost first.
func (p *Pass) calls(t *trace, from int) (calls []finding.Position) {
	for i := min(from, len(t.frames)-1); i >= max(t.user, 0); i-- {
		if isUser(t.frames[i]) {
			calls = append(calls, p.place(t.frames[i]))
		}
	}
	return calls
}

// perRow says how many statements ran for how many rows, and how many would be enough. plural names the statements.
func perRow(f *finding.Finding, plural string) string {
	enough := len(f.Statements)
	if each := f.Count / max(f.Turns, 1); f.Turns > 0 && f.Count != f.Turns {
		if f.Count%f.Turns == 0 {
			return fmt.Sprintf("%d %s, %d for each of %d rows; %d would be enough", f.Count, plural, each, f.Turns, enough)
		}
		return fmt.Sprintf("%d %s in %d turns of a loop; %d would be enough", f.Count, plural, f.Turns, enough)
	}
	return fmt.Sprintf("%d %s, one per row; %d would be enough", f.Count, plural, enough)
}
