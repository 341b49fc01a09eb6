package rewrite

import (
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone/fingerprint"
)

// Select returns the statement that fetches the rows of all turns.
func Select(l Loop) (*Rewrite, error) {
	if l.Parsed.Facts.Kind != fingerprint.Select {
		return nil, refuse("it is no SELECT")
	}
	s, err := parse(l.Dialect, l.Parsed)
	if err != nil {
		return nil, err
	}
	if r, err := existing(s, &l); r != nil || err != nil {
		return r, err
	}
	c, err := s.keyed(&l)
	if err != nil {
		return nil, err
	}
	f, list := s.facts, s.list()
	switch {
	case s.top():
		return nil, errTop
	case s.has(list, "OVER"):
		return nil, refuse("a window function would look at the rows of all keys")
	case s.distinctOn():
		return nil, refuse("DISTINCT ON keeps one row of all keys together")
	case len(f.Aggregates) > 0 || f.GroupBy:
		return grouped(s, c)
	case f.Offset:
		return nil, refuse("OFFSET counts the rows of each key; of all keys together it would count others")
	case len(f.Columns) == 1 && f.Columns[0] == "?" && !f.Locking:
		return keys(s, c)
	case f.Limit && !s.onlyRow(c.key):
		return ranked(s, c)
	}
	return listed(s, c), nil
}

var errTop = refuse("TOP counts the rows of each statement")

// top reports whether rows are limited in the select list, as SQL Server does.
func (s *statement) top() bool { return s.facts.Limit && s.limit.empty() }

// distinctOn reports whether DISTINCT is PostgreSQL's DISTINCT ON.
func (s *statement) distinctOn() bool {
	return s.verb+2 < s.end && s.tok(s.verb+1).kw == "DISTINCT" && s.tok(s.verb+2).kw == "ON"
}

// listed compares the key with a list. Rows are matched with their turns by it, so it is selected.
func listed(s *statement, c condition) *Rewrite {
	missing, labels := s.selects(c.key)
	r := &Rewrite{Shape: List, Keys: labels, dialect: s.dialect}
	r.build = func(w *writer) {
		w.head(s, missing)
		w.span(s, s.list())
		w.clause(s, s.from)
		w.where(s, c)
		w.clause(s, s.order)
		w.clause(s, s.locking)
	}
	return r
}

// head writes everything up to the select list, and in front of that the columns of the key that are not in it.
func (w *writer) head(s *statement, missing []span) {
	w.span(s, span{0, s.list().begin})
	w.text(" ")
	for _, c := range missing {
		w.span(s, c)
		w.text(", ")
	}
}

// selects returns the columns of the key that the select list does not hold, and what the result calls all of them.
func (s *statement) selects(k key) (missing []span, labels []string) {
	items := s.split(s.list())
	for _, c := range k.columns {
		label := ""
		for _, item := range items {
			if label = s.labelled(item, c); label != "" {
				break
			}
		}
		if label == "" {
			missing = append(missing, c)
			label = s.bare(c)
		}
		labels = append(labels, label)
	}
	return missing, labels
}

// labelled returns what the result calls the column c, when the item of the select list holds it.
func (s *statement) labelled(item, c span) string {
	last := s.tok(item.end - 1)
	if last.text == "*" {
		switch {
		case item.end-item.begin == 1, item.end-item.begin == 3 && c.end-c.begin > 1 && s.tok(item.begin).text == s.tok(c.end-3).text,
			item.end-item.begin == 3 && !s.facts.Join:
			return s.bare(c)
		}
		return ""
	}
	column := s.column(item.begin)
	if column.empty() || s.tok(column.end-1).text != s.tok(c.end-1).text {
		return ""
	}
	if column.end-column.begin > 1 && c.end-c.begin > 1 && s.str(column) != s.str(c) {
		return "" // that of another table
	}
	switch rest := item.end - column.end; {
	case rest == 0:
		return s.bare(c)
	case rest == 1 && last.kw == "":
		return last.text
	case rest == 2 && s.tok(column.end).kw == "AS":
		return last.text
	}
	return ""
}

