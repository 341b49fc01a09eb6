package rewrite

import (
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone/fingerprint"
)

// ByKeys returns the SELECT that fetches the rows of all turns: the same rows for each key, with the key among the columns.
// It assumes that the code assigns the rows to their turns by the columns in Keys, and that no turn writes what a later one
// reads.
//
// A count or another aggregate is grouped by the key, a LIMIT becomes row_number(), and a look-up of one row becomes a list
// of which the code keeps the first row of each key.
func ByKeys(l Loop) (*Rewrite, error) {
	s, err := readable(l.Dialect, l.Parsed)
	if err != nil {
		return nil, err
	}
	if r, err := existsOf(s, &l); r != nil || err != nil {
		return r, err
	}
	if r, err := whole(s, &l); r != nil || err != nil {
		return r, err
	}
	c, err := s.readKey(&l)
	if err == nil {
		err = s.perKey(c)
	}
	if err != nil {
		return nil, err
	}
	f := s.facts
	switch {
	case len(f.Aggregates) > 0 || f.GroupBy || !s.having.empty():
		return grouped(s, &l, c)
	case c.key.many && f.Distinct:
		return nil, refuse("it takes a list of keys already, and DISTINCT drops rows of each list")
	case !f.Limit && !f.Offset && !(s.asksForOne() && (f.Distinct || l.Unique)):
		return listed(s, &l, c), nil
	case c.key.many:
		return nil, refuse("it takes a list of keys already, and limits the rows of each list")
	case f.Offset:
		return nil, refuse("OFFSET skips rows of each key, which one statement for all keys cannot do")
	case s.asksForOne() && (l.limitOne() || l.Unique || f.Distinct):
		return existsKeys(s, &l, c, 0), nil
	case l.Unique, l.limitOne() && s.looksUp(c.key):
		return first(s, &l, c)
	}
	return ranked(s, &l, c)
}

// perKey refuses a SELECT whose result for all keys is not the results for each key, one after the other.
func (s *statement) perKey(c condition) error {
	switch {
	case s.facts.Limit && s.limit.empty():
		return refuse("TOP counts the rows of each statement")
	case s.has(s.list(), "OVER") || s.has(s.order, "OVER") || !s.window.empty():
		return refuse("a window function would see the rows of all keys")
	case s.distinctOn():
		return refuse("DISTINCT ON keeps one row of all keys together")
	case s.positional():
		return refuse("it names columns by their position, which another column would change")
	case s.shadowed(c.key):
		return refuse("the result has another column with the name of the key")
	}
	return nil
}

// distinctOn reports whether DISTINCT is PostgreSQL's DISTINCT ON.
func (s *statement) distinctOn() bool {
	return s.tok(s.verb+1).kw == "DISTINCT" && s.tok(s.verb+2).kw == "ON"
}

// asksForOne reports whether the select list is a constant, as in SELECT 1.
func (s *statement) asksForOne() bool { return slices.Equal(s.facts.Columns, []string{"?"}) }

// looksUp reports whether ORDER BY does not choose between rows as the latest row does: there is none, it orders by the
// key, or by one column upward, which data layers add to a look-up by key.
func (s *statement) looksUp(k key) bool {
	if s.order.empty() {
		return true
	}
	items := s.split(span{s.order.begin + 2, s.order.end})
	if len(items) == 1 && s.column(items[0].begin).len() > 0 && !s.has(items[0], "DESC") {
		return true
	}
	return !slices.ContainsFunc(items, func(item span) bool {
		return !slices.ContainsFunc(k.columns, func(c span) bool { return s.str(c) == s.str(s.column(item.begin)) })
	})
}

// listed compares the key with a list.
func listed(s *statement, l *Loop, c condition) *Rewrite {
	key := s.selects(c.key)
	r := newRewrite(s, ShapeList, func(w *writer) {
		w.head(s, key)
		w.clause(s, s.from)
		w.where(s, c)
		w.clause(s, s.order)
	})
	r.Keys = key.labels
	r.read(s, l, c)
	return r
}

// read notes what every SELECT for many keys needs from the code.
func (r *Rewrite) read(s *statement, l *Loop, c condition) {
	if c.key.many || c.key.array {
		r.note("The statement takes a list already: pass the keys of all turns in one call.")
	}
	r.equal(s, l, c)
	if l.ignoresCase(c.key) {
		r.note("Assign rows to keys as the database compares them: it may ignore the case of text.")
	}
}

// first fetches the rows of all keys in the order of the loop's statement; the code keeps the first of each key.
func first(s *statement, l *Loop, c condition) (*Rewrite, error) {
	if name := s.calls(s.list(), foreign); name != "" && !l.Unique {
		return nil, refuse("it calls %s for one row of each key", name)
	}
	r := listed(s, l, c)
	if !l.Unique {
		r.note("If a key matches several rows, use the first of them, as LIMIT 1 does.")
	}
	return r, nil
}

// existsKeys selects the keys that have a row, after the tokens from begin up to the verb.
func existsKeys(s *statement, l *Loop, c condition, begin int) *Rewrite {
	r := newRewrite(s, ShapeKeys, func(w *writer) {
		w.span(s, span{begin, s.verb})
		if s.verb > begin {
			w.text(" ")
		}
		w.text("SELECT DISTINCT ")
		w.spans(s, ", ", c.key.columns)
		w.clause(s, s.from)
		w.where(s, c)
	})
	for _, column := range c.key.columns {
		r.Keys = append(r.Keys, s.bare(column))
	}
	r.note("A key without a row is missing from the result.")
	r.read(s, l, c)
	return r
}

