package analysis

import (
	"fmt"
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/record"
	"github.com/nplusgone/nplusgone/internal/rewrite"
	"github.com/nplusgone/nplusgone/internal/value"
)

// redundantKeyLookup finds rows that are fetched although an earlier row has the columns that are used.
var redundantKeyLookup = &Rule{Rule: finding.Rule{
	Name: "redundant-key-lookup", Title: "a row fetched that another statement makes unnecessary", Since: "v0.1.0", Tips: []int{13}, Max: finding.Likely,
	Doc: "A row is looked up by a key that an earlier row has, and only that key is read from it; or columns of a row are " +
		"looked up that an earlier query returned; or one row is read by several statements; or it is read only to see that it exists, before " +
		"it is updated or deleted; or a data layer loads a relation of which only the key is read that its owner has.",
	Cost: "The round trip returns no new data. In a method it is often made once for each row.",
	Proof: "Likely, never more: types in the source show that the key comes from the earlier row, and either that only the key is read from the " +
		"fetched row, or the earlier row had all its columns with the same values. Suspect: the earlier row had them, but the source " +
		"does not show that the key comes from it; or the row is read again for other columns, or only before a write; or it is a relation's.",
	Fix: "Use the key or the column of the row that was read first: post.AuthorID instead of post.Author().ID.",
	Quiet: "Look-ups of a key that comes from outside, which check whether the row exists; SELECT id … WHERE id = ?; rows that " +
		"are locked; a write or another transaction in between; packages whose types are not available; set-up code.",
},
	ownMinimum:  true,
	needsSource: true,
	check:       checkKeyLookups,
	message: func(f *finding.Finding) string {
		return "a row is fetched that another statement makes unnecessary"
	},
	requires: []*Rule{nPlusOne, recursiveQuery, duplicateQuery},
}

func checkKeyLookups(p *Pass) {
	for _, g := range p.fetching(1) {
		if h := p.relationForKey(g); h != nil {
			p.report(h)
			continue
		}
		key := g.onlyKey()
		if f := g.Facts(); key < 0 || g.Longest != 1 || f.Locking || f.Volatile || len(f.Tables) != 1 || len(f.Aggregates) > 0 {
			continue
		}
		if r := p.repeat(g); r.loop != nil && r.loop.Waits {
			continue // it waits for the row to change
		}
		h := p.loadedBefore(g, key)
		if h == nil {
			h = p.onlyForKey(g, key)
		}
		if h == nil {
			h = p.readTwice(g, key)
		}
		if h == nil {
			h = p.beforeWrite(g, key)
		}
		if h != nil {
			if h.fix.Text == "" {
				h.fix.Text = p.rule.Fix
			}
			h.at = p.lookupPosition(g)
			p.report(h)
		}
	}
}

// lookupPosition returns where the application looks g's row up: the outermost call that leads to this statement only, and not
// a function of the store that other code calls, too.
func (p *Pass) lookupPosition(g *group) *finding.Position {
	t := p.callStack(g.Key.Stack)
	for _, e := range p.earlier(g) {
		if _, j, ok := diverge(p.callStack(e.Key.Stack), t); ok {
			position := p.position(t.frames[j])
			return &position
		}
	}
	return nil
}

// onlyKey returns the slot of the only value that selects g's row; -1 if there are more, or if it changes.
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

// loadedBefore returns the detection for an earlier row of the same table that has all columns that g selects; nil if there is none.
func (p *Pass) loadedBefore(g *group, key int) *detection {
	names := g.columnNames()
	if len(names) == 0 || len(names) == 1 && strings.EqualFold(names[0], g.keyColumn(key)) {
		return nil // whether the row exists, is the question
	}
	for _, e := range p.earlier(g) {
		if e.Longest != 1 || e.Count > 1 || e.Facts().Locking || len(e.Facts().Writes) > 0 || !slices.Equal(e.Facts().Tables, g.Facts().Tables) || !e.isRow(g.keyColumn(key), g.Slots[key].First) ||
			e.Tx != g.Tx || p.frozen.WrittenSince(g.Key.DB, g.Facts().Tables, e.First) || !e.holds(g) {
			continue
		}
		h := &detection{group: g, level: finding.Suspect, count: g.Count, parent: p.earlierQuery(e)}
		h.evidence = []finding.Evidence{{From: "driver", Text: fmt.Sprintf("the earlier row has the same key and the same %s", strings.Join(names, ", "))}}
		if _, ok := p.passed(e, g); ok {
			h.level = finding.Likely
			h.evidence = append(h.evidence, finding.Evidence{From: "source", Text: "the key comes from the earlier row"})
		} else {
			h.evidence = append(h.evidence, finding.Evidence{From: "source", Against: true, Text: "the source does not show that the key comes from the earlier row"})
		}
		return h
	}
	return nil
}

// holds reports whether g's row has the columns of narrow's row, with the same values.
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

// onlyForKey returns the detection for an earlier row that g's key comes from, if only that key is read from g's row; nil if there
// is none.
func (p *Pass) onlyForKey(g *group, key int) *detection {
	names := g.columnNames()
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
		column := p.passedColumn(e, g, key)
		if column < 0 {
			continue
		}
		h := &detection{group: g, level: finding.Likely, count: g.Count, parent: p.earlierQuery(e, e.Results.Names[column])}
		h.evidence = []finding.Evidence{
			{From: "driver", Text: fmt.Sprintf("the key is %s of the earlier row", e.Results.Names[column])},
			{From: "source", Text: fmt.Sprintf("only %s is read from the row that is fetched", g.keyColumn(key))},
		}
		return h
	}
	return nil
}

