package rewrite

import (
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone/fingerprint"
)

// Write returns the INSERT, UPDATE or DELETE that writes the rows of all turns. It assumes that no turn reads what an
// earlier one wrote in other ways than by its own statement, and that the turns run without an error: one row that fails
// makes the statement for all rows fail.
//
// Values that were equal in this run are written for each row, unless they are constant.
func Write(l Loop) (*Rewrite, error) {
	s, err := parse(l.Dialect, l.Parsed)
	switch {
	case err != nil:
		return nil, err
	case s.facts.Within != fingerprint.Other:
		return nil, refuse("it is a query whose CTE writes")
	case s.facts.Kind == fingerprint.Select:
		return nil, refuse("it is no INSERT, UPDATE or DELETE")
	case len(s.facts.Writes) != 1:
		return nil, refuse("it writes several tables")
	case s.readsItself():
		return nil, refuse("it reads the table that it writes: a later turn may see what an earlier one wrote")
	}
	if name := s.callsIn(foreign, session); name != "" {
		return nil, refuse("it calls %s, which may see what an earlier turn wrote", name)
	}
	var r *Rewrite
	switch s.facts.Kind {
	case fingerprint.Insert:
		r, err = insert(s, &l)
	case fingerprint.Update:
		r, err = update(s, &l)
	case fingerprint.Delete:
		r, err = remove(s, &l)
	default:
		err = refuse("it is no INSERT, UPDATE or DELETE")
	}
	if err != nil {
		return nil, err
	}
	switch {
	case r.Repeats == RepeatsRefused && l.Repeats:
		return nil, refuse("some key occurs in two turns, and both have an effect")
	case r.Repeats == RepeatsRefused:
		r.note("Each key must occur once.")
	case r.Repeats == RepeatsLast:
		r.note("Each key must occur once: of a key that occurs in several turns, use the last turn.")
	}
	if r.Repeats != RepeatsHarmless && r.ignoresCase {
		r.note("Compare the keys as the database does: it may ignore the case of text.")
	}
	if name := s.callsIn(clock); name != "" {
		r.note("All rows get the same time from %s.", name)
	}
	return r, nil
}

// callsIn returns the first function of a class that the statement calls; "" for none. Names that a list of columns follows
// are no calls.
func (s *statement) callsIn(of ...class) string {
	for _, sp := range [...]span{{0, max(s.verb, 0)}, s.values, s.set, s.from, s.using, s.where, s.group, s.having, s.order, s.conflict, s.returns} {
		for i := sp.begin; i < sp.end; i++ {
			if s.tok(i-1).kw == "AS" || s.tok(i-1).kw == "INTO" {
				continue
			}
			if name := s.calls(span{i, i + 1}, of...); name != "" {
				return name
			}
		}
	}
	return ""
}

// readsItself reports whether the statement names the table that it writes more than once.
func (s *statement) readsItself() bool {
	target, times := "", 0
	for t := range fingerprint.Tokens(s.dialect, s.facts.Writes[0]) {
		target = plainName(tok{text: s.facts.Writes[0][t.Start:t.End], kind: t.Kind})
	}
	s.tables(func(c span) {
		if strings.EqualFold(plainName(s.tok(c.end-1)), target) {
			times++
		}
	})
	return times > 1
}

// tables visits the names in the positions of tables, at any depth.
func (s *statement) tables(visit func(c span)) {
	type level struct{ listing, expected bool } // within a list of tables; the next token names one
	stack := []level{{}}
	for i := range s.end {
		top := &stack[len(stack)-1]
		t := s.tok(i)
		switch {
		case t.text == "(" || t.text == "[":
			stack = append(stack, level{listing: top.listing && top.expected, expected: top.listing && top.expected})
			top.expected = false
		case t.text == ")" || t.text == "]":
			if len(stack) > 1 {
				stack = stack[:len(stack)-1]
			}
		case t.text == ",":
			top.expected = top.listing
		case slices.Contains(tableWords, t.kw) && !(t.kw == "FROM" && s.tok(i-1).kw == "DISTINCT"):
			top.listing, top.expected = true, true
		case t.kw == "ONLY" || t.kw == "LATERAL" || t.kw == "AS" || t.kw == "LEFT" || t.kw == "RIGHT" || t.kw == "INNER" || t.kw == "CROSS" || t.kw == "OUTER":
		case t.kw == "ON" && s.tok(i+1).kw != "CONFLICT" && s.tok(i+1).kw != "DUPLICATE":
			top.listing, top.expected = true, false // a comma may follow the condition of a join
		case t.kw != "":
			top.listing, top.expected = false, false
		case top.expected:
			if c := s.column(i); !c.empty() {
				visit(c)
			}
			top.expected = false
		}
	}
}

