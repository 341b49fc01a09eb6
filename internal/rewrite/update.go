package rewrite

import (
	"slices"
	"strconv"
	"strings"

	"github.com/nplusgone/nplusgone/fingerprint"
)

// assignments are what an UPDATE sets.
type assignments struct {
	columns, values []span
	own             bool // some value may differ from turn to turn
	self            bool // some value is computed from a column that the statement sets
	conditional     bool // a condition looks at a column that the statement sets
}

// update writes the rows of all keys: the same values to all, or to each its own.
func update(s *statement, l *Loop) (*Rewrite, error) {
	c, err := s.writeKey(l)
	if err == nil {
		err = s.unlimited(l)
	}
	if err != nil {
		return nil, err
	}
	a, err := s.assigned(l, c)
	if err != nil {
		return nil, err
	}
	if err := s.oneTarget(a, c); err != nil {
		return nil, err
	}
	if !a.own {
		r, err := s.written(ShapeList, l, c, nil)
		if err == nil && a.self {
			r.Repeats = RepeatsRefused
		}
		return r, err
	}
	if c.key.many {
		return nil, refuse("it sets a value of its own for each list of keys")
	}
	var r *Rewrite
	if s.joinsValues() {
		r, err = updateValues(s, c, l)
	} else {
		r, err = updateCase(s, c, l, a)
	}
	if err != nil {
		return nil, err
	}
	if r.Repeats = RepeatsLast; a.self || a.conditional {
		r.Repeats = RepeatsRefused
	}
	return r, nil
}

// assigned reads SET. It refuses to change the key, and a value in a subquery, in which a column would mean another one.
func (s *statement) assigned(l *Loop, c condition) (a assignments, err error) {
	var ok bool
	if a.columns, a.values, ok = s.assignments(); !ok {
		return a, refuse("what it sets is not read")
	}
	names := make(map[string]bool)
	for _, column := range a.columns {
		names[strings.ToLower(plainName(s.tok(column.end-1)))] = true
	}
	for _, k := range c.key.columns {
		if names[strings.ToLower(plainName(s.tok(k.end-1)))] {
			return a, refuse("it changes the key by which it finds its rows")
		}
	}
	mentions := func(sp span) bool {
		return slices.ContainsFunc(s.toks[sp.begin:sp.end], func(t tok) bool { return t.kw == "" && names[strings.ToLower(plainName(t))] })
	}
	for _, v := range a.values {
		differs := s.differs(v, l.mayVary)
		if differs && s.has(v, "SELECT") {
			return a, refuse("a subquery in SET has a value that may differ from turn to turn")
		}
		a.own, a.self = a.own || differs, a.self || mentions(v)
	}
	a.conditional = slices.ContainsFunc(c.rest, mentions)
	return a, nil
}

// oneTarget refuses an UPDATE with a join in which two keys may find one row and set it to different values.
func (s *statement) oneTarget(a assignments, c condition) error {
	if !s.joins() {
		return nil
	}
	onlyValues := true
	for _, v := range a.values {
		onlyValues = onlyValues && v.len() == 1 && s.value(v.begin)
	}
	if onlyValues && !a.own {
		return nil
	}
	for _, v := range c.key.values {
		if s.facts.Values[v].Table != s.facts.Writes[0] {
			return refuse("two keys may find one row, through the join")
		}
	}
	return nil
}

// joinsValues reports whether the UPDATE can be joined with a list of rows, as in PostgreSQL.
func (s *statement) joinsValues() bool {
	return s.dialect == fingerprint.PostgreSQL && s.from.empty() && s.verb == 0 && !s.word(given) &&
		!slices.ContainsFunc(s.split(span{min(s.returns.begin+1, s.returns.end), s.returns.end}), s.star)
}

// given is the alias of the list of rows in updateValues.
const given = "new"

