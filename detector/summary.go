package detector

import (
	"cmp"
	"slices"
	"time"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/fingerprint"
)

// What a detector remembers over all scopes at most.
const (
	maxFindings   = 10_000
	maxScopeNames = 1_000
	maxShapes     = 256 // statements told apart in the profile of one scope name
	topStatements = 3
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

func (p *profiler) add(s *Scope, cfg *config) {
	n, ok := p.byName[s.name]
	if !ok {
		if p.byName == nil {
			p.byName = make(map[string]*named)
		}
		if len(p.byName) >= maxScopeNames {
			return
		}
		n = &named{ScopeProfile: finding.ScopeProfile{Name: s.name}, shapes: make(map[fingerprint.ID]*shape)}
		p.byName[s.name] = n
	}
	n.Scopes++
	n.Statements += s.stats.statements
	n.Errors += s.stats.errors
	n.Rows += s.stats.rows
	n.took += s.stats.took
	n.Shed = cmp.Or(n.Shed, s.stats.shed)
	for _, g := range s.order {
		sh, ok := n.shapes[g.key.id]
		if !ok {
			if len(n.shapes) >= maxShapes {
				continue
			}
			sh = &shape{StatementStat: finding.StatementStat{Fingerprint: g.key.id.String(), Text: g.parsed.Text}}
			if t := newTrace(g.key.stack, cfg.source); t.user >= 0 {
				sh.CallSite = (&pass{cfg: cfg}).place(t.frames[t.user])
			}
			n.shapes[g.key.id] = sh
		}
		sh.Count += g.count
		sh.Rows += g.rows
		sh.took += g.took
		if sh.latest != n.Scopes {
			sh.latest, sh.count = n.Scopes, 0
		}
		sh.count += g.count
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
