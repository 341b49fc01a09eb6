package rewrite

import (
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone/fingerprint"
)

// A key is the columns that a turn's rows are found by, and the values that the columns are compared with.
type key struct {
	columns []span
	values  []int
	cast    string // the type that the only value is cast to; PostgreSQL
	array   bool   // the only value is an array: col = ANY(?)
	many    bool   // a value may hold several keys in one turn
}

// A condition is a WHERE clause whose parts are joined by AND.
type condition struct {
	rest []span // the parts that do not compare the key
	at   int    // how many of them precede the key
	key  key
}

var errBeside = refuse("a list would mean something else where the key is compared: beside OR, in a subquery, in a join's ON or in an expression")

// readKey splits the WHERE clause of a SELECT. Every value that varies must be a key that is compared for equality.
func (s *statement) readKey(l *Loop) (condition, error) { return s.keyed(l, l.varies) }

// writeKey splits the WHERE clause of a statement that writes. Every value that may vary in some run must be a key, and one
// key must vary in this run: otherwise each turn writes the same rows.
func (s *statement) writeKey(l *Loop) (condition, error) {
	c, err := s.keyed(l, l.mayVary)
	if err == nil && !slices.ContainsFunc(c.key.values, l.varies) {
		err = refuse("every turn writes the same rows")
	}
	return c, err
}

// keyed splits the WHERE clause into the comparisons of the key, which are those with a value that varies, and the rest.
func (s *statement) keyed(l *Loop, varies func(int) bool) (c condition, err error) {
	if s.where.empty() {
		return c, refuse("it has no WHERE for a list of keys")
	}
	found := make(map[int]bool)
	single := false // the key is cast or an array, so that it must be the only one
	for _, part := range s.conjuncts(span{s.where.begin + 1, s.where.end}) {
		k, ok := s.equality(part)
		if !ok || !slices.ContainsFunc(k.values, varies) {
			c.rest = append(c.rest, part)
			continue
		}
		if len(c.key.columns) == 0 {
			c.at = len(c.rest)
		}
		single = single || k.cast != "" || k.array
		for i, v := range k.values {
			found[v] = true
			c.key.columns, c.key.values = append(c.key.columns, k.columns[i]), append(c.key.values, v)
			c.key.many = c.key.many || (k.array || s.facts.Values[v].List) && l.many(v, k.array)
		}
		c.key.cast, c.key.array = k.cast, k.array
	}
	if single && len(c.key.columns) > 1 {
		return c, refuse("a list of pairs cannot be made of an array or of a value with a cast")
	}
	for i, v := range s.facts.Values {
		if found[i] || !varies(i) || v.Role == fingerprint.RoleSet || v.Role == fingerprint.RoleInsert {
			continue
		}
		switch {
		case v.Role == fingerprint.RoleKey:
			return c, errBeside
		case l.varies(i):
			return c, refuse("more than the key differs from turn to turn")
		}
		return c, refuse("a value beside the key was equal in this run and may differ in another one")
	}
	if len(c.key.values) == 0 {
		return c, refuse("no column is compared with a key that differs from turn to turn")
	}
	return c, nil
}

// equal notes the values beside the key that were equal in this run and are not known to be constant.
func (r *Rewrite) equal(s *statement, l *Loop, c condition) {
	var names []string
	for i, v := range s.facts.Values {
		switch v.Role {
		case fingerprint.RoleKey, fingerprint.RoleRange:
		default:
			continue
		}
		if l.variation(i) == Equal && v.Column != "" && !slices.Contains(c.key.values, i) && !slices.Contains(names, v.Column) {
			names = append(names, v.Column)
		}
	}
	switch len(names) {
	case 0:
	case 1:
		r.note("%s had one value in this run; if it can differ between turns, it is part of the key.", names[0])
	default:
		r.note("%s had one value each in this run; what can differ between turns is part of the key.", strings.Join(names, " and "))
	}
}

// conjuncts splits a condition at its ANDs, also within parentheses. A condition with an OR is one part.
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
		case s.alternative(*t):
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

// alternative reports whether a token binds less tightly than AND. MySQL's || is one; elsewhere it joins texts.
func (s *statement) alternative(t tok) bool {
	return t.kw == "OR" || t.is("xor") || t.text == ":=" || t.text == "||" && s.dialect == fingerprint.MySQL
}

// inner splits a part within its parentheses.
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

// alternatives reports whether a condition needs parentheses beside AND.
func (s *statement) alternatives(sp span) bool {
	depth := 0
	for _, t := range s.toks[sp.begin:sp.end] {
		switch t.text {
		case "(", "[":
			depth++
		case ")", "]":
			depth--
		}
		if depth == 0 && s.alternative(t) {
			return true
		}
	}
	return false
}