// grouped computes an aggregate for each key.
func grouped(s *statement, c condition) (*Rewrite, error) {
	f := s.facts
	switch {
	case f.Locking:
		return nil, refuse("a grouped result locks no rows")
	case f.GroupBy && (f.Limit || f.Offset):
		return nil, refuse("LIMIT counts the groups of each key; of all keys together it would count others")
	case s.has(s.group, "WITH"):
		return nil, refuse("WITH ROLLUP would sum up over all keys")
	case f.GroupBy && s.groupsSpecially():
		return nil, refuse("its groups are made by more than columns")
	case !f.GroupBy && !s.aggregatesOnly():
		return nil, refuse("its select list mixes aggregates with columns of no certain row")
	}
	missing, labels := s.selects(c.key)
	r := &Rewrite{Shape: Grouped, Keys: labels, dialect: s.dialect}
	if !f.GroupBy {
		r.Note = "A key without rows is not among the results: its count is 0, its other aggregates are NULL."
	}
	r.build = func(w *writer) {
		w.head(s, missing)
		w.span(s, s.list())
		w.clause(s, s.from)
		w.where(s, c)
		w.text(" GROUP BY ")
		for i, column := range c.key.columns {
			if i > 0 {
				w.text(", ")
			}
			w.span(s, column)
		}
		if f.GroupBy {
			w.text(", ")
			w.span(s, span{s.group.begin + 2, s.group.end})
		}
		w.clause(s, s.having)
		if f.GroupBy {
			w.clause(s, s.order)
		}
	}
	return r, nil
}

// groupsSpecially reports whether GROUP BY holds more than names and expressions: ROLLUP, a place in the select list.
func (s *statement) groupsSpecially() bool {
	for _, item := range s.split(span{s.group.begin + 2, s.group.end}) {
		t := s.tok(item.begin)
		if t.value >= 0 && item.end == item.begin+1 {
			return true
		}
		switch strings.ToLower(t.text) {
		case "rollup", "cube", "grouping", "(":
			return true
		}
	}
	return false
}

// aggregatesOnly reports whether every item of the select list is made by an aggregate.
func (s *statement) aggregatesOnly() bool {
	for _, item := range s.split(s.list()) {
		made := false
		for i := item.begin; i+1 < item.end; i++ {
			if s.tok(i).kw == "SELECT" {
				return false
			}
			made = made || s.tok(i+1).text == "(" && slices.Contains(s.facts.Aggregates, strings.ToLower(s.tok(i).text))
		}
		if !made {
			return false
		}
	}
	return true
}

// keys asks which keys have a row, where that is all the loop asks.
func keys(s *statement, c condition) (*Rewrite, error) {
	if !s.facts.Limit && !s.facts.Distinct && !s.onlyRow(c.key) {
		return listed(s, c), nil // it may be that the rows are counted
	}
	return &Rewrite{
		Shape: Keys, dialect: s.dialect, Keys: s.labels(c.key),
		Note:  "A key that has no row is not among the results.",
		build: func(w *writer) { w.keys(s, c, 0) },
	}, nil
}

func (s *statement) labels(k key) (labels []string) {
	for _, c := range k.columns {
		labels = append(labels, s.bare(c))
	}
	return labels
}

// keys writes SELECT DISTINCT of the keys, after the tokens from begin up to the verb.
func (w *writer) keys(s *statement, c condition, begin int) {
	w.span(s, span{begin, s.verb})
	if s.verb > begin {
		w.text(" ")
	}
	w.text("SELECT DISTINCT ")
	for i, column := range c.key.columns {
		if i > 0 {
			w.text(", ")
		}
		w.span(s, column)
	}
	w.clause(s, s.from)
	w.where(s, c)
}

// existing reads SELECT EXISTS (SELECT … WHERE key = ?); nil when the statement is none.
func existing(outer *statement, l *Loop) (*Rewrite, error) {
	list := outer.list()
	i := list.begin
	if !outer.from.empty() || i+2 >= outer.end || outer.tok(i).kw != "EXISTS" || outer.tok(i+1).text != "(" {
		return nil, nil
	}
	end := outer.closing(i + 1)
	if rest := outer.end - end - 1; rest != 0 && !(rest == 2 && outer.tok(end+1).kw == "AS") || end >= outer.end {
		return nil, nil
	}
	s := &statement{dialect: outer.dialect, facts: outer.facts, arity: outer.arity, toks: outer.toks[:end], end: end, verb: -1}
	if err := s.part(i+2, end); err != nil {
		return nil, err
	}
	c, err := s.keyed(l)
	switch {
	case err != nil:
		return nil, err
	case !s.group.empty() || !s.having.empty() || s.has(s.limit, "OFFSET") || s.comma(s.limit) || outer.verb > 0:
		return nil, refuse("the subquery of EXISTS does more than look for a row")
	}
	return &Rewrite{
		Shape: Keys, dialect: s.dialect, Keys: s.labels(c.key),
		Note:  "A key that has no row is not among the results.",
		build: func(w *writer) { w.keys(s, c, i+2) },
	}, nil
}

func (s *statement) comma(sp span) bool {
	return slices.ContainsFunc(s.toks[sp.begin:sp.end], func(t tok) bool { return t.text == "," })
}
