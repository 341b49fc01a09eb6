package rewrite

import (
	"strings"

	"github.com/nplusgone/nplusgone/fingerprint"
)

// Count returns the SELECT that counts the rows of a query, for code that uses nothing but their number. It assumes that
// the code reads all rows.
func Count(q Query) (*Rewrite, error) {
	s, err := rowsOf(q)
	if err != nil {
		return nil, err
	}
	f := s.facts
	direct := !f.Limit && !f.Offset && !f.Distinct && !f.GroupBy && !s.multiplies()
	if !direct && s.dialect == fingerprint.MySQL && !s.namesDiffer() && s.keepsList() {
		return nil, refuse("MySQL needs a name of its own for each column of a subquery")
	}
	return newRewrite(s, ShapeCount, func(w *writer) {
		w.beforeVerb(s)
		w.text("SELECT count(*)")
		if direct {
			w.source(s)
			return
		}
		w.text(" FROM (")
		w.withoutOrder(s)
		w.clause(s, s.limit)
		w.text(") AS counted")
	}), nil
}

// Exists returns the SELECT that returns whether a query has a row, for code that asks nothing else.
func Exists(q Query) (*Rewrite, error) {
	s, err := rowsOf(q)
	if err != nil {
		return nil, err
	}
	return newRewrite(s, ShapeExists, func(w *writer) {
		w.beforeVerb(s)
		w.text("SELECT EXISTS (")
		w.withoutOrder(s)
		if s.facts.Offset {
			w.clause(s, s.limit)
		}
		w.text(")")
	}), nil
}

// rowsOf parses a SELECT whose number of rows is that of its tables, and not always one.
func rowsOf(q Query) (*statement, error) {
	s, err := readable(q.Dialect, q.Parsed)
	switch {
	case err != nil:
		return nil, err
	case s.from.empty():
		return nil, refuse("it reads no table")
	case s.facts.Limit && s.limit.empty():
		return nil, refuse("TOP limits the rows in the select list")
	case !s.limit.empty() && s.tok(s.limit.end-1).is("ties"):
		return nil, refuse("WITH TIES depends on the order of the rows")
	case !s.facts.GroupBy && (len(s.facts.Aggregates) > 0 || !s.having.empty()):
		return nil, refuse("an aggregate always returns one row")
	}
	return s, nil
}

// multiplies reports whether the select list calls a function that may return several rows, as unnest does.
func (s *statement) multiplies() bool { return s.calls(s.list(), foreign, generator, session) != "" }

// keepsList reports whether the select list decides how many rows there are.
func (s *statement) keepsList() bool {
	return s.facts.Distinct || s.facts.GroupBy || s.multiplies()
}

// namesDiffer reports whether no two columns of the result have one name, also where MySQL makes up the names.
func (s *statement) namesDiffer() bool {
	names := make(map[string]bool)
	for _, item := range s.split(s.list()) {
		name := s.label(item)
		if s.star(item) && s.facts.Join {
			return false
		}
		if name == "" {
			name = s.str(item)
		}
		if name = strings.ToLower(name); names[name] {
			return false
		}
		names[name] = true
	}
	return true
}

// beforeVerb writes what precedes SELECT: WITH.
func (w *writer) beforeVerb(s *statement) {
	w.span(s, span{0, s.verb})
	if s.verb > 0 {
		w.text(" ")
	}
}

// source writes where the rows come from: everything but the select list, the order and the limit.
func (w *writer) source(s *statement) {
	for _, sp := range [...]span{s.from, s.where, s.group, s.having, s.window} {
		w.clause(s, sp)
	}
}

// withoutOrder writes the query without its order, and with its select list only where that decides which rows there are.
func (w *writer) withoutOrder(s *statement) {
	w.text("SELECT ")
	if s.keepsList() {
		w.span(s, span{s.verb + 1, s.list().end})
	} else {
		w.text("1")
	}
	w.source(s)
}
