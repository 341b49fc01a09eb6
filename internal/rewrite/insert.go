package rewrite

import (
	"strings"

	"github.com/nplusgone/nplusgone/fingerprint"
)

// insert writes one row for each turn.
func insert(s *statement, l *Loop) (*Rewrite, error) {
	if !s.conflict.empty() && s.differs(s.conflict, l) {
		return nil, refuse("what it does about a conflict differs from turn to turn: it would have to take the values from the rows, as excluded.x or VALUES(x)")
	}
	r := &Rewrite{Shape: Rows, dialect: s.dialect}
	if s.facts.Upsert && s.dialect == fingerprint.PostgreSQL && s.has(s.conflict, "UPDATE") {
		r.Note = "PostgreSQL refuses two rows of one statement that conflict with each other: each key may come once."
	}
	switch {
	case !s.set.empty():
		return insertSet(s, r)
	case s.values.empty():
		return nil, refuse("it gives no rows of values")
	case s.tok(s.values.begin).kw == "SELECT":
		return insertSelect(s, l)
	}
	row := span{s.values.begin + 1, s.values.begin + 1}
	if strings.EqualFold(s.tok(row.end).text, "row") {
		row.end++
	}
	if row.end >= s.end || s.tok(row.end).text != "(" {
		return nil, refuse("it gives no rows of values")
	}
	row.end = s.closing(row.end) + 1
	if row.end > s.values.end || row.end < s.values.end && s.tok(row.end).text == "," {
		return nil, refuse("it gives rows of several forms")
	}
	r.build = func(w *writer) {
		w.span(s, span{0, row.begin})
		w.text(" ")
		w.each(", ", func(turn int) { w.spanAt(s, row, turn) })
		w.clause(s, span{row.end, s.end})
	}
	return r, nil
}

// differs reports whether a span holds a value that differs from turn to turn.
func (s *statement) differs(sp span, l *Loop) bool {
	for _, t := range s.toks[sp.begin:sp.end] {
		if t.value >= 0 && l.varies(t.value) {
			return true
		}
	}
	return false
}

// insertSet makes rows of MySQL's INSERT … SET a = 1.
func insertSet(s *statement, r *Rewrite) (*Rewrite, error) {
	columns, values, ok := s.assignments()
	if !ok {
		return nil, refuse("what it sets is not read")
	}
	r.build = func(w *writer) {
		w.span(s, span{0, s.set.begin})
		w.text(" (")
		for i, c := range columns {
			if i > 0 {
				w.text(", ")
			}
			w.span(s, c)
		}
		w.text(") VALUES ")
		w.each(", ", func(turn int) {
			w.text("(")
			for i, v := range values {
				if i > 0 {
					w.text(", ")
				}
				w.spanAt(s, v, turn)
			}
			w.text(")")
		})
		w.clause(s, span{s.set.end, s.end})
	}
	return r, nil
}

// assignments parts SET a = 1, b = 2 into columns and values; not ok for SET (a, b) = (1, 2).
func (s *statement) assignments() (columns, values []span, ok bool) {
	for _, item := range s.split(span{s.set.begin + 1, s.set.end}) {
		c := s.column(item.begin)
		if c.empty() || c.end >= item.end || s.tok(c.end).text != "=" {
			return nil, nil, false
		}
		columns, values = append(columns, c), append(values, span{c.end + 1, item.end})
	}
	return columns, values, len(columns) > 0
}

// insertSelect copies the rows of all keys.
func insertSelect(s *statement, l *Loop) (*Rewrite, error) {
	f := s.facts
	if s.from.empty() || s.where.empty() {
		return nil, refuse("it selects from no table by a key")
	}
	c, err := s.keyed(l)
	switch {
	case err != nil:
		return nil, err
	case f.GroupBy || f.Distinct || f.Offset || s.has(s.list(), "OVER") || s.aggregates():
		return nil, refuse("what it copies is not row by row")
	case !s.limit.empty():
		return nil, refuse("LIMIT counts the rows of each key; of all keys together it would count others")
	case s.differs(s.list(), l):
		return nil, refuse("more than the key differs from turn to turn")
	}
	return &Rewrite{Shape: List, dialect: s.dialect, build: func(w *writer) {
		w.span(s, span{0, s.where.begin})
		w.where(s, c)
		w.clause(s, s.order)
		w.clause(s, s.conflict)
		w.clause(s, s.returns)
	}}, nil
}

// aggregates reports whether the select list calls an aggregate, by its commonest names: facts tell it of a SELECT only.
func (s *statement) aggregates() bool {
	list := s.list()
	for i := list.begin; i+1 < list.end; i++ {
		if s.tok(i+1).text != "(" || s.tok(i).kind != fingerprint.Word {
			continue
		}
		// In a statement of its own it is one of the facts.
		if len(fingerprint.Parse(s.dialect, "SELECT "+s.tok(i).text+"(x) FROM t").Facts.Aggregates) > 0 {
			return true
		}
	}
	return false
}

// Load returns PostgreSQL's COPY for rows that a loop inserts: the quickest way for thousands of them. Values go over the
// connection as rows of text or binary, in the order of the columns.
func Load(l Loop) (*Rewrite, error) {
	if l.Dialect != fingerprint.PostgreSQL || l.Parsed.Facts.Kind != fingerprint.Insert {
		return nil, refuse("COPY is PostgreSQL's, for INSERT")
	}
	s, err := parse(l.Dialect, l.Parsed)
	if err != nil {
		return nil, err
	}
	f := s.facts
	if f.Upsert || f.Returning || s.values.empty() || s.tok(s.values.begin).kw != "VALUES" || s.verb > 0 {
		return nil, refuse("COPY takes rows of plain values, without ON CONFLICT and RETURNING")
	}
	if s.tok(s.values.begin+1).text != "(" {
		return nil, refuse("it gives no rows of values")
	}
	for _, v := range s.split(span{s.values.begin + 2, s.values.end - 1}) {
		if v.end != v.begin+1 || !s.value(v.begin) {
			return nil, refuse("COPY takes values only, no expressions")
		}
	}
	into := span{s.into.begin + 1, s.into.end}
	return &Rewrite{Shape: Copy, dialect: s.dialect, build: func(w *writer) {
		w.text("COPY ")
		w.span(s, into)
		w.text(" FROM STDIN")
	}}, nil
}
