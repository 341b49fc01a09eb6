package analysis

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/fingerprint"
)

// fetching returns the groups of SELECTs, none of them set-up, that the user's own code issued and no rule has found yet:
// what is done with their rows may be asked for. min is how many rows the longest result has at least.
func (p *Pass) fetching(min int) []*group {
	var out []*group
	for _, g := range p.groups {
		if g.Facts().Kind != fingerprint.Select || int(g.Longest) < min || p.claimed(g) {
			continue
		}
		if t := p.trace(g.Key.Stack); t.user >= 0 && !t.setUp && p.unroll(t).depth == 0 && !p.isTest(t.frames[t.user]) {
			out = append(out, g)
		}
	}
	return out
}

// whole reports whether g fetches all the rows that its conditions choose, and the application reads them all: no page of
// them, and no row that is locked for what follows.
func (g *group) whole() bool {
	f := g.Facts()
	return !f.Limit && !f.Offset && !f.Locking && !g.Parsed.Partial && g.Drained > 0 && g.Abandoned == 0
}

// use says what the source does with g's rows. Where several statements are issued from one call, as by a data layer that
// loads relations, nobody can tell whose rows are meant.
func (p *Pass) use(g *group) RowUse {
	if u, ok := p.uses[g]; ok {
		return u
	}
	var u RowUse
	if p.cfg.Source != nil && p.alone(g) {
		u = p.cfg.Source.Rows(p.trace(g.Key.Stack).frames)
	}
	if p.uses == nil {
		p.uses = make(map[*group]RowUse)
	}
	p.uses[g] = u
	return u
}

// alone reports whether g is the only statement that the user's call issued by way of a data layer.
func (p *Pass) alone(g *group) bool {
	t := p.trace(g.Key.Stack)
	if t.user <= 0 {
		return t.user == 0
	}
	return !slices.ContainsFunc(p.groups, func(o *group) bool {
		if o.Key.ID == g.Key.ID || o.Facts().Kind != fingerprint.Select {
			return false
		}
		other := p.trace(o.Key.Stack)
		return other.user > 0 && sameFrames(t.frames[t.user:], other.frames[other.user:])
	})
}

// names returns the names of the columns of g's result, as far as they are known.
func (g *group) names() []string {
	if g.Results.Names != nil {
		return g.Results.Names
	}
	f := g.Facts()
	if slices.ContainsFunc(f.Columns, star) {
		return nil
	}
	names := make([]string, len(f.Columns))
	for i, item := range f.Columns {
		names[i] = item[strings.LastIndexAny(item, " .")+1:]
	}
	return names
}

func star(item string) bool { return item == "*" || strings.HasSuffix(item, ".*") }

// index returns the position of a column in g's result, -1 when it is not known.
func (g *group) index(c Column) int {
	names := g.names()
	if c.Index >= 0 {
		if c.Index < len(names) || names == nil {
			return c.Index
		}
		return -1
	}
	return slices.IndexFunc(names, func(n string) bool { return strings.EqualFold(n, c.Name) })
}

// columnName returns the name of a column of g's result, "" when it is not known.
func (g *group) columnName(c Column) string {
	if i, names := g.index(c), g.names(); i >= 0 && i < len(names) {
		return names[i]
	}
	if c.Index < 0 {
		return c.Name
	}
	return ""
}

// feeds reports whether an argument of the source is handed over at one of the calls that led to g.
func (p *Pass) feeds(a Argument, g *group) bool {
	t := p.trace(g.Key.Stack)
	return slices.ContainsFunc(t.frames, func(f Frame) bool {
		return f.Line == a.Line && path.Base(f.File) == path.Base(a.File)
	})
}

// whereUsed describes the place where the source decides a matter.
func whereUsed(pl finding.Position) string {
	if pl.Text == "" {
		return fmt.Sprintf("%s:%d", pl.File, pl.Line)
	}
	return fmt.Sprintf("%s:%d: %s", pl.File, pl.Line, pl.Text)
}

// surest returns proven, or likely where a call through an interface lies between the rows and their use.
func (u RowUse) surest() finding.Level {
	if u.Through {
		return finding.Likely
	}
	return finding.Proven
}

func throughEvidence(u RowUse, out []finding.Evidence) []finding.Evidence {
	if u.Through {
		return append(out, finding.Evidence{From: "source", Against: true, Text: "not proven: the rows pass a call through an interface, behind which another implementation may use them"})
	}
	return out
}
