package detector

import (
	"fmt"
	"strings"

	"github.com/nplusgone/nplusgone/fingerprint"
)

// batchedSelect returns the statement that fetches the children of all rows at once, or "" where taking g's single key for
// a list would change what is answered: a LIMIT, for one, is then of all rows together.
func batchedSelect(g *group) string {
	f := g.facts()
	if f.Offset || f.GroupBy || f.Distinct || f.Compound || len(f.Aggregates) > 0 {
		return ""
	}
	key, name := g.soleKey()
	if key < 0 || f.Limit && !(g.parsed.LimitOne && generic(strings.ToLower(f.Values[key].Column))) {
		return ""
	}
	text := strings.TrimSuffix(g.widened(name), " LIMIT ?")
	if !selects(f.Columns, name, f.Values[key].Column) {
		text = strings.Replace(text, "SELECT ", "SELECT "+name+", ", 1) // rows are matched with their parents by it
	}
	return text
}

// selects reports whether a select list holds the column that is called name, or all columns.
func selects(list []string, name, column string) bool {
	for _, item := range list {
		if item == name || item == column || item == "*" || strings.HasSuffix(item, ".*") || strings.HasSuffix(item, "."+column) {
			return true
		}
	}
	return false
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
		if key, name := g.soleKey(); key >= 0 {
			return g.widened(name)
		}
	case fingerprint.Update:
		constant := 0
		for i := range g.slots {
			if g.slots[i].constant && f.Values[g.slots[i].at].Role == fingerprint.RoleSet {
				constant++
			}
		}
		for _, v := range f.Values {
			if v.Role == fingerprint.RoleSet {
				constant--
			}
		}
		if constant < 0 {
			return "" // the rows get different values, or ones that were not followed
		}
		if key, name := g.soleKey(); key >= 0 {
			return g.widened(name)
		}
	}
	return ""
}

// soleKey returns the position of the one key that varies, and its column as the text spells it; -1 when there is not just
// one, or the text does not compare it simply.
func (g *group) soleKey() (key int, name string) {
	f := g.facts()
	key = -1
	for i := range g.slots {
		if at := g.slots[i].at; f.Values[at].Role == fingerprint.RoleKey && !g.slots[i].constant {
			if key >= 0 {
				return -1, ""
			}
			key = at
		}
	}
	if key < 0 || f.Values[key].Column == "" || f.Values[key].List {
		return -1, ""
	}
	condition := f.Values[key].Column + " = ?"
	at := strings.Index(g.parsed.Text, condition)
	if at < 0 || strings.Count(g.parsed.Text, condition) != 1 {
		return -1, ""
	}
	begin := at
	for begin > 0 && !strings.ContainsRune(" (", rune(g.parsed.Text[begin-1])) {
		begin--
	}
	return key, g.parsed.Text[begin : at+len(f.Values[key].Column)]
}

// widened returns g's text with the column name compared with a list.
func (g *group) widened(name string) string {
	list := " IN (?, ?, …)"
	if g.key.db.Dialect == fingerprint.PostgreSQL {
		list = " = ANY(?)"
	}
	return strings.Replace(g.parsed.Text, name+" = ?", name+list, 1)
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
