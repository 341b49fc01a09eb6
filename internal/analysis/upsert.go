package analysis

import (
	"github.com/nplusgone/nplusgone/fingerprint"
)

// getsOrCreates reports whether g is one half of an upsert in two statements, in a loop: a SELECT looks for rows, or an UPDATE
// changes them, and an INSERT adds those that do not exist.
func (p *Pass) getsOrCreates(g *group) bool {
	switch g.Facts().Kind {
	case fingerprint.Select, fingerprint.Update:
		return p.hasPartner(g, func(o *group) bool { return insertsMissing(g, o) && !p.searchesWithin(g) })
	case fingerprint.Insert:
		return p.hasPartner(g, func(o *group) bool { return insertsMissing(o, g) && !p.searchesWithin(o) })
	}
	return false
}

// insertsMissing reports whether create, an INSERT, may add the rows that find did not find.
func insertsMissing(find, create *group) bool {
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

// hasPartner reports whether another group with the same table, in the same loop, fits.
func (p *Pass) hasPartner(g *group, fits func(*group) bool) bool {
	for o := range p.partners(g) {
		if fits(o) && p.sameLoop(o, g) {
			return true
		}
	}
	return false
}

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
	_, _, ok := diverge(p.callStack(a.Key.Stack), p.callStack(b.Key.Stack))
	return ok
}

// runsIn reports whether l, the loop that repeats the group of, also encloses g.
func (p *Pass) runsIn(g, of *group, l *Loop) bool {
	i, line, ok := divergence(p.inScope(p.callStack(of.Key.Stack).frames), p.inScope(p.callStack(g.Key.Stack).frames))
	return !ok || l.around(i, line)
}

// searchesWithin reports whether g runs in a search loop within the loop that repeats it. An empty result then ends the search,
// and is not the reason for an INSERT.
func (p *Pass) searchesWithin(g *group) bool {
	chosen := p.repeat(g).loop
	if chosen == nil {
		return false
	}
	loops, _ := p.loopsAround(p.inScope(p.callStack(g.Key.Stack).frames))
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
