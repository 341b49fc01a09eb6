package detector

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone/fingerprint"
)

// A feed is where arguments came from: an earlier statement of the scope, and the columns of its result that a group's arguments are.
type feed struct {
	parent   *group
	columns  []string
	matched  int
	skipped  int
	strength strength
	reason   string // what the strength is by, in words; "" for byValue
	proven   bool
}

// A strength says what makes an earlier result the origin of arguments, beyond holding their values in row order.
type strength uint8

const (
	byValue strength = iota // nothing else
	byRange                 // values from so large a space that nothing else is likely to hold them
	byName                  // the column names the key
	byFlow                  // the source hands the result to the loop's call
)

// feedOf returns the earlier result that fed g's arguments. When several explain them equally well the feed is nil, and
// they are the candidates, the latest first.
//
// Arguments that are a column's values in row order prove nothing yet where the values are serial numbers: a counter
// would do as well, and any table of the size. Then the source must show that the parent's result reaches the call, or,
// where no source is at hand, the column must name the key.
func (p *pass) feedOf(g *group, r repeat) (best *feed, candidates []*feed) {
	var feeds []*feed
	anyVaries := g.anyKeyVaries()
	for i := range g.slots {
		sl := &g.slots[i]
		// A value that stays the same tells of its origin only when nothing else does: all posts share one author.
		if !keySlot(g, i) || sl.constant && (anyVaries || g.facts().Kind != fingerprint.Select) {
			continue
		}
		for _, o := range closest(sl.origins, g.facts().Values[sl.at]) {
			feeds = addOrigin(feeds, p.weigh(g, i, o, r))
		}
	}
	// What was fetched once for each of g's statements is no parent of them all, if another result is.
	if slices.ContainsFunc(feeds, func(f *feed) bool { return p.fansOutOf(f.parent, g) }) {
		feeds = slices.DeleteFunc(feeds, func(f *feed) bool { return !p.fansOutOf(f.parent, g) })
	}
	slices.SortStableFunc(feeds, func(a, b *feed) int { return cmp.Compare(b.strength, a.strength) })
	switch {
	case len(feeds) == 0:
		return nil, nil
	case len(feeds) == 1 || feeds[0].strength > feeds[1].strength || feeds[0].strength >= byName:
		return feeds[0], nil
	}
	return nil, feeds
}

// closest leaves one column of each parent: the one that names the key v, else the one that the values follow with the
// fewest rows passed over or taken again. Serial numbers that ascend are soon in another column, too.
func closest(origins []origin, v fingerprint.Value) (best []origin) {
	closer := func(a, b origin) bool {
		names := func(o origin) bool { return namesKey(o.parent.facts().Tables, o.parent.results.names[o.column], v) }
		if na, nb := names(a), names(b); na != nb {
			return na
		}
		return a.skipped+a.repeated < b.skipped+b.repeated
	}
	for _, o := range origins {
		i := slices.IndexFunc(best, func(b origin) bool { return b.parent == o.parent })
		switch {
		case i < 0:
			best = append(best, o)
		case closer(o, best[i]):
			best[i] = o
		}
	}
	return best
}

// keySlot reports whether the value in slot i of g says which rows are meant, or in an INSERT what they become.
func keySlot(g *group, i int) bool {
	if g.slots[i].many {
		return false
	}
	switch g.facts().Values[g.slots[i].at].Role {
	case fingerprint.RoleKey, fingerprint.RoleOther:
		return true
	case fingerprint.RoleInsert:
		return g.facts().Kind == fingerprint.Insert
	}
	return false
}

func (g *group) anyKeyVaries() bool {
	for i := range g.slots {
		if keySlot(g, i) && !g.slots[i].constant {
			return true
		}
	}
	return false
}

// addOrigin adds f to feeds, or its column to the feed from the same parent: the stronger ones tell.
func addOrigin(feeds []*feed, f *feed) []*feed {
	for _, known := range feeds {
		if known.parent != f.parent {
			continue
		}
		switch {
		case f.strength > known.strength:
			*known = *f
		case f.strength == known.strength && !slices.Contains(known.columns, f.columns[0]):
			known.columns = append(known.columns, f.columns[0])
			slices.Sort(known.columns)
		}
		return feeds
	}
	return append(feeds, f)
}

// weigh says what an origin of slot i of g is worth.
func (p *pass) weigh(g *group, i int, o origin, r repeat) *feed {
	from := &o.parent.results
	name, dense := from.names[o.column], from.isDense(o.column)
	f := &feed{parent: o.parent, columns: []string{name}, matched: o.matched, skipped: o.skipped}
	staging := p.cfg.source == nil
	switch {
	case r.loop != nil && !r.loop.Test && p.flows(o.parent, g, r):
		f.strength, f.proven = byFlow, true
		f.reason = "the source hands what that statement returned to the loop's call"
	case g.slots[i].constant:
		// One value all along: nothing but the source could tell where it came from.
	case namesKey(o.parent.facts().Tables, name, g.facts().Values[g.slots[i].at]):
		f.strength, f.proven = byName, !dense || staging && o.matched >= denseProof && o.skipped <= o.matched
		f.reason = fmt.Sprintf("the column %s names the key", name)
	case !dense:
		f.strength, f.proven = byRange, staging
		f.reason = "no other column is likely to hold these values"
	}
	return f
}

// denseProof is how many serial numbers have to be a column's values in row order before its name proves, without the
// source, that they come from there. A few may be so by chance: three numbers picked at random ascend one time in six.
const denseProof = 8

func (p *pass) flows(parent, g *group, r repeat) bool {
	if p.cfg.source == nil {
		return false
	}
	return p.cfg.source.Flows(p.trace(parent.key.stack).frames, p.trace(g.key.stack).frames, *r.loop).Result == FlowShown
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
