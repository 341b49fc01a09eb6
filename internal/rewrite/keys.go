package rewrite

import (
	"strings"

	"github.com/nplusgone/nplusgone/fingerprint"
)

// A key is the columns that a turn's rows are found by, and the values that they are compared with.
type key struct {
	columns []span
	values  []int
	cast    string // the type that the only value is cast to; PostgreSQL
}

// A condition is a WHERE clause whose parts are joined by AND.
type condition struct {
	rest []span // what does not compare the key
	at   int    // how many of those stand before the key
	key  key
}

// keyed takes the WHERE clause apart. Everything that differs from turn to turn has to be a key, compared for equality.
func (s *statement) keyed(l *Loop) (c condition, err error) {
	if s.where.empty() {
		return c, refuse("it has no WHERE that a list of keys could stand in")
	}
	found := make(map[int]bool)
	for _, part := range s.conjuncts(span{s.where.begin + 1, s.where.end}) {
		k, ok := s.equality(part)
		if !ok || !anyOf(k.values, l.varies) {
			c.rest = append(c.rest, part)
			continue
		}
		if k.cast != "" && len(c.key.columns) > 0 || c.key.cast != "" {
			return c, refuse("several keys, some of them cast to a type, make no list")
		}
		if len(c.key.columns) == 0 {
			c.at = len(c.rest)
		}
		for i, v := range k.values {
			found[v] = true
			c.key.columns, c.key.values = append(c.key.columns, k.columns[i]), append(c.key.values, v)
		}
		c.key.cast = k.cast
	}
	for i, v := range s.facts.Values {
		if found[i] || !l.varies(i) || v.Role == fingerprint.RoleSet || v.Role == fingerprint.RoleInsert {
			continue
		}
		if v.Role == fingerprint.RoleKey {
			return c, refuse("the key stands where a list of keys would mean something else: beside OR, in a subquery or in an expression")
		}
		return c, refuse("more than the key differs from turn to turn")
	}
	if len(c.key.values) == 0 {
		return c, refuse("no column is compared with a key that differs from turn to turn")
	}
	return c, nil
}

func anyOf(values []int, is func(int) bool) bool {
	for _, v := range values {
		if is(v) {
			return true
		}
	}
	return false
}

// conjuncts parts a condition at its ANDs, also those within parentheses of their own. With an OR it is one part.
func (s *statement) conjuncts(sp span) (parts []span) {
	begin, depth, between, cases := sp.begin, 0, false, 0
	for i := sp.begin; i < sp.end; i++ {
		t := &s.toks[i]
		switch t.text {
		case "(", "[":
			depth++
		case ")", "]":
			depth--
		}
		if depth > 0 {
			continue
		}
		switch {
		case t.kw == "CASE":
			cases++
		case t.kw == "END":
			cases--
		case cases > 0:
		case t.kw == "OR", strings.EqualFold(t.text, "xor"), t.text == "||" && s.dialect == fingerprint.MySQL:
			return []span{sp}
		case t.kw == "BETWEEN":
			between = true
		case t.kw == "AND" && between:
			between = false
		case t.kw == "AND", t.text == "&&" && s.dialect == fingerprint.MySQL:
			parts = append(parts, s.inner(span{begin, i})...)
			begin = i + 1
		}
	}
	return append(parts, s.inner(span{begin, sp.end})...)
}

// inner takes off the parentheses around a part.
func (s *statement) inner(sp span) []span {
	if sp.empty() || s.tok(sp.begin).text != "(" || s.closing(sp.begin) != sp.end-1 {
		return []span{sp}
	}
	within := span{sp.begin + 1, sp.end - 1}
	if kw := s.tok(within.begin).kw; kw == "SELECT" || kw == "WITH" || kw == "VALUES" {
		return []span{sp}
	}
	parts := s.conjuncts(within)
	if len(parts) == 1 && parts[0] == within && s.alternatives(within) {
		return []span{sp} // (a OR b)
	}
	return parts
}

// alternatives reports whether a condition without its parentheses would bind less tightly.
func (s *statement) alternatives(sp span) bool {
	depth := 0
	for _, t := range s.toks[sp.begin:sp.end] {
		switch t.text {
		case "(", "[":
			depth++
		case ")", "]":
			depth--
		}
		if depth == 0 && (t.kw == "OR" || strings.EqualFold(t.text, "xor") || t.text == "||") {
			return true
		}
	}
	return false
}

