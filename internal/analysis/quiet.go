package analysis

import (
	"slices"
	"time"

	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/record"
)

// pollPause is how long a program waits between two statements when it polls; loops that work do not wait.
const pollPause = 5 * time.Millisecond

// sameLoop reports whether two groups run in one loop: the one that repeats either of them.
func (p *Pass) sameLoop(a, b *group) bool {
	la, lb := p.repeat(a).loop, p.repeat(b).loop
	switch {
	case la != nil && lb != nil:
		return la.File == lb.File && la.Line == lb.Line
	case la != nil:
		return p.runsIn(b, a, la)
	case lb != nil:
		return p.runsIn(a, b, lb)
	}
	_, _, ok := diverge(p.trace(a.Key.Stack), p.trace(b.Key.Stack))
	return ok
}

// runsIn reports whether l, which repeats of, also encloses g.
func (p *Pass) runsIn(g, of *group, l *Loop) bool {
	i, line, ok := divergence(p.inScope(p.trace(of.Key.Stack).frames), p.inScope(p.trace(g.Key.Stack).frames))
	return !ok || l.around(i, line)
}

// getsOrCreates reports whether g is one half of emulating an upsert in a loop: rows are looked for, and then inserted
// where there were none; or updated, and then inserted where that met none.
func (p *Pass) getsOrCreates(g *group) bool {
	switch g.Facts().Kind {
	case fingerprint.Select, fingerprint.Update:
		return p.hasPartner(g, func(o *group) bool { return emulatesUpsert(g, o) && !p.searchesWithin(g) })
	case fingerprint.Insert:
		return p.hasPartner(g, func(o *group) bool { return emulatesUpsert(o, g) && !p.searchesWithin(o) })
	}
	return false
}

// searchesWithin reports whether g looks for something in a loop of its own, within the loop that repeats it: that it finds
// nothing ends the search, and is no reason to insert what was looked for.
func (p *Pass) searchesWithin(g *group) bool {
	chosen := p.repeat(g).loop
	if chosen == nil {
		return false
	}
	loops, _ := p.loopsAround(p.inScope(p.trace(g.Key.Stack).frames))
	for _, l := range loops {
		if l.Position == chosen.Position {
			return false
		}
		if l.Searches || l.Returns {
			return true
		}
	}
	return false
}

// emulatesUpsert reports whether create, an INSERT, fills in for what find did not find.
func emulatesUpsert(find, create *group) bool {
	if create.Facts().Kind != fingerprint.Insert || find.First > create.First {
		return false
	}
	switch find.Facts().Kind {
	case fingerprint.Select:
		return find.Empty > 0 && create.Count <= int(find.Empty)
	case fingerprint.Update:
		return create.Count <= find.Count
	}
	return false
}

// hasPartner reports whether another group about the same table, in the same loop, fits.
func (p *Pass) hasPartner(g *group, fits func(*group) bool) bool {
	return slices.ContainsFunc(p.groups, func(o *group) bool {
		return o != g && o.Key.DB == g.Key.DB && record.SharesTable(o.Facts().Tables, g.Facts().Tables) && fits(o) && p.sameLoop(o, g)
	})
}
