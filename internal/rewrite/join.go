package rewrite

import (
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone/fingerprint"
)

// A Parent is the earlier result over which the loop iterates.
type Parent struct {
	Parsed *fingerprint.Parsed
	Column string // the column whose values the key takes, as the result names it
}

// alias is the name of the parent in a join.
const alias = "parent"

// Joined returns the SELECT that fetches the parent's rows together with those of all turns, for a loop that ByKeys
// refuses. Parents without rows stay, with NULL in the other columns. It assumes that the loop runs once for each row of
// the parent, with the value of Column as the only argument that varies.
//
// In PostgreSQL a statement with a LIMIT or an aggregate is joined laterally.
func Joined(l Loop, p Parent) (*Rewrite, error) {
	s, err := readable(l.Dialect, l.Parsed)
	if err != nil {
		return nil, err
	}
	parent, err := readable(l.Dialect, p.Parsed)
	if err != nil {
		return nil, refuse("the earlier statement cannot be joined: %v", err)
	}
	parent.parent = true
	key, err := s.joinKey(parent, &l, p)
	if err != nil {
		return nil, err
	}
	var r *Rewrite
	f := s.facts
	plain := len(f.Aggregates) == 0 && !f.GroupBy && s.having.empty() && !f.Distinct && !f.Offset && !s.has(s.list(), "OVER") && s.verb == 0
	switch c, err := s.readKey(&l); {
	case err == nil && plain && len(f.Tables) == 1 && (s.limit.empty() && !f.Limit || l.Unique) && s.qualifies(c):
		r = joined(s, parent, c, p)
	case l.Dialect == fingerprint.PostgreSQL:
		r = lateral(s, parent, key, p)
	default:
		return nil, refuse("LIMIT, an aggregate or an expression of each key needs a lateral join")
	}
	r.Replaces = []string{p.Parsed.Text, l.Parsed.Text}
	r.parent = p.Parsed.Bindings
	r.note("A row of the earlier result is repeated for each of its rows; the result has no order.")
	r.equal(s, &l, condition{key: key})
	return r, nil
}

// joinKey checks what is joined and returns the positions of the values that vary: all of them take one argument.
func (s *statement) joinKey(parent *statement, l *Loop, p Parent) (k key, err error) {
	for i, t := range s.toks {
		if t.value < 0 || !l.varies(t.value) {
			continue
		}
		if s.holdsList(i) || s.quantified(s.opening(i)-1) || s.facts.Values[t.value].List && l.many(t.value, false) {
			return k, refuse("it takes a list of keys already")
		}
		k.values = append(k.values, t.value)
	}
	arg := func(v int) int { return l.Parsed.Bindings[v].Arg }
	switch {
	case len(k.values) == 0:
		return k, refuse("no value differs from turn to turn")
	case len(k.values) > 1 && slices.ContainsFunc(k.values, func(v int) bool { return arg(v) < 0 || arg(v) != arg(k.values[0]) }):
		return k, refuse("more than one value differs from turn to turn")
	case parent.word(alias) || s.word(alias):
		return k, refuse("a name in it is %q", alias)
	case !parent.yields(p.Column):
		return k, refuse("the earlier result has no column that is surely called %s", p.Column)
	}
	return k, nil
}

// yields reports whether the result has a column of that name, and no two columns of one name.
func (s *statement) yields(column string) bool {
	if !s.named() {
		return false
	}
	for _, item := range s.split(s.list()) {
		if s.star(item) && !s.facts.Join || strings.EqualFold(s.label(item), column) {
			return true
		}
	}
	return false
}

// parentColumn writes the column of the parent that the key takes.
func (w *writer) parentColumn(p Parent) { w.text(alias, ".", quoteName(w.r.dialect, p.Column)) }

// lateral joins each row of the parent with the loop's statement.
func lateral(s, parent *statement, key key, p Parent) *Rewrite {
	return newRewrite(s, ShapeLateral, func(w *writer) {
		w.text("SELECT * FROM (")
		w.span(parent, span{0, parent.end})
		w.text(") AS ", alias, " LEFT JOIN LATERAL (")
		w.holes = make(map[int]func())
		for _, v := range key.values {
			w.holes[v] = func() { w.parentColumn(p) }
		}
		w.span(s, span{0, s.end})
		w.holes = nil
		w.text(") AS child ON TRUE")
	})
}

// joined joins the parent's rows with those of one table.
func joined(s, parent *statement, c condition, p Parent) *Rewrite {
	table := s.tok(s.from.end - 1).text // its alias or its name
	return newRewrite(s, ShapeJoin, func(w *writer) {
		w.text("SELECT ", alias, ".*")
		for _, item := range s.split(s.list()) {
			w.text(", ")
			w.qualified(s, item, table)
		}
		w.text(" FROM (")
		w.span(parent, span{0, parent.end})
		w.text(") AS ", alias, " LEFT JOIN ")
		w.span(s, span{s.from.begin + 1, s.from.end})
		w.text(" ON ")
		w.qualified(s, c.key.columns[0], table)
		w.text(" = ")
		w.parentColumn(p)
		for _, part := range c.rest {
			w.text(" AND ")
			w.qualified(s, part, table)
		}
	})
}

// qualifies reports whether every column of the statement can be given the name of its table: FROM holds one table, and
// there are only columns compared with values.
func (s *statement) qualifies(c condition) bool {
	from := span{s.from.begin + 1, s.from.end}
	table := s.column(from.begin)
	switch rest := from.end - table.end; {
	case table.empty():
		return false
	case rest == 0, rest == 1 && s.tok(table.end).kw == "", rest == 2 && s.tok(table.end).kw == "AS":
	default:
		return false
	}
	for _, item := range s.split(s.list()) {
		if s.column(item.begin) != item && !(item.len() == 1 && s.star(item)) {
			return false
		}
	}
	return len(c.key.columns) == 1 && c.key.cast == "" && !slices.ContainsFunc(c.rest, func(part span) bool { return !s.simple(part) })
}

// simple reports whether a condition compares one column with values: a = ?, a IN (?), a IS NOT NULL, a BETWEEN ? AND ?.
func (s *statement) simple(part span) bool {
	column := s.column(part.begin)
	if column.empty() {
		return false
	}
	for _, t := range s.toks[column.end:part.end] {
		switch t.kw {
		case "IN", "IS", "NOT", "NULL", "BETWEEN", "AND", "LIKE", "ILIKE", "TRUE", "FALSE":
			continue
		}
		if t.value < 0 && t.kind != fingerprint.Operator && t.kind != fingerprint.Punct {
			return false
		}
	}
	return true
}

// qualified writes tokens that begin with a column, or are a star, with the name of its table.
func (w *writer) qualified(s *statement, sp span, table string) {
	if s.column(sp.begin).len() <= 1 {
		w.text(table, ".")
	}
	w.span(s, sp)
}
