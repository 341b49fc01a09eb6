package analysis

import (
	"cmp"
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/record"
)

// A parentMatch is an earlier statement of the scope whose result explains a group's arguments: they are the values of its
// columns, in row order.
type parentMatch struct {
	parent   *group
	columns  []string
	matched  int
	skipped  int  // rows between the matched ones
	repeated int  // values that took the row of the one before
	unused   int  // rows behind the last matched one
	named    bool // a column's name says that it is the key
	byName   bool // only that name decided between several matches
	strength strength
	reason   string // what the strength rests on, in words; "" for byValue
	proven   bool
	excluded bool // the source shows that the values come from elsewhere
}

// A strength says what makes an earlier result the source of arguments, beyond holding their values in row order.
type strength uint8

const (
	byValue strength = iota // nothing else
	byRange                 // values from so large a space that nothing else is likely to hold them
	byFlow                  // the source hands the result to the loop's call
)

// feedOf returns the earlier result that g's arguments come from. When several explain them equally well it is nil, and
// they are the candidates, the latest first.
//
// Arguments that are a column's values in row order prove nothing by themselves where the values are serial numbers or
// words: a counter would do as well, and any table of that size. Then the source must show that the parent's result
// reaches the call. The names of columns prove nothing; they may only choose between matches that are equal otherwise.
func (p *Pass) feedOf(g *group, r repeat) (best *parentMatch, candidates []*parentMatch) {
	var matches []*parentMatch
	for i := range g.Slots {
		sl := &g.Slots[i]
		if !keySlot(g, i) || sl.Constant {
			continue // one value all along has no row of its own
		}
		for _, o := range closest(sl.Matches, g.Facts().Values[sl.Value]) {
			if m := p.weigh(g, i, o, r); !m.excluded {
				matches = addMatch(matches, m)
			}
		}
	}
	// What was fetched once for each of g's statements is no parent of them all, if another result is.
	if slices.ContainsFunc(matches, func(f *parentMatch) bool { return p.fansOutOf(f.parent, g) }) {
		matches = slices.DeleteFunc(matches, func(f *parentMatch) bool { return !p.fansOutOf(f.parent, g) })
	}
	slices.SortStableFunc(matches, func(a, b *parentMatch) int {
		return cmp.Or(cmp.Compare(b.strength, a.strength), cmp.Compare(a.distance(), b.distance()))
	})
	switch {
	case len(matches) == 0:
		return nil, nil
	case len(matches) == 1 || matches[0].strength > matches[1].strength || matches[0].strength == byFlow:
		return matches[0], nil
	}
	// Only a name is left to choose by, and only if it chooses one.
	equal := matches
	if at := slices.IndexFunc(matches, func(m *parentMatch) bool { return m.strength < matches[0].strength }); at > 0 {
		equal = matches[:at]
	}
	named := slices.Collect(func(yield func(*parentMatch) bool) {
		for _, m := range equal {
			if m.named && !yield(m) {
				return
			}
		}
	})
	if len(named) == 1 {
		named[0].byName = true
		return named[0], nil
	}
	return nil, equal
}

// distance is how far the arguments are from being all rows, once each.
func (m *parentMatch) distance() int { return m.skipped + m.repeated }

// closest leaves one column of each parent: the one that the values follow with the fewest rows skipped or taken again;
// of equals the one whose name says that it is the key v. Serial numbers that ascend are soon in another column, too.
func closest(origins []record.ColumnMatch, v fingerprint.Value) (best []record.ColumnMatch) {
	closer := func(a, b record.ColumnMatch) bool {
		if da, db := a.Skipped+a.Repeated, b.Skipped+b.Repeated; da != db {
			return da < db
		}
		return named(a, v) && !named(b, v)
	}
	for _, o := range origins {
		i := slices.IndexFunc(best, func(b record.ColumnMatch) bool { return b.Parent == o.Parent })
		switch {
		case i < 0:
			best = append(best, o)
		case closer(o, best[i]):
			best[i] = o
		}
	}
	return best
}

func named(m record.ColumnMatch, v fingerprint.Value) bool {
	return namesKey(m.Parent.Facts().Tables, m.Parent.Results.Names[m.Column], v)
}

