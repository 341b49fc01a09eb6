package rewrite

import (
	"strings"

	"github.com/nplusgone/nplusgone/fingerprint"
)

// A Parent is the earlier result that the loop goes over.
type Parent struct {
	Parsed *fingerprint.Parsed
	Column string // whose values the key takes, as the result names it
}

// alias is what the parent is called in a join.
const alias = "parent"

// Joined returns the statement that fetches the parent's rows together with those of all turns. Parents without rows stay,
// with NULL in the other columns. In PostgreSQL the loop's statement may do what it likes: it is joined laterally.
func Joined(l Loop, p Parent) (*Rewrite, error) {
	s, err := parse(l.Dialect, l.Parsed)
	if err != nil {
		return nil, err
	}
	parent, err := parse(l.Dialect, p.Parsed)
	if err != nil {
		return nil, refuse("the earlier statement cannot be joined: %v", err)
	}
	parent.parent = true
	key, err := joinKey(s, parent, &l, p)
	if err != nil {
		return nil, err
	}
	f := s.facts
	plain := len(f.Aggregates) == 0 && !f.GroupBy && !f.Distinct && !f.Offset && !s.has(s.list(), "OVER") && s.verb == 0
	if c, err := s.keyed(&l); err == nil && plain && len(f.Tables) == 1 && (!f.Limit || s.onlyRow(c.key)) && s.qualifies(c) {
		return joined(s, parent, c, p), nil
	}
	if l.Dialect != fingerprint.PostgreSQL {
		return nil, refuse("LIMIT, an aggregate or an expression of each key needs a lateral join")
	}
	return lateral(s, parent, key, p), nil
}

// joinKey checks what is joined, and returns the position of the only value that differs from turn to turn.
func joinKey(s, parent *statement, l *Loop, p Parent) (int, error) {
	key := -1
	for i := range s.facts.Values {
		if !l.varies(i) {
			continue
		}
		if key >= 0 {
			return 0, refuse("more than one value differs from turn to turn")
		}
		key = i
	}
	switch {
	case s.facts.Kind != fingerprint.Select || parent.facts.Kind != fingerprint.Select:
		return 0, refuse("only a SELECT is joined")
	case key < 0:
		return 0, refuse("no value differs from turn to turn")
	case s.facts.Locking || parent.facts.Locking:
		return 0, refuse("a join would lock the rows of both statements")
	case parent.names(alias) || s.names(alias):
		return 0, refuse("a name in it is %q", alias)
	case !parent.yields(p.Column):
		return 0, refuse("the earlier result has no column that is surely called %s", p.Column)
	}
	return key, nil
}

// names reports whether a token is the word.
func (s *statement) names(word string) bool {
	for _, t := range s.toks {
		if strings.EqualFold(t.text, word) {
			return true
		}
	}
	return false
}

// yields reports whether the result has a column of that name, and no two of one name.
func (s *statement) yields(column string) bool {
	if !s.named() {
		return false
	}
	for _, item := range s.split(s.list()) {
		if last := s.tok(item.end - 1).text; last == "*" && !s.facts.Join || strings.EqualFold(last, column) {
			return true
		}
	}
	return false
}

// lateral joins each row of the parent with the loop's statement, as it stands.
func lateral(s, parent *statement, key int, p Parent) *Rewrite {
	return &Rewrite{Shape: Lateral, dialect: s.dialect, build: func(w *writer) {
		w.text("SELECT * FROM (")
		w.span(parent, span{0, parent.end})
		w.text(") AS ", alias, " LEFT JOIN LATERAL (")
		w.holes = map[int]func(){key: func() { w.text(alias, ".", p.Column) }}
		w.span(s, span{0, s.end})
		w.holes = nil
		w.text(") AS child ON TRUE")
	}}
}

// joined joins the parent's rows with those of one table.
func joined(s, parent *statement, c condition, p Parent) *Rewrite {
	table := s.tableName()
	return &Rewrite{Shape: Join, dialect: s.dialect, build: func(w *writer) {
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
		w.text(" = ", alias, ".", p.Column)
		for _, part := range c.rest {
			w.text(" AND ")
			w.qualified(s, part, table)
		}
	}}
}

// tableName returns what the columns of the only table are qualified with: its alias or its own name.
func (s *statement) tableName() string {
	last := s.tok(s.from.end - 1)
	return last.text
}

// qualifies reports whether every column of the statement can be given the name of its table: there are only columns
// compared with values, and FROM holds one table and no more.
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
		column := s.column(item.begin)
		star := item.end-item.begin == 1 && s.tok(item.begin).text == "*"
		if column != item && !star {
			return false
		}
	}
	for _, part := range c.rest {
		if !s.simple(part) {
			return false
		}
	}
	return len(c.key.columns) == 1 && c.key.cast == ""
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
	if c := s.column(sp.begin); c.end-c.begin <= 1 {
		w.text(table, ".")
	}
	w.span(s, sp)
}