// equality reads col = ?, ? = col, col IN (?), col = ?::type, col = ANY(?) and rows of them.
func (s *statement) equality(sp span) (k key, ok bool) {
	if s.tok(sp.begin).text == "(" {
		return s.rowEquality(sp)
	}
	if s.value(sp.begin) && sp.len() > 2 && s.tok(sp.begin+1).text == "=" {
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
		if at+1 == sp.end {
			return k, true
		}
		k.cast, ok = s.castTo(span{at + 1, sp.end})
		return k, ok
	case op.text == "=" && s.quantified(at) && s.closing(at+1) == sp.end-1:
		return s.anyOf(c, span{at + 2, sp.end - 1})
	case op.kw == "IN" && s.tok(at).text == "(" && s.value(at+1):
		return key{columns: []span{c}, values: []int{s.tok(at + 1).value}}, at+3 == sp.end && s.tok(at+2).text == ")"
	}
	return k, false
}

// quantified reports whether ANY or SOME and a parenthesis begin at i.
func (s *statement) quantified(i int) bool {
	return (s.tok(i).kw == "ANY" || s.tok(i).is("some")) && s.tok(i+1).text == "("
}

// anyOf reads the argument of col = ANY(…): ?, ?::type[] or ARRAY[?].
func (s *statement) anyOf(c, within span) (k key, ok bool) {
	at := within.begin
	if s.tok(at).kw == "ARRAY" && s.tok(at+1).text == "[" && s.value(at+2) {
		k = key{columns: []span{c}, values: []int{s.tok(at + 2).value}}
		return k, at+4 == within.end && s.tok(at+3).text == "]"
	}
	if !s.value(at) {
		return k, false
	}
	k = key{columns: []span{c}, values: []int{s.tok(at).value}, array: true}
	if at+1 == within.end {
		return k, true
	}
	if within.len() < 5 || s.tok(within.end-1).text != "]" || s.tok(within.end-2).text != "[" {
		return k, false
	}
	k.cast, ok = s.castTo(span{at + 1, within.end - 2})
	return k, ok
}

// castTo reads ::type, where the type is a name without arguments.
func (s *statement) castTo(sp span) (string, bool) {
	if sp.len() < 2 || s.tok(sp.begin).text != "::" || s.column(sp.begin+1).end != sp.end {
		return "", false
	}
	return s.str(span{sp.begin + 1, sp.end}), true
}

// rowEquality reads (a, b) = (?, ?) and (a, b) IN ((?, ?)).
func (s *statement) rowEquality(sp span) (k key, ok bool) {
	left := s.closing(sp.begin)
	right := span{left + 2, sp.end}
	switch {
	case s.tok(left+1).text == "=":
	case s.tok(left+1).kw == "IN" && s.tok(left+2).text == "(" && s.closing(left+2) == sp.end-1:
		right = span{left + 3, sp.end - 1}
	default:
		return k, false
	}
	if right.len() < 3 || s.tok(right.begin).text != "(" || s.closing(right.begin) != right.end-1 {
		return k, false
	}
	columns, values := s.split(span{sp.begin + 1, left}), s.split(span{right.begin + 1, right.end - 1})
	if len(columns) != len(values) {
		return k, false
	}
	for i, c := range columns {
		v := values[i]
		if s.column(c.begin) != c || v.len() != 1 || !s.value(v.begin) {
			return k, false
		}
		k.columns, k.values = append(k.columns, c), append(k.values, s.tok(v.begin).value)
	}
	return k, true
}

// where writes the WHERE clause with the keys of all turns.
func (w *writer) where(s *statement, c condition) {
	w.text(" WHERE ")
	w.conditions(s, c, func() { w.keys(s, c.key) })
}

// conditions writes the parts of a condition, with another comparison of the key.
func (w *writer) conditions(s *statement, c condition, key func()) {
	w.between(" AND ", len(c.rest)+1, func(i int) {
		switch {
		case i < c.at:
			w.part(s, c.rest[i])
		case i == c.at:
			key()
		default:
			w.part(s, c.rest[i-1])
		}
	})
}

// part writes a condition beside others, in parentheses if it needs them.
func (w *writer) part(s *statement, sp span) {
	if s.alternatives(sp) {
		w.text("(")
		w.span(s, sp)
		w.text(")")
		return
	}
	w.span(s, sp)
}

// keys writes the comparison of a key with the keys of all turns.
func (w *writer) keys(s *statement, k key) {
	if len(k.columns) > 1 {
		w.rows(s, k)
		return
	}
	w.span(s, k.columns[0])
	if s.dialect == fingerprint.PostgreSQL {
		w.text(" = ANY(")
		w.arg(Arg{Value: k.values[0], Turn: All})
		if k.cast != "" {
			w.text("::", k.cast, "[]")
		}
		w.text(")")
		return
	}
	w.text(" IN (")
	w.each(", ", func(turn int) { w.arg(Arg{Value: k.values[0], Turn: turn}) })
	w.text(")")
}

// rows writes (a, b) IN ((?, ?), …). SQLite needs VALUES there.
func (w *writer) rows(s *statement, k key) {
	w.text("(")
	w.spans(s, ", ", k.columns)
	w.text(") IN (")
	if s.dialect == fingerprint.SQLite {
		w.text("VALUES ")
	}
	w.each(", ", func(turn int) {
		w.text("(")
		w.between(", ", len(k.values), func(i int) { w.arg(Arg{Value: k.values[i], Turn: turn}) })
		w.text(")")
	})
	w.text(")")
}
