package detector

import (
	"fmt"
	"strings"

	"github.com/nplusgone/nplusgone/fingerprint"
)

// batchedSelect returns the statement that fetches the children of all rows at once, or "" where taking g's single key for
// a list would change what is answered.
func batchedSelect(g *group) string {
	f := g.facts()
	if f.Limit && !g.parsed.LimitOne || f.Offset || f.GroupBy || f.Distinct || f.Compound || len(f.Aggregates) > 0 {
		return ""
	}
	return widened(g)
}

// batchedWrite returns the statement that writes all rows at once, or "".
func batchedWrite(g *group) string {
	f := g.facts()
	switch f.Kind {
	case fingerprint.Insert:
		at := strings.Index(g.parsed.Text, "VALUES (")
		if at < 0 || f.Subquery {
			return ""
		}
		row, ok := parenthesised(g.parsed.Text[at+len("VALUES "):])
		if !ok {
			return ""
		}
		end := at + len("VALUES ") + len(row)
		return g.parsed.Text[:end] + ", " + row + ", …" + g.parsed.Text[end:]
	case fingerprint.Delete:
		return widened(g)
	case fingerprint.Update:
		for i, v := range f.Values {
			if v.Role == fingerprint.RoleSet && (i >= len(g.slots) || !g.slots[i].constant) {
				return ""
			}
		}
		return widened(g)
	}
	return ""
}

// widened returns g's text with the one key that varies compared with a list.
func widened(g *group) string {
	f := g.facts()
	key := -1
	for i := range g.slots {
		if i < len(f.Values) && f.Values[i].Role == fingerprint.RoleKey && !g.slots[i].constant {
			if key >= 0 {
				return ""
			}
			key = i
		}
	}
	if key < 0 || f.Values[key].Column == "" || f.Values[key].List {
		return ""
	}
	old := f.Values[key].Column + " = ?"
	if strings.Count(g.parsed.Text, old) != 1 {
		return ""
	}
	list := " IN (?, ?, …)"
	if g.key.db.Dialect == fingerprint.PostgreSQL {
		list = " = ANY(?)"
	}
	text := strings.Replace(g.parsed.Text, old, f.Values[key].Column+list, 1)
	return strings.TrimSuffix(text, " LIMIT ?")
}

// parenthesised returns the leading parenthesis of s, closed.
func parenthesised(s string) (string, bool) {
	depth := 0
	for i := range len(s) {
		switch s[i] {
		case '(':
			depth++
		case ')':
			depth--
		}
		if depth == 0 {
			return s[:i+1], i > 0
		}
	}
	return "", false
}

func list(names []string) string { return strings.Join(names, ", ") }

func rowCount(n int) string {
	if n == 1 {
		return "1 row"
	}
	return fmt.Sprintf("%d rows", n)
}