// equality reads col = ?, ? = col, col IN (?), col = ?::type and (a, b) = (?, ?).
func (s *statement) equality(sp span) (k key, ok bool) {
	if s.tok(sp.begin).text == "(" {
		return s.rowEquality(sp)
	}
	if s.value(sp.begin) && sp.begin+2 < sp.end && s.tok(sp.begin+1).text == "=" {
		c := s.column(sp.begin + 2)
		return key{columns: []span{c}, values: []int{s.tok(sp.begin).value}}, !c.empty() && c.end == sp.end
	}
	c := s.column(sp.begin)
	if c.empty() || c.end+1 >= sp.end {
		return k, false
	}
	at := c.end + 1
	switch op := s.tok(c.end); {
	case op.text == "=" && s.value(at):
		k = key{columns: []span{c}, values: []int{s.tok(at).value}}
		if at+2 < sp.end && s.tok(at+1).text == "::" {
			k.cast = s.str(span{at + 2, sp.end})
			return k, s.column(at+2).end == sp.end
		}
		return k, at+1 == sp.end
	case op.kw == "IN" && at+2 < s.end && s.tok(at).text == "(" && s.value(at+1):
		return key{columns: []span{c}, values: []int{s.tok(at + 1).value}}, at+3 == sp.end
	}
	return k, false
}

func (s *statement) value(i int) bool { return i < s.end && s.tok(i).value >= 0 }

// rowEquality reads (a, b) = (?, ?).
func (s *statement) rowEquality(sp span) (k key, ok bool) {
	left := s.closing(sp.begin)
	if left+2 >= sp.end || s.tok(left+1).text != "=" || s.tok(left+2).text != "(" || s.closing(left+2) != sp.end-1 {
		return k, false
	}
	columns, values := s.split(span{sp.begin + 1, left}), s.split(span{left + 3, sp.end - 1})
	if len(columns) != len(values) {
		return k, false
	}
	for i, c := range columns {
		v := values[i]
		if s.column(c.begin) != c || v.end != v.begin+1 || !s.value(v.begin) {
			return k, false
		}
		k.columns, k.values = append(k.columns, c), append(k.values, s.tok(v.begin).value)
	}
	return k, true
}

// where writes the WHERE clause with the keys of all turns.
func (w *writer) where(s *statement, c condition) {
	w.text(" WHERE ")
	w.conditions(s, c, func() { w.list(s, c.key) })
}

// conditions writes what the WHERE clause asks for, with another condition in place of that of the key.
func (w *writer) conditions(s *statement, c condition, key func()) {
	for i := range len(c.rest) + 1 {
		if i > 0 {
			w.text(" AND ")
		}
		switch {
		case i < c.at:
			w.span(s, c.rest[i])
		case i == c.at:
			key()
		default:
			w.span(s, c.rest[i-1])
		}
	}
}

// clause writes a clause, and the space before it.
func (w *writer) clause(s *statement, sp span) {
	if !sp.empty() {
		w.text(" ")
		w.span(s, sp)
	}
}

// bare returns the name of a column without that of its table.
func (s *statement) bare(c span) string {
	name := s.tok(c.end - 1).text
	if c.end-c.begin == 1 {
		return name
	}
	// After a dot no word is a keyword; alone it may be.
	quote := "`"
	if s.dialect == fingerprint.PostgreSQL || s.dialect == fingerprint.SQLite {
		quote = `"`
	}
	if s.tok(c.end-1).kind == fingerprint.Quoted {
		return name
	}
	const before = "SELECT "
	return strings.TrimPrefix(fingerprint.Parse(s.dialect, before+quote+name+quote).Text, before)
}

// onlyRow reports whether a key finds one row at most, by what it is called. In a join a row has many others.
func (s *statement) onlyRow(k key) bool {
	if s.facts.Join {
		return false
	}
	for _, c := range k.columns {
		switch strings.ToLower(s.tok(c.end - 1).text) {
		case "id", "uuid", "guid", "pk", "rowid":
			return true
		}
	}
	return false
}
