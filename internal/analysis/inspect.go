package analysis

import (
	"slices"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/record"
	"github.com/nplusgone/nplusgone/internal/stack"
)

// Findings runs the rules over a scope that has ended.
func (p *Pass) Findings() []finding.Finding {
	if len(p.groups) == 0 {
		return nil
	}
	for _, r := range inOrder(AllRules) {
		if r.once && !slices.Contains(p.cfg.Rules, r) || r.asks && p.cfg.Source == nil {
			continue // to ask the source takes time
		}
		p.rule = r
		r.check(p) // also when it is off: what one rule claims is not another's
	}
	p.hits = slices.DeleteFunc(p.hits, func(h *hit) bool { return !slices.Contains(p.cfg.Rules, h.rule) })
	for _, h := range p.hits {
		p.setAside(h)
	}
	return rollUp(p)
}

// A pass is what a rule's check sees: the groups and runs of one scope, and what the source says of them.
type Pass struct {
	frozen   *record.Frozen
	groups   []*group // of the scope, in the order of their first statements
	cfg      *Config
	rule     *Rule
	hits     []*hit
	traces   map[stack.ID]*trace
	loops    map[*group]repeat
	found    []*recursion
	recursed bool // found is known
	uses     map[*group]RowUse
}

// A hit is what a rule found about one group, before hits of one loop are rolled up.
type hit struct {
	rule     *Rule
	group    *group
	also     []*group // further groups that the hit is about, for one that spans several; group is among them
	level    finding.Level
	about    string // what the hit is about, where that is neither a loop nor a place in the code
	note     string // why it never gates; that of the repeat counts otherwise
	count    int    // statements of the group that the hit is about
	stays    int    // how many of them would have to run all the same; 0 means 1
	repeat   repeat
	parent   *finding.Parent
	evidence []finding.Evidence
	fix      finding.Fix

	perRow      bool         // it says that a statement runs once for each row, so that the table of mitigations applies
	match       *parentMatch // where the arguments come from; nil when it is not known
	mitigations []finding.Mitigation

	repeated *record.Repeat     // what a duplicate is about
	parts    []Frame            // where its ways part
	at       *finding.Position  // where the source decides the matter, away from the statement; nil for there
	sites    []finding.Position // where the statements of a hit that spans several call sites part
}

func (p *Pass) report(h *hit) {
	h.rule = p.rule
	if h.note == "" {
		p.mitigate(h)
	}
	p.hits = append(p.hits, h)
}

// claimed reports whether a hit of a rule that the current one sees is about g, is more than a suspicion, and is no note.
func (p *Pass) claimed(g *group) bool {
	return slices.ContainsFunc(p.hits, func(h *hit) bool {
		return h.isAbout(g) && h.level >= finding.Likely && h.note == "" && p.rule.sees(h.rule)
	})
}

// covered reports whether rule has a hit about g that is more than a suspicion, and no note but that a test repeats it.
func (p *Pass) covered(g *group, rule *Rule) bool {
	return slices.ContainsFunc(p.hits, func(h *hit) bool {
		return h.rule == rule && h.isAbout(g) && h.level >= finding.Likely && (h.note == "" || h.mitigated("test-loop"))
	})
}

// isAbout reports whether the hit is about g.
func (h *hit) isAbout(g *group) bool { return h.group == g || slices.Contains(h.also, g) }

// repeated returns the groups of the given kind that ran more than once, in the order of their first statement.
func (p *Pass) repeated(kind fingerprint.Kind) []*group {
	var out []*group
	for _, g := range p.groups {
		if g.Facts().Kind == kind && g.Count > 1 {
			out = append(out, g)
		}
	}
	return out
}

// line returns the text of the source line at f, when it is at hand.
func (p *Pass) line(f Frame) string {
	if p.cfg.Source == nil {
		return ""
	}
	return p.cfg.Source.Line(f.File, f.Line)
}
