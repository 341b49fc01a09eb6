package analysis

import (
	"slices"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/record"
	"github.com/nplusgone/nplusgone/internal/stack"
)

// A Config says how scopes are analysed.
type Config struct {
	Threshold  int     // number of executions from which on a finding that is not proven is reported
	Rules      []*Rule // rules whose findings are reported
	Source     Source  // nil if the source is not available
	Exceptions []finding.Exception
}

// A Pass is the analysis of one scope. It is used by one goroutine, once.
type Pass struct {
	frozen     *record.Frozen
	groups     []*group // of the scope, in the order of their first statements
	cfg        *Config
	rule       *Rule        // whose check runs
	detections []*detection // what the rules have found so far

	index index

	// Caches.
	callStacks     map[stack.ID]*callStack
	loops          map[*group]repeat
	uses           map[*group]RowUse
	recursionsOnce bool
	recursionsOf   []*recursion // valid if recursionsOnce is set
}

// NewPass returns a pass over a scope that has ended. Both arguments are read only.
func NewPass(frozen *record.Frozen, cfg *Config) *Pass {
	p := &Pass{frozen: frozen, cfg: cfg, groups: make([]*group, len(frozen.Groups))}
	groups := make([]group, len(frozen.Groups))
	for i, g := range frozen.Groups {
		groups[i] = group{g}
		p.groups[i] = &groups[i]
	}
	return p
}

// Findings runs the rules over the scope and returns what they find.
func (p *Pass) Findings() []finding.Finding {
	if len(p.groups) == 0 {
		return nil
	}
	for _, r := range ordered() {
		if r.ownMinimum && !slices.Contains(p.cfg.Rules, r) || r.needsSource && p.cfg.Source == nil {
			continue // the check takes time, and no other rule depends on it
		}
		p.rule = r
		r.check(p) // also if the rule is off: what it claims is not reported by another rule
	}
	p.detections = slices.DeleteFunc(p.detections, func(h *detection) bool { return !slices.Contains(p.cfg.Rules, h.rule) })
	for _, h := range p.detections {
		p.applyExceptions(h)
	}
	return rollUp(p)
}

// A detection is what a rule found about one group, before the detections of one loop become one finding.
type detection struct {
	rule     *Rule
	group    *group
	also     []*group // all groups that the detection is about, if these are several; group is one of them
	level    finding.Level
	says     string // the message, if it is not that of the rule
	subject  string // what the detection is about, if that is neither a loop nor a position in the code
	note     string // why it never fails a check; empty if it may
	count    int    // statements that the detection is about
	needed   int    // how many of them remain when the problem is fixed; 0 means 1
	repeat   repeat
	parent   *finding.Parent
	evidence []finding.Evidence
	fix      finding.Fix

	perRow      bool         // a statement runs once for each row; most mitigations apply only to such detections
	match       *parentMatch // where the arguments come from; nil if it is not known
	mitigations []finding.Mitigation

	repeated  *record.Repeat     // the repeated statement of a duplicate
	generated bool               // the call sites of a duplicate part in generated code, with no other code below
	parts     []Frame            // of a duplicate with several call sites: the frames where the stacks part
	at        *finding.Position  // where it is reported, if that is not the call site
	sites     []finding.Position // positions of parts
}

// report adds a detection of the current rule.
func (p *Pass) report(h *detection) {
	h.rule = p.rule
	if h.note == "" {
		p.mitigate(h)
	}
	p.detections = append(p.detections, h)
	p.index.addDetection(h)
}

// reportNote adds a detection of a rule whose findings are notes: a fact that never fails a check.
func (p *Pass) reportNote(h *detection, evidence ...finding.Evidence) {
	h.level, h.note, h.evidence, h.fix = finding.Proven, p.rule.Note, append(h.evidence, evidence...), finding.Fix{Text: p.rule.Fix}
	p.report(h)
}

// claimed reports whether a rule that the current one requires has a detection about g that is at least likely and no note.
func (p *Pass) claimed(g *group) bool {
	return slices.ContainsFunc(p.index.detections[g], func(h *detection) bool {
		return h.level >= finding.Likely && h.note == "" && p.rule.sees(h.rule)
	})
}

// covered reports whether rule has a detection about g that is at least likely, and is a note at most because a test repeats it.
func (p *Pass) covered(g *group, rule *Rule) bool {
	return slices.ContainsFunc(p.index.detections[g], func(h *detection) bool {
		return h.rule == rule && h.level >= finding.Likely && (h.note == "" || h.mitigated("test-loop"))
	})
}

// repeated returns the groups of the given kind with more than one statement, in the order of their first statements.
func (p *Pass) repeated(kind fingerprint.Kind) []*group {
	var out []*group
	for _, g := range p.groups {
		if g.Facts().Effect() == kind && g.Count > 1 {
			out = append(out, g)
		}
	}
	return out
}
