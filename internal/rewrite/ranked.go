package rewrite

import (
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone/fingerprint"
)

// ranked fetches the first rows of each key with a window function.
func ranked(s *statement, l *Loop, c condition) (*Rewrite, error) {
	f := s.facts
	switch {
	case f.Distinct:
		return nil, refuse("LIMIT counts the distinct rows of each key")
	case f.Join && slices.ContainsFunc(f.Columns, func(c string) bool { return strings.HasSuffix(c, "*") }):
		return nil, refuse("LIMIT counts the rows of each key; a window function could, if the columns were named in place of *")
	case !s.named():
		return nil, refuse("LIMIT counts the rows of each key; a window function could, if each column had a name")
	case !s.ordered():
		return nil, refuse("LIMIT counts the rows of each key, in an order that a window function cannot use")
	}
	if name := s.calls(s.list(), foreign); name != "" {
		return nil, refuse("it calls %s for the first rows of each key", name)
	}
	limit, ok := s.limitValue()
	if !ok {
		return nil, refuse("LIMIT counts the rows of each key, in a form that is not read")
	}
	key := s.selects(c.key)
	r := newRewrite(s, ShapeRanked, func(w *writer) {
		w.span(s, span{0, s.verb})
		if s.verb > 0 {
			w.text(" ")
		}
		w.text("SELECT * FROM (SELECT ")
		for _, m := range key.missing {
			w.span(s, m)
			w.text(", ")
		}
		w.span(s, s.list())
		w.text(", row_number() OVER (PARTITION BY ")
		w.spans(s, ", ", c.key.columns)
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
		w.text(" ORDER BY ", strings.Join(key.labels, ", "), ", nth")
	})
	r.Keys = key.labels
	r.note("The limit is of each key: nth counts the rows of a key.")
	if s.dialect == fingerprint.MySQL {
		r.note("Window functions need MySQL 8.0 or MariaDB 10.2.")
	}
	r.read(s, l, c)
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
		name := strings.ToLower(s.label(item))
		if s.star(item) {
			name = "*"
		}
		if name == "" || names[name] || name == "nth" {
			return false
		}
		names[name] = true
	}
	return len(names) == 1 || !names["*"]
}

// ordered reports whether ORDER BY can move into a window: it names neither positions nor names of the select list.
func (s *statement) ordered() bool {
	if s.order.empty() {
		return true
	}
	aliases := s.aliases()
	for _, item := range s.split(span{s.order.begin + 2, s.order.end}) {
		if s.tok(item.begin).value >= 0 {
			return false
		}
		for i := item.begin; i < item.end; i++ {
			qualified := i > item.begin && s.tok(i-1).text == "."
			if !qualified && slices.Contains(aliases, strings.ToLower(plainName(s.tok(i)))) {
				return false
			}
		}
	}
	return true
}