// keySlot reports whether the value in slot i of g says which rows are meant, or in an INSERT what they become.
func keySlot(g *group, i int) bool {
	if g.Slots[i].Many {
		return false
	}
	switch g.Facts().Values[g.Slots[i].Value].Role {
	case fingerprint.RoleKey, fingerprint.RoleOther:
		return true
	case fingerprint.RoleInsert:
		return g.Facts().Kind == fingerprint.Insert
	}
	return false
}

// addMatch adds m to matches, or its column to the match of the same parent: the stronger one decides.
func addMatch(matches []*parentMatch, m *parentMatch) []*parentMatch {
	for _, known := range matches {
		if known.parent != m.parent {
			continue
		}
		switch {
		case m.strength > known.strength:
			*known = *m
		case m.strength == known.strength && !slices.Contains(known.columns, m.columns[0]):
			known.columns = append(known.columns, m.columns[0])
			known.named = known.named || m.named
			slices.Sort(known.columns)
		}
		return matches
	}
	return append(matches, m)
}

// weigh says what a column that explains slot i of g is worth.
func (p *Pass) weigh(g *group, i int, o record.ColumnMatch, r repeat) *parentMatch {
	from := &o.Parent.Results
	m := &parentMatch{
		parent: p.of(o.Parent), columns: []string{from.Names[o.Column]}, matched: o.Matched, skipped: o.Skipped, repeated: o.Repeated, unused: o.Unused(),
		named: named(o, g.Facts().Values[g.Slots[i].Value]),
	}
	flow := p.flow(m.parent, g, r)
	switch {
	case flow == FlowShown:
		m.strength, m.proven = byFlow, true
		m.reason = "the source hands what that statement returned to the call in the loop"
	case flow == FlowExcluded:
		m.excluded = true
	case !from.Dense(o.Column):
		m.strength, m.proven = byRange, true
		m.reason = "no other column is likely to hold these values"
	}
	return m
}

// flow says whether the result of parent reaches g in its loop. It is unknown without a source or a loop.
func (p *Pass) flow(parent, g *group, r repeat) FlowResult {
	if p.cfg.Source == nil || r.loop == nil || r.loop.Test {
		return FlowUnknown
	}
	return p.cfg.Source.Flows(p.trace(parent.Key.Stack).frames, p.trace(g.Key.Stack).frames, *r.loop).Result
}

// namesKey reports whether a result column, by its name, is the key that v compares: posts.author_id for authors.id, or
// posts.id for comments.post_id, or a column of the same telling name.
func namesKey(tables []string, column string, v fingerprint.Value) bool {
	column, key := strings.ToLower(column), strings.ToLower(v.Column)
	if key == "" {
		return false
	}
	if generic(key) {
		if v.Table == "" {
			return false
		}
		if generic(column) {
			return slices.Contains(tables, v.Table)
		}
		stem, ok := keyStem(column)
		return ok && sameNoun(stem, v.Table)
	}
	if column == key {
		return true
	}
	if stem, ok := keyStem(key); ok && generic(column) {
		return slices.ContainsFunc(tables, func(t string) bool { return sameNoun(stem, t) })
	}
	return false
}

func generic(column string) bool {
	switch column {
	case "id", "uuid", "uid", "key", "code", "pk", "rowid", "guid":
		return true
	}
	return false
}

// keyStem returns what a foreign key's name says of its table: author for author_id.
func keyStem(column string) (string, bool) {
	for _, suffix := range [...]string{"_id", "_uuid", "_uid", "_key", "_code", "_fk", "id"} {
		if stem, ok := strings.CutSuffix(column, suffix); ok && stem != "" {
			return stem, true
		}
	}
	return "", false
}

// sameNoun reports whether stem is the singular, or the last word of the singular, of a table's name.
func sameNoun(stem, table string) bool {
	table = strings.ToLower(table[strings.LastIndexByte(table, '.')+1:])
	table = strings.Trim(table, "\"`[]")
	for _, t := range [...]string{
		table, strings.TrimSuffix(table, "s"), strings.TrimSuffix(table, "es"), strings.TrimSuffix(table, "ies") + "y",
	} {
		if t == stem || strings.HasSuffix(t, "_"+stem) || strings.HasSuffix(stem, "_"+t) {
			return true
		}
	}
	return false
}
