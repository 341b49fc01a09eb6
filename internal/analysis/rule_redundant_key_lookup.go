package analysis

import (
	"fmt"
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/record"
	"github.com/nplusgone/nplusgone/internal/value"
)

// RedundantKeyLookup finds rows that are fetched for what is known already.
var redundantKeyLookup = &Rule{Rule: finding.Rule{
	Name: "redundant-key-lookup", Title: "a row fetched for what is at hand already", Since: "v0.1.0", Tips: []int{13}, Max: finding.Likely,
	Doc: "A row is looked up by a key that an earlier row holds, and all that is used of it is that key; or columns are " +
		"looked up of a row that was loaded with these columns before.",
	Cost: "A round trip to learn nothing. Behind a method call it is easily made once for each row.",
	Proof: "Likely: the types of the source show that the key comes from the earlier row, and that nothing else of the " +
		"fetched row is read, or that the earlier row had all its columns with the same values. Suspect: the earlier row " +
		"had them, but the key came another way.",
	Fix: "Use the key or the column of the row that is loaded: post.AuthorID instead of post.Author().ID.",
	Quiet: "Look-ups of a key that comes from outside, which tell whether the row exists; SELECT id … WHERE id = ?; rows that " +
		"are locked; a write, or another transaction, in between.",
},
	once:  true,
	asks:  true,
	check: checkKeyLookups,
	message: func(f *finding.Finding) string {
		return "a row is fetched for what is at hand already"
	},
	requires: []*Rule{nPlusOne, recursiveQuery, duplicateQuery},
}

// maxParents is how many earlier results are asked for where a key came from, the latest first.
const maxParents = 8

func checkKeyLookups(p *Pass) {
	for _, g := range p.fetching(1) {
		key := g.onlyKey()
		if f := g.Facts(); key < 0 || g.Longest != 1 || f.Locking || f.Volatile || len(f.Tables) != 1 || len(f.Aggregates) > 0 {
			continue
		}
		h := p.loadedBefore(g, key)
		if h == nil {
			h = p.onlyForKey(g, key)
		}
		if h != nil {
			h.fix, h.at = finding.Fix{Text: p.rule.Fix}, p.askedAt(g)
			p.report(h)
		}
	}
}

// askedAt returns where the user's code asks for g's row: the outermost call that has the one statement only, so that a
// function of the store, which others call too, is not blamed.
func (p *Pass) askedAt(g *group) *finding.Position {
	t := p.trace(g.Key.Stack)
	for _, e := range p.earlier(g) {
		if _, j, ok := diverge(p.trace(e.Key.Stack), t); ok {
			place := p.place(t.frames[j])
			return &place
		}
	}
	return nil
}

// onlyKey returns the slot of the one value that g finds its row by, -1 when there are others, or it changes.
func (g *group) onlyKey() int {
	key := -1
	for i := range g.Slots {
		switch v := g.Facts().Values[g.Slots[i].Value]; {
		case v.Role == fingerprint.RoleLimit:
		case v.Role == fingerprint.RoleKey && key < 0 && !v.List && !g.Slots[i].Many && v.Column != "":
			key = i
		default:
			return -1
		}
	}
	if key < 0 || g.Slots[key].First == value.Null || g.Count > 1 && !g.Slots[key].Constant || len(g.Facts().Values) > record.MaxSlots {
		return -1
	}
	return key
}

func (g *group) keyColumn(slot int) string { return g.Facts().Values[g.Slots[slot].Value].Column }

