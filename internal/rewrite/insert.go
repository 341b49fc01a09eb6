package rewrite

import (
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone/fingerprint"
)

// insert writes one row for each turn.
func insert(s *statement, l *Loop) (*Rewrite, error) {
	if !s.conflict.empty() && s.differs(s.conflict, l.mayVary) {
		return nil, refuse("what it does about a conflict may differ from turn to turn: it would have to take its values from the row, as excluded.x or VALUES(x)")
	}
	build, err := s.insertedRows(l)
	if err != nil {
		return nil, err
	}
	if build == nil {
		return insertSelect(s, l)
	}
	r := newRewrite(s, ShapeRows, build)
	if s.facts.Upsert && s.dialect == fingerprint.PostgreSQL && s.has(s.conflict, "UPDATE") {
		r.Repeats = RepeatsRefused // PostgreSQL refuses to update a row twice
	}
	if s.conflict.empty() {
		r.note("If one row fails, no row is inserted.")
	}
	return r, r.inserted(s, l)
}

// insertedRows returns what writes the rows of all turns; nil for INSERT … SELECT.
func (s *statement) insertedRows(l *Loop) (func(w *writer), error) {
	switch {
	case !s.set.empty():
		return s.insertSet()
	case s.values.empty():
		return nil, refuse("it gives no rows of values")
	case s.tok(s.values.begin).kw == "SELECT":
		return nil, nil
	}
	row := span{s.values.begin + 1, s.values.begin + 1}
	if s.tok(row.end).is("row") {
		row.end++
	}
	if row.end >= s.end || s.tok(row.end).text != "(" {
		return nil, refuse("it gives no rows of values")
	}
	row.end = s.closing(row.end) + 1
	if row.end > s.values.end || row.end < s.values.end && s.tok(row.end).text == "," {
		return nil, refuse("it gives rows of several forms")
	}
	return func(w *writer) {
		w.span(s, span{0, row.begin})
		w.text(" ")
		w.each(", ", func(turn int) { w.spanAt(s, row, turn) })
		w.clause(s, span{row.end, s.end})
	}, nil
}

// differs reports whether a span holds a value of which a function says that it varies.
func (s *statement) differs(sp span, varies func(int) bool) bool {
	return slices.ContainsFunc(s.toks[sp.begin:sp.end], func(t tok) bool { return t.value >= 0 && varies(t.value) })
}

// insertSet returns what writes rows in place of MySQL's INSERT … SET a = 1.
func (s *statement) insertSet() (func(w *writer), error) {
	columns, values, ok := s.assignments()
	if !ok {
		return nil, refuse("what it sets is not read")
	}
	return func(w *writer) {
		w.span(s, span{0, s.set.begin})
		w.text(" (")
		w.spans(s, ", ", columns)
		w.text(") VALUES ")
		w.each(", ", func(turn int) {
			w.text("(")
			w.between(", ", len(values), func(i int) { w.spanAt(s, values[i], turn) })
			w.text(")")
		})
		w.clause(s, span{s.set.end, s.end})
	}, nil
}

// assignments splits SET a = 1, b = 2 into columns and values; ok is false for SET (a, b) = (1, 2).
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

// inserted notes how the inserted rows are matched with their results, or refuses if the code uses a result that one
// statement does not return.
func (r *Rewrite) inserted(s *statement, l *Loop) error {
	switch {
	case l.Result == Unused:
	case !s.returns.empty():
		columns := s.returnedInserts(l)
		if len(columns) > 0 {
			r.note("RETURNING returns the rows in no certain order: assign them by %s.", strings.Join(columns, " and "))
			break
		}
		if l.Result == Used {
			return refuse("RETURNING returns the rows in no certain order, and none of the columns that are inserted")
		}
		r.note("RETURNING returns the rows in no certain order: return an inserted column to assign them.")
	case l.Result == Used:
		return refuse("the code uses the result of each statement, such as LastInsertId")
	case s.dialect != fingerprint.PostgreSQL:
		r.note("LastInsertId does not return the id of each row.")
	}
	return nil
}

// returnedInserts returns the columns of RETURNING that the rows give values for which may differ.
func (s *statement) returnedInserts(l *Loop) (columns []string) {
	for i, v := range s.facts.Values {
		if v.Role != fingerprint.RoleInsert || v.Column == "" || !l.mayVary(i) || slices.Contains(columns, v.Column) {
			continue
		}
		if slices.Contains(s.facts.Columns, v.Column) || slices.Equal(s.facts.Columns, []string{"*"}) {
			columns = append(columns, v.Column)
		}
	}
	return columns
}

// insertSelect copies the rows of all keys.
func insertSelect(s *statement, l *Loop) (*Rewrite, error) {
	if s.from.empty() || s.where.empty() {
		return nil, refuse("it selects from no table by a key")
	}
	c, err := s.writeKey(l)
	list := s.list()
	switch {
	case err != nil:
		return nil, err
	case !s.group.empty() || !s.having.empty() || !s.window.empty() || list.begin > s.verb+1 || s.has(list, "OVER") || s.aggregates(list):
		return nil, refuse("what it copies is not row by row")
	case !s.limit.empty():
		return nil, refuse("LIMIT counts the rows of each key")
	case !s.locking.empty():
		return nil, refuse("it locks the rows that it copies")
	case s.differs(list, l.mayVary):
		return nil, refuse("more than the key may differ from turn to turn")
	}
	r := newRewrite(s, ShapeList, func(w *writer) {
		w.span(s, span{0, s.where.begin})
		w.where(s, c)
		w.clause(s, s.order)
		w.clause(s, s.conflict)
		w.clause(s, s.returns)
	})
	r.Repeats = RepeatsRefused
	r.note("Generated ids follow the order in which the database finds the rows.")
	return r, r.inserted(s, l)
}

// aggregates reports whether a span calls an aggregate.
func (s *statement) aggregates(sp span) bool {
	for i := sp.begin; i < sp.end; i++ {
		if s.called(i) && s.aggregate(s.tok(i)) {
			return true
		}
	}
	return false
}
