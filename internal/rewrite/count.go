package rewrite

import (
	"strings"

	"github.com/nplusgone/nplusgone/fingerprint"
)

// CountRows returns the statement that counts the rows of a SELECT.
func CountRows(d fingerprint.Dialect, p *fingerprint.Parsed) (*Rewrite, error) {
	s, err := rowsOf(d, p)
	if err != nil {
		return nil, err
	}
	r := &Rewrite{Shape: Count, dialect: d}
	f := s.facts
	direct := !f.Limit && !f.Offset && !f.Distinct && !f.GroupBy && !s.calls()
	r.build = func(w *writer) {
		w.span(s, span{0, s.verb})
		if s.verb > 0 {
			w.text(" ")
		}
		w.text("SELECT count(*)")
		if direct {
			w.source(s)
			return
		}
		w.text(" FROM (")
		w.rows(s)
		w.clause(s, s.limit)
		w.text(") AS counted")
	}
	return r, nil
}

// AnyRow returns the statement that asks whether a SELECT has a row.
func AnyRow(d fingerprint.Dialect, p *fingerprint.Parsed) (*Rewrite, error) {
	s, err := rowsOf(d, p)
	if err != nil {
		return nil, err
	}
	r := &Rewrite{Shape: Exists, dialect: d}
	r.build = func(w *writer) {
		w.span(s, span{0, s.verb})
		if s.verb > 0 {
			w.text(" ")
		}
		w.text("SELECT EXISTS (")
		w.rows(s)
		if s.facts.Offset {
			w.clause(s, s.limit)
		}
		w.text(")")
	}
	return r, nil
}

// rowsOf reads a SELECT whose rows are as many as its tables have, and not always one.
func rowsOf(d fingerprint.Dialect, p *fingerprint.Parsed) (*statement, error) {
	if p.Facts.Kind != fingerprint.Select {
		return nil, refuse("it is no SELECT")
	}
	s, err := parse(d, p)
	switch {
	case err != nil:
		return nil, err
	case s.from.empty():
		return nil, refuse("it reads no table")
	case s.top():
		return nil, errTop
	case s.ties():
		return nil, refuse("WITH TIES looks at the order of the rows")
	case p.Facts.Locking:
		return nil, refuse("it locks the rows that it reads")
	case len(p.Facts.Aggregates) > 0 && !p.Facts.GroupBy:
		return nil, refuse("an aggregate always gives one row")
	}
	return s, nil
}

// ties reports whether FETCH FIRST takes rows that are equal to the last one, too.
func (s *statement) ties() bool {
	return !s.limit.empty() && strings.EqualFold(s.tok(s.limit.end-1).text, "ties")
}

// calls reports whether the select list calls a function, which may give many rows, as unnest does.
func (s *statement) calls() bool {
	list := s.list()
	for i := list.begin; i+1 < list.end; i++ {
		if s.tok(i).kind == fingerprint.Word && s.tok(i).kw == "" && s.tok(i+1).text == "(" {
			return true
		}
	}
	return false
}

// source writes where the rows come from: all of the statement but its select list, its order and its limit.
func (w *writer) source(s *statement) {
	for _, sp := range [...]span{s.from, s.where, s.group, s.having, s.window} {
		w.clause(s, sp)
	}
}

// rows writes the statement without its order, and with the columns only where they make the rows what they are.
func (w *writer) rows(s *statement) {
	w.text("SELECT ")
	if f := s.facts; f.Distinct || f.GroupBy || s.calls() {
		w.span(s, span{s.verb + 1, s.list().end})
	} else {
		w.text("1")
	}
	w.source(s)
}