// loadedBefore finds an earlier row of the same entity that has all that g selects.
func (p *Pass) loadedBefore(g *group, key int) *hit {
	names := g.names()
	if len(names) == 0 || len(names) == 1 && strings.EqualFold(names[0], g.keyColumn(key)) {
		return nil // whether the row exists, is the question
	}
	for _, e := range p.earlier(g) {
		other := e.onlyKey()
		if other < 0 || e.Longest != 1 || e.Facts().Locking || !slices.Equal(e.Facts().Tables, g.Facts().Tables) ||
			!strings.EqualFold(e.keyColumn(other), g.keyColumn(key)) || e.Slots[other].First != g.Slots[key].First ||
			e.Tx != g.Tx || p.frozen.WrittenSince(g.Key.DB, g.Facts().Tables, e.First) || !e.holds(g) {
			continue
		}
		h := &hit{group: g, level: finding.Suspect, count: g.Count, parent: p.origin(e, nil)}
		h.evidence = []finding.Evidence{{From: "driver", Text: fmt.Sprintf("the earlier row has the same key, and the same %s", list(names))}}
		if _, ok := p.handed(e, g); ok {
			h.level = finding.Likely
			h.evidence = append(h.evidence, finding.Evidence{From: "source", Text: "the key is taken from the earlier row"})
		} else {
			h.evidence = append(h.evidence, finding.Evidence{From: "source", Against: true, Text: "only suspect: the key does not come from the earlier row, as far as the source tells"})
		}
		return h
	}
	return nil
}

// holds reports whether g's row has the columns of narrow's, with the same values.
func (g *group) holds(narrow *group) bool {
	if g.Results.Rows == 0 || narrow.Results.Rows == 0 {
		return false
	}
	for i, name := range narrow.Results.Names {
		at := slices.IndexFunc(g.Results.Names, func(n string) bool { return strings.EqualFold(n, name) })
		if at < 0 || g.Results.At(0, at) != narrow.Results.At(0, i) {
			return false
		}
	}
	return true
}

// onlyForKey finds an earlier row that g's key was taken from, when nothing but that key is read of g's row.
func (p *Pass) onlyForKey(g *group, key int) *hit {
	names := g.names()
	if len(names) < 2 {
		return nil
	}
	u := p.use(g)
	if !u.Known || len(u.Reads) == 0 {
		return nil
	}
	for _, c := range u.Reads {
		if !strings.EqualFold(g.columnName(c), g.keyColumn(key)) {
			return nil
		}
	}
	for _, e := range p.earlier(g) {
		a, ok := p.handed(e, g)
		if !ok {
			continue
		}
		column := e.index(a.Column)
		if column < 0 || column >= len(e.Results.Names) || e.Results.Find(column, 0, record.MarkOf(g.Slots[key].First)) < 0 {
			continue
		}
		h := &hit{group: g, level: finding.Likely, count: g.Count, parent: p.origin(e, []string{e.Results.Names[column]})}
		h.evidence = []finding.Evidence{
			{From: "driver", Text: fmt.Sprintf("its key is %s of the earlier row", e.Results.Names[column])},
			{From: "source", Text: fmt.Sprintf("nothing but %s is read of the row that is fetched", g.keyColumn(key))},
		}
		return h
	}
	return nil
}

// earlier returns the SELECTs that ran before g, the latest first.
func (p *Pass) earlier(g *group) []*group {
	var out []*group
	for _, e := range slices.Backward(p.groups) {
		if e.Key.ID != g.Key.ID && e.First < g.First && e.Facts().Kind == fingerprint.Select && e.Key.DB == g.Key.DB && e.Rows > 0 && len(out) < maxParents {
			if t := p.trace(e.Key.Stack); t.user >= 0 {
				out = append(out, e)
			}
		}
	}
	return out
}

// handed returns where the source hands a column of e's rows to g as it is.
func (p *Pass) handed(e, g *group) (Argument, bool) {
	for _, a := range p.use(e).Feeds {
		if a.Expr == "" && p.feeds(a, g) {
			return a, true
		}
	}
	return Argument{}, false
}

func (p *Pass) origin(e *group, columns []string) *finding.Parent {
	return &finding.Parent{Text: e.Parsed.Text, CallSite: p.trace(e.Key.Stack).site, Rows: e.Rows, Columns: columns}
}
