package analysis

import (
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/record"
	"github.com/nplusgone/nplusgone/internal/rewrite"
)

// A group is the statements of a scope that have one fingerprint, one call stack and one database.
type group struct {
	*record.Group
}

// of returns the group for a recorded group of the scope.
func (p *Pass) of(g *record.Group) *group { return p.groups[g.Position] }

// hasKey reports whether a key selects g's rows.
func (g *group) hasKey() bool {
	return slices.ContainsFunc(g.Slots, func(sl record.Slot) bool { return g.Facts().Values[sl.Value].Role == fingerprint.RoleKey })
}

// takesChunks reports whether g's statements take the parts of one longer list: every list but the last is as long as the
// first, and no value is in two of them.
func (g *group) takesChunks() bool {
	for i := range g.Slots {
		if sl := &g.Slots[i]; sl.Lists != nil && !sl.Constant && (sl.Lists.Uneven || sl.Lists.Overlap) {
			return false
		}
	}
	return true
}

// takesList reports whether a list of keys bounds the number of g's rows.
func (g *group) takesList() bool { return len(rewrite.ListValues(g.Key.DB.Dialect, g.Parsed)) > 0 }

// readsAll reports whether g returns all rows that its conditions select, and the application reads them to the end: no page,
// and no rows that are locked for statements to come.
func (g *group) readsAll() bool {
	f := g.Facts()
	return !f.Limit && !f.Offset && !f.Locking && !g.Parsed.Partial && g.Drained > 0 && g.Abandoned == 0
}

// columnNames returns the names of the columns of g's result; nil if they are not known.
func (g *group) columnNames() []string {
	if g.Results.Names != nil {
		return g.Results.Names
	}
	f := g.Facts()
	if slices.ContainsFunc(f.Columns, isStar) {
		return nil
	}
	names := make([]string, len(f.Columns))
	for i, item := range f.Columns {
		names[i] = item[strings.LastIndexAny(item, " .")+1:]
	}
	return names
}

// isStar reports whether an item of a select list selects all columns.
func isStar(item string) bool { return item == "*" || strings.HasSuffix(item, ".*") }

// columnIndex returns the index of a column in g's result; -1 if it is not known.
func (g *group) columnIndex(c Column) int {
	names := g.columnNames()
	if c.Index >= 0 {
		if c.Index < len(names) || names == nil {
			return c.Index
		}
		return -1
	}
	if i := slices.IndexFunc(names, func(n string) bool { return strings.EqualFold(n, c.Name) }); i >= 0 {
		return i
	}
	// A query builder may name a column with its table: "posts.title". Two tables may have a column of that name.
	at := -1
	for i, n := range names {
		if strings.EqualFold(n[strings.LastIndexByte(n, '.')+1:], c.Name) {
			if at >= 0 {
				return -1
			}
			at = i
		}
	}
	return at
}

// columnName returns the name of a column of g's result; "" if it is not known.
func (g *group) columnName(c Column) string {
	if i, names := g.columnIndex(c), g.columnNames(); i >= 0 && i < len(names) {
		return names[i]
	}
	if c.Index < 0 {
		return c.Name
	}
	return ""
}
