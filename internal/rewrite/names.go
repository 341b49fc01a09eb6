package rewrite

import (
	"slices"
	"strconv"
	"strings"

	"github.com/nplusgone/nplusgone/fingerprint"
)

// quoteName returns a name as the dialect writes it: with quotes only where it needs them.
func quoteName(d fingerprint.Dialect, name string) string {
	quote := "`"
	if d == fingerprint.PostgreSQL || d == fingerprint.SQLite {
		quote = `"`
	}
	const before = "SELECT "
	text := fingerprint.Parse(d, before+quote+strings.ReplaceAll(name, quote, quote+quote)+quote).Text
	return strings.TrimPrefix(text, before)
}

// plainName returns a name without its quotes.
func plainName(t tok) string {
	if t.kind != fingerprint.Quoted || len(t.text) < 2 {
		return t.text
	}
	quote := t.text[len(t.text)-1:]
	return strings.ReplaceAll(t.text[1:len(t.text)-1], quote+quote, quote)
}

// bare returns the name of a column without the name of its table.
func (s *statement) bare(c span) string {
	last := s.tok(c.end - 1)
	if c.len() == 1 || last.kind == fingerprint.Quoted {
		return last.text
	}
	return quoteName(s.dialect, last.text) // behind a dot no word is a keyword; alone it may be one
}

// star reports whether an item of a select list is * or t.*.
func (s *statement) star(item span) bool { return s.tok(item.end-1).text == "*" && item.len()%2 == 1 }

// label returns what the result calls an item of a select list, without quotes; "" when the database makes up a name.
func (s *statement) label(item span) string {
	last := s.tok(item.end - 1)
	if item.empty() || s.star(item) || last.kind != fingerprint.Word && last.kind != fingerprint.Quoted {
		return ""
	}
	column, prev := s.column(item.begin), s.tok(item.end-2)
	switch {
	case column == item:
	case item.len() == 1, last.kw != "":
		return ""
	case prev.kw == "AS", !column.empty() && column.end == item.end-1:
	case prev.text == ")", prev.kw == "END", prev.value >= 0: // an alias without AS
	default:
		return ""
	}
	return plainName(last)
}

// ResultNames returns the names of the columns of a SELECT's result, as far as its text says: "" for a column whose name
// the database makes up. It returns nil if the select list holds a star or the statement is not read.
func ResultNames(d fingerprint.Dialect, p *fingerprint.Parsed) []string {
	s, err := parse(d, p)
	if err != nil || p.Facts.Kind != fingerprint.Select || s.tok(s.verb).kw != "SELECT" {
		return nil
	}
	var names []string
	for _, item := range s.split(s.list()) {
		if s.star(item) {
			return nil
		}
		names = append(names, s.label(item))
	}
	return names
}

// alias returns the alias of an item of a select list, without quotes; "" if the item is a column without one.
func (s *statement) alias(item span) string {
	if label := s.label(item); s.column(item.begin) != item {
		return label
	}
	return ""
}

// aliases returns the aliases of the select list, in lower case.
func (s *statement) aliases() (names []string) {
	for _, item := range s.split(s.list()) {
		if a := s.alias(item); a != "" {
			names = append(names, strings.ToLower(a))
		}
	}
	return names
}

// shadowed reports whether the select list gives the name of a key column to something else. The name would then mean
// that in GROUP BY and ORDER BY, and the result would have it twice.
func (s *statement) shadowed(k key) bool {
	for _, item := range s.split(s.list()) {
		label := s.label(item)
		for _, c := range k.columns {
			if label != "" && strings.EqualFold(label, plainName(s.tok(c.end-1))) && s.labelled(item, c) == "" {
				return true
			}
		}
	}
	return false
}

// positional reports whether ORDER BY or GROUP BY names columns by their position in the select list.
func (s *statement) positional() bool {
	for _, sp := range [...]span{s.order, s.group} {
		if sp.empty() {
			continue
		}
		for _, item := range s.split(span{sp.begin + 2, sp.end}) {
			if s.value(item.begin) && (item.len() == 1 || s.tok(item.begin+1).kind == fingerprint.Word) {
				return true
			}
		}
	}
	return false
}

// selected is how the columns of a key are selected: those that the select list does not hold, and what the result calls
// all of them.
type selected struct {
	missing []span
	labels  []string
	aliased bool // the missing columns follow the select list, with the labels as their names
}

// selects returns how the columns of a key are selected. A star over several tables may hold two columns of one name; the
// key is then selected once more under a name of its own, behind the star, where MySQL allows it.
func (s *statement) selects(k key) (out selected) {
	items := s.split(s.list())
	out.aliased = s.facts.Join && slices.ContainsFunc(items, func(item span) bool { return item.len() == 1 && s.star(item) })
	for i, c := range k.columns {
		label := ""
		for _, item := range items {
			if label = s.labelled(item, c); label != "" && !out.aliased {
				break
			}
		}
		switch {
		case out.aliased:
			out.missing = append(out.missing, c)
			label = "key" + strconv.Itoa(i+1)
		case label == "":
			out.missing = append(out.missing, c)
			label = s.bare(c)
		}
		out.labels = append(out.labels, label)
	}
	return out
}

// labelled returns what the result calls the column c if the item of the select list holds it; else "".
func (s *statement) labelled(item, c span) string {
	last := s.tok(item.end - 1)
	if s.star(item) {
		switch {
		case item.len() == 1, item.len() == 3 && !s.facts.Join,
			item.len() == 3 && c.len() > 1 && s.tok(item.begin).text == s.tok(c.end-3).text:
			return s.bare(c)
		}
		return ""
	}
	column := s.column(item.begin)
	if column.empty() || !strings.EqualFold(plainName(s.tok(column.end-1)), plainName(s.tok(c.end-1))) {
		return ""
	}
	if s.facts.Join && s.str(column) != s.str(c) {
		return "" // it may be the column of another table
	}
	switch rest := item.end - column.end; {
	case rest == 0:
		return s.bare(c)
	case rest == 1 && last.kw == "", rest == 2 && s.tok(column.end).kw == "AS":
		return last.text
	}
	return ""
}

// head writes everything before the select list and the select list itself, with the columns of the key.
func (w *writer) head(s *statement, key selected) {
	w.span(s, span{0, s.list().begin})
	w.text(" ")
	if !key.aliased {
		for _, c := range key.missing {
			w.span(s, c)
			w.text(", ")
		}
	}
	w.span(s, s.list())
	if key.aliased {
		for i, c := range key.missing {
			w.text(", ")
			w.span(s, c)
			w.text(" AS ", key.labels[i])
		}
	}
}