// tableWords precede the name of a table.
var tableWords = []string{"FROM", "JOIN", "INTO", "UPDATE", "USING", "STRAIGHT_JOIN"}

// remove deletes the rows of all keys.
func remove(s *statement, l *Loop) (*Rewrite, error) {
	c, err := s.writeKey(l)
	if err == nil {
		err = s.unlimited(l)
	}
	if err != nil {
		return nil, err
	}
	return s.written(ShapeList, l, c, nil)
}

// unlimited refuses the LIMIT of a MySQL statement that writes, unless a key matches one row.
func (s *statement) unlimited(l *Loop) error {
	if !s.limit.empty() && !l.Unique {
		return refuse("LIMIT counts the rows of each key")
	}
	return nil
}

// written returns the statement with the keys of all turns in its WHERE clause, and with the key in RETURNING. set writes
// what an UPDATE sets; nil leaves it as it is.
func (s *statement) written(shape Shape, l *Loop, c condition, set func(w *writer)) (*Rewrite, error) {
	returns, labels, err := s.returning(c.key)
	if err != nil {
		return nil, err
	}
	r := newRewrite(s, shape, func(w *writer) {
		if set == nil {
			w.span(s, span{0, s.where.begin})
		} else {
			w.span(s, span{0, s.set.begin + 1})
			set(w)
			w.clause(s, span{s.set.end, s.where.begin})
		}
		w.where(s, c)
		if s.limit.empty() {
			w.clause(s, s.order)
		}
		returns(w)
	})
	r.Keys, r.ignoresCase = labels, l.ignoresCase(c.key)
	if c.key.many || c.key.array {
		r.note("The statement takes a list already: pass the keys of all turns in one call.")
	}
	return r, r.result(s, l)
}

// result notes how the result is used of each UPDATE or DELETE, or refuses if the code uses it.
func (r *Rewrite) result(s *statement, l *Loop) error {
	switch {
	case l.Result == Unused:
	case !s.returns.empty():
		r.note("RETURNING returns the rows of all keys: assign them by the key.")
	case l.Result == Used:
		return refuse("the code uses the result of each statement, such as RowsAffected")
	default:
		r.note("RowsAffected is the number of rows of all keys.")
	}
	return nil
}

// returning returns what writes RETURNING with the columns of the key, and what the result calls them.
func (s *statement) returning(k key) (write func(w *writer), labels []string, err error) {
	if s.returns.empty() {
		return func(*writer) {}, nil, nil
	}
	list := span{s.returns.begin + 1, s.returns.end}
	var missing []func(w *writer)
	for i, c := range k.columns {
		label := ""
		for _, item := range s.split(list) {
			if label = s.labelled(item, c); label != "" {
				break
			}
		}
		if label == "" {
			label = s.bare(c)
			switch {
			case s.dialect == fingerprint.SQLite && s.facts.Values[k.values[i]].Table != s.facts.Writes[0]:
				return nil, nil, refuse("RETURNING cannot return the key, which is in another table")
			case s.joins() && s.dialect != fingerprint.SQLite:
				missing = append(missing, func(w *writer) { w.span(s, c) })
			default: // SQLite knows no alias there
				missing = append(missing, func(w *writer) { w.text(label) })
			}
		}
		labels = append(labels, label)
	}
	return func(w *writer) {
		w.text(" RETURNING ")
		for _, write := range missing {
			write(w)
			w.text(", ")
		}
		w.span(s, list)
	}, labels, nil
}

// joins reports whether an UPDATE or DELETE reads another table beside the one that it writes.
func (s *statement) joins() bool {
	if s.facts.Kind == fingerprint.Delete {
		return !s.using.empty() || s.has(s.from, "JOIN") || s.has(s.from, "USING") || s.comma(s.from)
	}
	head := span{s.verb + 1, s.set.begin}
	return !s.from.empty() || s.has(head, "JOIN") || s.comma(head)
}