// passedColumn returns the index of the column of e's rows that has g's key and that the source passes to g; -1 if there is none.
func (p *Pass) passedColumn(e, g *group, key int) int {
	for _, a := range p.use(e).Feeds {
		column := e.columnIndex(a.Column)
		if a.Expr == "" && p.passedTo(a, g) && column >= 0 && column < len(e.Results.Names) && e.Results.Find(column, 0, record.MarkOf(g.Slots[key].First)) >= 0 {
			return column
		}
	}
	return -1
}

// relationForKey returns the detection for the rows of a relation, one for each other row at most, of which only the key is read that
// the data layer took from the other rows to find them; nil if g loads no such rows.
func (p *Pass) relationForKey(g *group) *detection {
	keys := rewrite.ListValues(g.Key.DB.Dialect, g.Parsed)
	if len(keys) != 1 || len(g.columnNames()) < 2 {
		return nil
	}
	key := g.Facts().Values[keys[0]].Column
	u := p.use(g)
	if key == "" || !u.Known || !u.ToOne || len(u.Reads) == 0 || slices.ContainsFunc(u.Reads, func(c Column) bool { return !strings.EqualFold(g.columnName(c), key) }) {
		return nil
	}
	h := &detection{group: g, level: finding.Suspect, count: g.Count, fix: finding.Fix{Text: "Use the key that the rows have which were read first, and do not load the relation."}}
	h.says = "a relation is loaded, and only the key is read from it that its owner has"
	h.evidence = []finding.Evidence{{From: "source", Text: fmt.Sprintf("only %s is read from the rows of the relation, by which they were found", key)}}
	return h
}

// readTwice returns the detection for an earlier statement that read other columns of g's row; nil if there is none.
func (p *Pass) readTwice(g *group, key int) *detection {
	names := g.columnNames()
	if len(names) == 0 || len(names) == 1 && strings.EqualFold(names[0], g.keyColumn(key)) {
		return nil
	}
	for _, e := range p.earlier(g) {
		f := e.Facts()
		if e.Longest != 1 || e.Count > 1 || f.Locking || len(f.Aggregates) > 0 || len(f.Writes) > 0 || e.Tx != g.Tx || !slices.Equal(f.Tables, g.Facts().Tables) ||
			slices.Equal(f.Columns, []string{"?"}) || p.frozen.WrittenSince(g.Key.DB, f.Tables, e.First) || !e.isRow(g.keyColumn(key), g.Slots[key].First) {
			continue
		}
		if read := e.columnNames(); !slices.ContainsFunc(names, func(n string) bool { return !slices.Contains(read, n) }) {
			continue // the row has changed
		}
		h := &detection{group: g, level: finding.Suspect, count: g.Count, parent: p.earlierQuery(e)}
		h.says = "a row is read by two statements; one can fetch all columns that are needed"
		h.fix.Text = "Fetch all columns that are needed of the row with one statement."
		h.evidence = []finding.Evidence{{From: "driver", Text: fmt.Sprintf("the earlier statement read the same row: its %s is the same", g.keyColumn(key))}}
		return h
	}
	return nil
}

// isRow reports whether g's only row has a value in a column: it was selected by it, or returned it.
func (g *group) isRow(column string, v uint64) bool {
	if key := g.onlyKey(); key >= 0 && strings.EqualFold(g.keyColumn(key), column) {
		return g.Slots[key].First == v
	}
	at := slices.IndexFunc(g.Results.Names, func(n string) bool { return strings.EqualFold(n, column) })
	return at >= 0 && g.Results.Rows == 1 && g.Results.At(0, at) == record.MarkOf(v)
}

// beforeWrite returns the detection for a write of g's row that reports itself whether there is one, if nothing of g's row is
// used; nil if there is none.
func (p *Pass) beforeWrite(g *group, key int) *detection {
	u := p.use(g)
	if !u.Known || !u.Single || !u.Unread || g.Count > 1 {
		return nil
	}
	for _, w := range p.groups {
		if f := w.Facts(); f.Kind != fingerprint.Delete && f.Kind != fingerprint.Update || w.First < g.First || w.Count != 1 || w.Tx != g.Tx || !slices.Equal(f.Writes, g.Facts().Tables) {
			continue
		}
		if !slices.ContainsFunc(w.Slots, func(s record.Slot) bool {
			v := w.Facts().Values[s.Value]
			return v.Role == fingerprint.RoleKey && strings.EqualFold(v.Column, g.keyColumn(key)) && s.First == g.Slots[key].First
		}) {
			continue
		}
		h := &detection{group: g, level: finding.Suspect, count: g.Count}
		h.says = "a row is fetched only to see that it exists, and a later write reports that"
		h.fix.Text = "Leave the look-up out, and check how many rows the write changed."
		h.evidence = []finding.Evidence{
			{From: "source", Text: "nothing of the row is used, apart from whether there is one"},
			{From: "driver", Text: fmt.Sprintf("a later %s selects the same row, and reports how many rows it changed", strings.ToUpper(w.Facts().Kind.String()))},
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
			if t := p.callStack(e.Key.Stack); t.user >= 0 {
				out = append(out, e)
			}
		}
	}
	return out
}

// passed returns the argument by which the source passes a column of e's rows to g unchanged.
func (p *Pass) passed(e, g *group) (Argument, bool) {
	for _, a := range p.use(e).Feeds {
		if a.Expr == "" && p.passedTo(a, g) {
			return a, true
		}
	}
	return Argument{}, false
}