// updateValues joins the table with a list of rows; PostgreSQL.
func updateValues(s *statement, c condition, l *Loop) (*Rewrite, error) {
	var sets []int // values of SET that may differ
	names := make(map[int]string)
	for _, t := range s.toks[s.set.begin:s.set.end] {
		if v := t.value; v >= 0 && l.mayVary(v) {
			sets = append(sets, v)
			names[v] = "new_" + distinctName(s.facts.Values[v].Column, len(sets), names)
		}
	}
	row := slices.Concat(c.key.values, sets)
	returns, labels, err := s.returning(c.key)
	if err != nil {
		return nil, err
	}
	r := newRewrite(s, ShapeValues, func(w *writer) {
		w.holes = make(map[int]func())
		for v, name := range names {
			w.holes[v] = func() { w.text(name) }
		}
		w.span(s, span{0, s.set.end})
		w.holes = nil
		w.text(" FROM (VALUES ")
		w.each(", ", func(turn int) {
			w.text("(")
			w.between(", ", len(row), func(i int) {
				a := Arg{Value: row[i], Turn: turn}
				switch {
				case turn > 0:
					w.arg(a)
				case i == 0 && c.key.cast != "":
					w.arg(a)
					w.text("::", c.key.cast)
				default:
					w.typed(a)
				}
			})
			w.text(")")
		})
		w.text(") AS ", given, "(")
		for i := range c.key.columns {
			w.text("key", strconv.Itoa(i+1), ", ")
		}
		w.between(", ", len(sets), func(i int) { w.text(names[sets[i]]) })
		w.text(") WHERE ")
		w.conditions(s, c, func() {
			w.between(" AND ", len(c.key.columns), func(i int) {
				w.span(s, c.key.columns[i])
				w.text(" = key", strconv.Itoa(i+1))
			})
		})
		returns(w)
	})
	r.Keys, r.ignoresCase = labels, l.ignoresCase(c.key)
	r.note("Cast the values of the first row to the types of their columns, unless they are text: VALUES ($1::bigint, …).")
	return r, r.result(s, l)
}

// distinctName returns a name for the n-th value that needs no quotes and that no other value has.
func distinctName(column string, n int, taken map[int]string) string {
	plain := column != ""
	for i := range len(column) {
		c := column[i]
		plain = plain && (c >= 'a' && c <= 'z' || c == '_' || c >= '0' && c <= '9')
	}
	for _, t := range taken {
		plain = plain && t != "new_"+column
	}
	if !plain {
		return strconv.Itoa(n)
	}
	return column
}

// updateCase chooses each row's values by its key.
func updateCase(s *statement, c condition, l *Loop, a assignments) (*Rewrite, error) {
	for i, v := range a.values {
		if s.dialect == fingerprint.PostgreSQL && s.differs(v, l.mayVary) && v.len() != 1 {
			return nil, refuse("%s is set to an expression of a value that may differ from turn to turn", s.str(a.columns[i]))
		}
	}
	return s.written(ShapeCase, l, c, func(w *writer) {
		w.text(" ")
		w.between(", ", len(a.columns), func(i int) {
			w.span(s, a.columns[i])
			w.text(" = ")
			w.chosen(s, c, l, a.columns[i], a.values[i])
		})
	})
}

// chosen writes a value of SET, with a CASE in place of each part that may differ from turn to turn.
func (w *writer) chosen(s *statement, c condition, l *Loop, column, value span) {
	w.holes = make(map[int]func())
	defer func() { w.holes = nil }()
	for _, t := range s.toks[value.begin:value.end] {
		if t.value >= 0 && l.mayVary(t.value) {
			w.holes[t.value] = func() { w.cases(s, c, t.value, column, value.len() == 1) }
		}
	}
	w.span(s, value)
}

// cases writes CASE key WHEN … THEN … END. If it is the whole value, ELSE gives it the type of the column.
func (w *writer) cases(s *statement, c condition, value int, column span, whole bool) {
	w.text("CASE ")
	simple := len(c.key.columns) == 1
	if simple {
		w.span(s, c.key.columns[0])
		w.text(" ")
	}
	w.each(" ", func(turn int) {
		w.text("WHEN ")
		w.between(" AND ", len(c.key.columns), func(i int) {
			if !simple {
				w.span(s, c.key.columns[i])
				w.text(" = ")
			}
			w.arg(Arg{Value: c.key.values[i], Turn: turn})
		})
		w.text(" THEN ")
		w.arg(Arg{Value: value, Turn: turn})
	})
	if whole {
		w.text(" ELSE ")
		w.span(s, column)
	}
	w.text(" END")
}