// existsOf reads SELECT EXISTS (SELECT … WHERE key = ?); it returns nil if the statement is none.
func existsOf(outer *statement, l *Loop) (*Rewrite, error) {
	i := outer.list().begin
	if !outer.from.empty() || outer.tok(i).kw != "EXISTS" || outer.tok(i+1).text != "(" {
		return nil, nil
	}
	end := outer.closing(i + 1)
	if rest := outer.end - end - 1; end >= outer.end || rest != 0 && !(rest == 2 && outer.tok(end+1).kw == "AS") {
		return nil, nil
	}
	s := &statement{dialect: outer.dialect, parsed: outer.parsed, facts: outer.facts, toks: outer.toks[:end], end: end, verb: -1}
	if err := s.part(i+2, end); err != nil {
		return nil, err
	}
	if err := s.existence(); err != nil || outer.verb > 0 {
		return nil, refuse("the subquery of EXISTS does more than look for a row")
	}
	c, err := s.readKey(l)
	if err != nil {
		return nil, err
	}
	if c.key.many {
		return nil, refuse("it asks for each list of keys, not for each key")
	}
	return existsKeys(s, l, c, i+2), nil
}

// existence refuses a SELECT that may have a row though its tables have none, or none though they have one.
func (s *statement) existence() error {
	list := s.list()
	switch {
	case s.tok(s.verb).kw != "SELECT", s.from.empty():
		return refuse("it reads no table")
	case !s.group.empty() || !s.having.empty() || !s.window.empty() || s.distinctOn():
		return refuse("it groups the rows that it looks for")
	case s.has(s.limit, "OFFSET") || s.comma(s.limit):
		return refuse("OFFSET skips rows of each key")
	case s.calls(list, foreign, generator, session) != "", s.has(list, "SELECT"):
		return refuse("its select list may change how many rows there are")
	}
	for i := list.begin; i < list.end; i++ {
		if s.called(i) && s.aggregate(s.tok(i)) {
			return refuse("an aggregate always returns a row")
		}
	}
	return nil
}

// comma reports whether the span holds a comma.
func (s *statement) comma(sp span) bool {
	return slices.ContainsFunc(s.toks[sp.begin:sp.end], func(t tok) bool { return t.text == "," })
}

// whole returns the statement as it is, where the value that varies is a list in a form that is not rewritten: unnest(?),
// json_each(?), FIND_IN_SET(col, ?). It returns nil if there is no such value.
func whole(s *statement, l *Loop) (*Rewrite, error) {
	lists, others := 0, 0
	for i, t := range s.toks {
		switch {
		case t.value < 0 || !l.varies(t.value):
		case s.holdsList(i):
			lists++
		default:
			others++
		}
	}
	f := s.facts
	switch {
	case lists == 0:
		return nil, nil
	case lists > 1 || others > 0:
		return nil, refuse("more than the list of keys differs from turn to turn")
	case len(f.Aggregates) > 0, f.GroupBy, f.Limit, f.Offset, f.Distinct, s.has(s.list(), "OVER"):
		return nil, refuse("it takes a list of keys already, and computes one result for each list")
	}
	r := newRewrite(s, ShapeWhole, func(w *writer) { w.span(s, span{0, s.end}) })
	r.note("The statement takes a list already: pass the keys of all turns in one call, and select the key to assign the rows.")
	r.equal(s, l, condition{})
	return r, nil
}

// ListValues returns the positions of the values that are lists of keys, or become one: IN (…), = ANY(?),
// unnest(?), json_each(?), FIND_IN_SET(col, ?). It returns nil if the statement is not read.
func ListValues(d fingerprint.Dialect, p *fingerprint.Parsed) (values []int) {
	s, err := parse(d, p)
	if err != nil {
		return nil
	}
	for i, t := range s.toks {
		if t.value < 0 {
			continue
		}
		v := s.facts.Values[t.value]
		if s.holdsList(i) || v.Role == fingerprint.RoleKey && (v.List || s.quantified(s.opening(i)-1)) {
			values = append(values, t.value)
		}
	}
	return values
}

// holdsList reports whether the value at token i is handed to something that makes a list of it.
func (s *statement) holdsList(i int) bool {
	open := s.opening(i)
	if open < 1 {
		return false
	}
	before := s.tok(open - 1)
	if before.is("of") && s.tok(open-2).is("member") {
		return true
	}
	return slices.Contains(listFunctions, strings.ToLower(before.text))
}

// listFunctions make rows or a list of one argument.
var listFunctions = []string{
	"unnest", "find_in_set", "string_to_array", "string_to_table", "regexp_split_to_table", "regexp_split_to_array", "string_split", "openjson",
	"json_each", "json_each_text", "jsonb_each", "jsonb_each_text", "json_table", "json_array_elements", "json_array_elements_text",
	"jsonb_array_elements", "jsonb_array_elements_text", "json_populate_recordset", "jsonb_populate_recordset", "json_to_recordset", "jsonb_to_recordset",
}
