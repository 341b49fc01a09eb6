package detector

import (
	"cmp"
	"slices"
	"time"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/analysis"
	"github.com/nplusgone/nplusgone/internal/record"
)

// What a detector remembers over all scopes at most.
const (
	maxFindings    = 10_000
	maxScopeNames  = 1_000
	maxShapes      = 256 // statements told apart in the profile of one scope name
	topStatements  = 3
	maxUnreadTypes = 32 // types of arguments that could not be read, for each scope name
)

// A profiler sums up scopes by name.
type profiler struct{ byName map[string]*named }

type named struct {
	finding.ScopeProfile
	took   time.Duration
	shapes map[fingerprint.ID]*shape
}

type shape struct {
	finding.StatementStat
	took   time.Duration
	most   int // in one scope
	latest int // which of the scopes had it last
	count  int // in that one
}

func (p *profiler) add(s *record.Frozen, cfg *config) {
	n, ok := p.byName[s.Name]
	if !ok {
		if p.byName == nil {
			p.byName = make(map[string]*named)
		}
		if len(p.byName) >= maxScopeNames {
			return
		}
		n = &named{ScopeProfile: finding.ScopeProfile{Name: s.Name}, shapes: make(map[fingerprint.ID]*shape)}
		p.byName[s.Name] = n
	}
	n.Scopes++
	n.Statements += s.Stats.Statements
	n.Errors += s.Stats.Errors
	n.Rows += s.Stats.Rows
	n.took += s.Stats.Took
	n.Shed = cmp.Or(n.Shed, s.Stats.Shed)
	for _, name := range s.Unread {
		if at, known := slices.BinarySearch(n.UnreadTypes, name); !known && len(n.UnreadTypes) < maxUnreadTypes {
			n.UnreadTypes = slices.Insert(n.UnreadTypes, at, name)
		}
	}
	for _, g := range s.Groups {
		sh, ok := n.shapes[g.Key.ID]
		if !ok {
			if len(n.shapes) >= maxShapes {
				continue
			}
			sh = &shape{StatementStat: finding.StatementStat{Fingerprint: g.Key.ID.String(), Text: g.Parsed.Text}}
			sh.CallSite = analysis.CallSite(g.Key.Stack, cfg.Source)
			n.shapes[g.Key.ID] = sh
		}
		sh.Count += g.Count
		sh.Rows += g.Rows
		sh.took += g.Took
		if sh.latest != n.Scopes {
			sh.latest, sh.count = n.Scopes, 0
		}
		sh.count += g.Count
		sh.most = max(sh.most, sh.count)
	}
}

func (p *profiler) sum() finding.Profile {
	out := finding.Profile{Scopes: make([]finding.ScopeProfile, 0, len(p.byName))}
	for _, n := range p.byName {
		sp := n.ScopeProfile
		sp.Milliseconds = n.took.Seconds() * 1e3
		all := make([]*shape, 0, len(n.shapes))
		for _, sh := range n.shapes {
			sh.Milliseconds = sh.took.Seconds() * 1e3
			all = append(all, sh)
		}
		sp.Slowest = top(all, func(a, b *shape) int { return cmp.Compare(b.took, a.took) })
		all = slices.DeleteFunc(all, func(s *shape) bool { return s.most < 2 })
		sp.Repeated = top(all, func(a, b *shape) int { return cmp.Compare(b.most, a.most) })
		out.Scopes = append(out.Scopes, sp)
	}
	slices.SortFunc(out.Scopes, finding.SlowestScopeFirst)
	return out
}

func top(all []*shape, order func(a, b *shape) int) []finding.StatementStat {
	slices.SortFunc(all, func(a, b *shape) int { return cmp.Or(order(a, b), cmp.Compare(a.Fingerprint, b.Fingerprint)) })
	var out []finding.StatementStat
	for _, sh := range all[:min(len(all), topStatements)] {
		out = append(out, sh.StatementStat)
	}
	return out
}
