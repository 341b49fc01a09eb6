package analysis

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/fingerprint"
)

// fetching returns the groups for which a rule may analyse the use of rows: SELECTs that application code outside of tests,
// of set-up code and of recursions issued, that no required rule has claimed, and whose longest result has at least min rows.
func (p *Pass) fetching(min int) []*group {
	var out []*group
	for _, g := range p.groups {
		if g.Facts().Effect() != fingerprint.Select || int(g.Longest) < min || p.claimed(g) {
			continue
		}
		if t := p.callStack(g.Key.Stack); t.user >= 0 && !t.setUp && t.unrolled().depth == 0 && !p.isTest(t.frames[t.user]) {
			out = append(out, g)
		}
	}
	return out
}

// use returns how the source uses g's rows. It is the zero RowUse if one call issues several statements, as a data layer does
// that loads relations: it is not known which of them the source's rows belong to.
func (p *Pass) use(g *group) RowUse {
	if u, ok := p.uses[g]; ok {
		return u
	}
	u := RowUse{Unknown: "one call of a data layer issued several queries"}
	if p.cfg.Source == nil {
		return RowUse{}
	}
	if p.onlyOfCall(g) {
		u = p.cfg.Source.Rows(p.callStack(g.Key.Stack).frames)
		if u.Other && !g.mapsAll(u) {
			u = RowUse{Unknown: "a field is used that may hold a column of another name"}
		}
	}
	if p.uses == nil {
		p.uses = make(map[*group]RowUse)
	}
	p.uses[g] = u
	return u
}

// mapsAll reports whether each column of g's result has a field of its own.
func (g *group) mapsAll(u RowUse) bool {
	names := g.columnNames()
	return names != nil && !slices.ContainsFunc(names, func(n string) bool {
		return !slices.ContainsFunc(u.Mapped, func(m string) bool { return strings.EqualFold(m, n) })
	})
}

// RowUse returns for how many of the queries for which a rule asked it is known how their rows are used; nil for none.
func (p *Pass) RowUse() *finding.RowUse {
	var sum *finding.RowUse
	for _, u := range p.uses {
		one := &finding.RowUse{Queries: 1}
		if u.Known {
			one.Known = 1
		} else if u.Unknown != "" {
			one.Unknown = []string{u.Unknown}
		}
		sum = sum.Add(one)
	}
	return sum
}

// onlyOfCall reports whether g is the only SELECT that the application's call issued through a data layer: apart from those that load
// relations of its rows or, if g loads a relation, from the one that fetched the rows that it belongs to.
func (p *Pass) onlyOfCall(g *group) bool {
	t := p.callStack(g.Key.Stack)
	if t.user <= 0 {
		return t.user == 0
	}
	relation := p.loadsRelation(t)
	return !slices.ContainsFunc(p.groups, func(o *group) bool {
		if o.Key.ID == g.Key.ID || o.Facts().Kind != fingerprint.Select {
			return false
		}
		other := p.callStack(o.Key.Stack)
		if other.user <= 0 || !sameFrames(t.frames[t.user:], other.frames[other.user:]) {
			return false
		}
		if !relation && sameFrames(t.frames, other.frames) {
			return false // the same call with another text, as a query builder makes it of the conditions that it gets
		}
		// Two calls on one line are calls of two functions.
		return t.frames[t.user-1].Function == other.frames[other.user-1].Function && p.loadsRelation(other) == relation
	})
}

// writesToo reports whether the call of a data layer that issued g, a SELECT, also writes.
func (p *Pass) writesToo(g *group) bool {
	t := p.callStack(g.Key.Stack)
	return t.user > 0 && slices.ContainsFunc(p.groups, func(o *group) bool {
		switch o.Facts().Effect() {
		case fingerprint.Insert, fingerprint.Update, fingerprint.Delete:
			other := p.callStack(o.Key.Stack)
			return other.user > 0 && sameFrames(t.frames[t.user:], other.frames[other.user:]) &&
				t.frames[t.user-1].Function == other.frames[other.user-1].Function
		}
		return false
	})
}

// loadsRelation reports whether a data layer issued a statement to load the relations of rows that are already loaded.
func (p *Pass) loadsRelation(t *callStack) bool {
	return p.cfg.Source != nil && slices.ContainsFunc(t.frames[:t.user], p.cfg.Source.LoadsRelation)
}

// passedTo reports whether a value of rows is an argument of one of the calls that led to g.
func (p *Pass) passedTo(a Argument, g *group) bool {
	t := p.callStack(g.Key.Stack)
	return slices.ContainsFunc(t.frames, func(f Frame) bool {
		return f.Line == a.Line && path.Base(f.File) == path.Base(a.File)
	})
}

// fewRows lowers a detection about a list that had one row at most. The source says what is done with any number of rows, but a
// key may select one row only: that was so if there is one value that selects, and one row. It reports false for those.
func (g *group) fewRows(h *detection) bool {
	if g.Longest > 1 {
		return true
	}
	if g.onlyKey() >= 0 && g.Longest == 1 {
		return false
	}
	h.level = min(h.level, finding.Likely)
	if g.hasKey() {
		h.level = finding.Suspect
	}
	h.evidence = append(h.evidence, finding.Evidence{From: "driver", Against: true, Text: "no result had more than one row in this run"})
	return true
}

// whereUsed returns a position and its source line as text.
func whereUsed(position finding.Position) string {
	if position.Text == "" {
		return fmt.Sprintf("%s:%d", position.File, position.Line)
	}
	return fmt.Sprintf("%s:%d: %s", position.File, position.Line, position.Text)
}

// level returns proven, or likely if the rows pass a call through an interface, which may have other implementations.
func (u RowUse) level() finding.Level {
	if u.Through {
		return finding.Likely
	}
	return finding.Proven
}

// addThrough adds the evidence for the level of u.
func (u RowUse) addThrough(evidence []finding.Evidence) []finding.Evidence {
	if u.Through {
		return append(evidence, finding.Evidence{From: "source", Against: true, Text: "the rows pass a call through an interface, and another implementation may use them"})
	}
	return evidence
}
