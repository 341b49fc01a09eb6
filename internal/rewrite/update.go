package rewrite

import (
	"strconv"
	"strings"

	"github.com/nplusgone/nplusgone/fingerprint"
)

// update writes the rows of all keys: the same values to all, or each its own.
func update(s *statement, l *Loop) (*Rewrite, error) {
	c, err := s.keyed(l)
	if err == nil {
		err = s.unlimited(c)
	}
	if err != nil {
		return nil, err
	}
	for _, k := range c.key.columns {
		for _, a := range s.facts.Set {
			if strings.EqualFold(a.Column, s.tok(k.end-1).text) {
				return nil, refuse("it changes the key that it finds its rows by")
			}
		}
	}
	if !s.differs(s.set, l) {
		r := s.written(List, c, func(w *writer) { w.where(s, c) })
		for _, a := range s.facts.Set {
			if a.FromSelf {
				r.Note = "A key that comes several times is counted once."
			}
		}
		return r, nil
	}
	if s.dialect == fingerprint.PostgreSQL && s.from.empty() && s.verb == 0 {
		return updateValues(s, c, l), nil
	}
	return updateCase(s, c, l)
}

const onceEach = "Each key may come once."

// updateValues joins the table with a list of rows; PostgreSQL.
func updateValues(s *statement, c condition, l *Loop) *Rewrite {
	var sets []int // values of SET that differ
	names := make(map[int]string)
	for i := s.set.begin; i < s.set.end; i++ {
		if v := s.tok(i).value; v >= 0 && l.varies(v) {
			sets = append(sets, v)
			names[v] = "new_" + plainName(s.facts.Values[v].Column, len(sets), names)
		}
	}
	row := append(append([]int{}, c.key.values...), sets...)
	r := &Rewrite{
		Shape: Values, dialect: s.dialect,
		Note: onceEach + " Where a column is no text, cast the first row's value to its type: VALUES ($1::bigint, …).",
	}
	r.build = func(w *writer) {
		w.holes = make(map[int]func())
		for v, name := range names {
			w.holes[v] = func() { w.text(name) }
		}
		w.span(s, span{0, s.set.end})
		w.holes = nil
		w.text(" FROM (VALUES ")
		w.each(", ", func(turn int) {
			w.text("(")
			for i, v := range row {
				if i > 0 {
					w.text(", ")
				}
				a := Arg{Value: v, Turn: turn}
				switch {
				case turn > 0:
					w.arg(a)
				case i == 0 && c.key.cast != "":
					w.arg(a)
					w.text("::", c.key.cast)
				default:
					w.typed(a)
				}
			}
			w.text(")")
		})
		w.text(") AS new(")
		for i := range c.key.columns {
			w.text("key", strconv.Itoa(i+1), ", ")
		}
		for i, v := range sets {
			if i > 0 {
				w.text(", ")
			}
			w.text(names[v])
		}
		w.text(") WHERE ")
		w.conditions(s, c, func() {
			for i, column := range c.key.columns {
				if i > 0 {
					w.text(" AND ")
				}
				w.span(s, column)
				w.text(" = key", strconv.Itoa(i+1))
			}
		})
		w.clause(s, s.returns)
	}
	return r
}

// plainName returns a name for the n-th value that needs no quotes and that none of the others has.
func plainName(column string, n int, taken map[int]string) string {
	for i := range len(column) {
		if c := column[i]; (c < 'a' || c > 'z') && c != '_' && (c < '0' || c > '9') {
			column = ""
			break
		}
	}
	for _, t := range taken {
		if t == "new_"+column {
			column = ""
		}
	}
	if column == "" {
		return strconv.Itoa(n)
	}
	return column
}

// updateCase chooses each row's values by its key. ELSE tells the type of a CASE that assigns to a column.
func updateCase(s *statement, c condition, l *Loop) (*Rewrite, error) {
	columns, values, ok := s.assignments()
	for i, v := range values {
		if s.dialect == fingerprint.PostgreSQL && s.differs(v, l) && v.end != v.begin+1 {
			return nil, refuse("%s gets an expression of a value that differs from turn to turn", s.str(columns[i]))
		}
	}
	if !ok {
		return nil, refuse("what it sets is not read")
	}
	r := &Rewrite{Shape: Case, dialect: s.dialect, Note: onceEach}
	r.build = func(w *writer) {
		w.span(s, span{0, s.set.begin + 1})
		for i, column := range columns {
			if i > 0 {
				w.text(",")
			}
			w.text(" ")
			w.span(s, column)
			w.text(" = ")
			w.chosen(s, c, l, column, values[i])
		}
		w.clause(s, span{s.set.end, s.where.begin})
		w.where(s, c)
		w.clause(s, s.returns)
	}
	return r, nil
}

// chosen writes a value of SET, with a CASE in place of each part that differs from turn to turn.
func (w *writer) chosen(s *statement, c condition, l *Loop, column, value span) {
	w.holes = make(map[int]func())
	defer func() { w.holes = nil }()
	for _, t := range s.toks[value.begin:value.end] {
		if t.value >= 0 && l.varies(t.value) {
			w.holes[t.value] = func() { w.cases(s, c, t.value, column, value.end == value.begin+1) }
		}
	}
	w.span(s, value)
}

// cases writes CASE key WHEN … THEN … END.
func (w *writer) cases(s *statement, c condition, value int, column span, whole bool) {
	w.text("CASE")
	if len(c.key.columns) == 1 {
		w.text(" ")
		w.span(s, c.key.columns[0])
	}
	w.text(" ")
	w.each(" ", func(turn int) {
		w.text("WHEN ")
		for i, k := range c.key.columns {
			if len(c.key.columns) > 1 {
				if i > 0 {
					w.text(" AND ")
				}
				w.span(s, k)
				w.text(" = ")
			}
			w.arg(Arg{Value: c.key.values[i], Turn: turn})
		}
		w.text(" THEN ")
		w.arg(Arg{Value: value, Turn: turn})
	})
	if whole {
		w.text(" ELSE ")
		w.span(s, column)
	}
	w.text(" END")
}
