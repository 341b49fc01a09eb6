package detector

import (
	"slices"
	"time"

	"github.com/nplusgone/nplusgone/fingerprint"
)

// pollPause is how long a program waits between two statements when it polls; loops that work do not wait.
const pollPause = 5 * time.Millisecond

// sameLoop reports whether two groups repeat in one loop.
func (p *pass) sameLoop(a, b *group) bool {
	la, lb := p.repeat(a).loop, p.repeat(b).loop
	if la != nil && lb != nil {
		return la.File == lb.File && la.Line == lb.Line
	}
	_, _, ok := diverge(p.trace(a.key.stack), p.trace(b.key.stack))
	return la == nil && lb == nil && ok
}

// getsOrCreates reports whether g is one half of emulating an upsert in a loop: rows are looked for, and then inserted
// where there were none; or updated, and then inserted where that met none.
func (p *pass) getsOrCreates(g *group) bool {
	switch g.facts().Kind {
	case fingerprint.Select, fingerprint.Update:
		return p.hasPartner(g, func(o *group) bool { return emulatesUpsert(g, o) })
	case fingerprint.Insert:
		return p.hasPartner(g, func(o *group) bool { return emulatesUpsert(o, g) })
	}
	return false
}

// emulatesUpsert reports whether create, an INSERT, fills in for what find did not find.
func emulatesUpsert(find, create *group) bool {
	if create.facts().Kind != fingerprint.Insert || find.first > create.first {
		return false
	}
	switch find.facts().Kind {
	case fingerprint.Select:
		return find.empty > 0 && create.count <= int(find.empty)
	case fingerprint.Update:
		return create.count <= find.count
	}
	return false
}

// hasPartner reports whether another group about the same table, in the same loop, fits.
func (p *pass) hasPartner(g *group, fits func(*group) bool) bool {
	return slices.ContainsFunc(p.scope.order, func(o *group) bool {
		return o != g && o.key.db == g.key.db && sharesTable(o.facts().Tables, g.facts().Tables) && fits(o) && p.sameLoop(o, g)
	})
}

func sharesTable(a, b []string) bool {
	return slices.ContainsFunc(a, func(t string) bool { return slices.Contains(b, t) })
}
