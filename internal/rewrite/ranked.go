package rewrite

import (
	"slices"
	"strings"
)

// ranked fetches the first rows of each key: a LIMIT would be one of all keys together.
func ranked(s *statement, c condition) (*Rewrite, error) {
	f := s.facts
	switch {
	case f.Locking:
		return nil, refuse("LIMIT counts the rows of each key, and a window function, which could count them, locks no rows")
	case f.Distinct:
		return nil, refuse("LIMIT counts the distinct rows of each key")
	case f.Join && slices.ContainsFunc(f.Columns, func(c string) bool { return strings.HasSuffix(c, "*") }):
		return nil, refuse("LIMIT counts the rows of each key; a window function could, with the columns named in place of *")
	case !s.named():
		return nil, refuse("LIMIT counts the rows of each key; a window function could, with a name for each column")
	case !s.ordered():
		return nil, refuse("LIMIT counts the rows of each key, in an order that a window function cannot see")
	}
	limit, ok := s.limitValue()
	if !ok {
		return nil, refuse("LIMIT counts the rows of each key, in a form that is not read")
	}
	missing, labels := s.selects(c.key)
	r := &Rewrite{Shape: Ranked, Keys: labels, dialect: s.dialect, Note: "LIMIT is of each key: nth is a row's place among those of its key."}
	r.build = func(w *writer) {
		w.span(s, span{0, s.verb})
		if s.verb > 0 {
			w.text(" ")
		}
		w.text("SELECT * FROM (SELECT ")
		star := s.tok(s.list().begin).text == "*" // MySQL wants it first
		if !star {
			for _, m := range missing {
				w.span(s, m)
				w.text(", ")
			}
		}
		w.span(s, s.list())
		w.text(", row_number() OVER (PARTITION BY ")
		for i, column := range c.key.columns {
			if i > 0 {
				w.text(", ")
			}
			w.span(s, column)
		}
		w.clause(s, s.order)
		w.text(") AS nth")
		w.clause(s, s.from)
		w.where(s, c)
		w.text(") AS ranked WHERE nth <= ")
		if limit >= 0 {
			w.span(s, span{limit, limit + 1})
		} else {
			w.text("1")
		}
		w.text(" ORDER BY ", strings.Join(labels, ", "), ", nth")
	}
	return r, nil
}

// limitValue returns the token that says how many rows; -1 for FETCH FIRST ROW ONLY.
func (s *statement) limitValue() (token int, ok bool) {
	token = -1
	for i := s.limit.begin; i < s.limit.end; i++ {
		if s.tok(i).value >= 0 {
			if token >= 0 {
				return 0, false
			}
			token = i
		}
		switch strings.ToLower(s.tok(i).text) {
		case "with", "ties", "percent", ",", "(", "all":
			return 0, false
		}
	}
	return token, true
}

// named reports whether each column of the result has a name of its own, none of them nth.
func (s *statement) named() bool {
	names := make(map[string]bool)
	for _, item := range s.split(s.list()) {
		last := s.tok(item.end - 1)
		name := strings.ToLower(last.text)
		switch column := s.column(item.begin); {
		case last.text == "*" && (item.end-item.begin == 1 || item.end-item.begin == 3):
			name = "*"
		case item.end-item.begin > 2 && s.tok(item.end-2).kw == "AS", !column.empty() && (column.end == item.end || column.end == item.end-1):
		default:
			return false
		}
		if names[name] || name == "nth" {
			return false
		}
		names[name] = true
	}
	return len(names) == 1 || !names["*"]
}

// ordered reports whether ORDER BY can move into a window: it names neither places nor names of the select list.
func (s *statement) ordered() bool {
	if s.order.empty() {
		return true
	}
	var aliases []string
	for _, item := range s.split(s.list()) {
		if item.end-item.begin > 1 && s.column(item.begin) != item {
			aliases = append(aliases, strings.ToLower(s.tok(item.end-1).text))
		}
	}
	for _, item := range s.split(span{s.order.begin + 2, s.order.end}) {
		first := s.tok(item.begin)
		if first.value >= 0 {
			return false
		}
		for i := item.begin; i < item.end; i++ {
			qualified := i > item.begin && s.tok(i-1).text == "."
			if !qualified && slices.Contains(aliases, strings.ToLower(s.tok(i).text)) {
				return false
			}
		}
	}
	return true
}
