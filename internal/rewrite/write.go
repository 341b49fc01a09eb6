package rewrite

import "github.com/nplusgone/nplusgone/fingerprint"

// Write returns the statement that writes the rows of all turns.
func Write(l Loop) (*Rewrite, error) {
	s, err := parse(l.Dialect, l.Parsed)
	if err != nil {
		return nil, err
	}
	if s.readsItself() {
		return nil, refuse("it reads the table that it writes: a later turn may see what an earlier one wrote")
	}
	switch s.facts.Kind {
	case fingerprint.Insert:
		return insert(s, &l)
	case fingerprint.Update:
		return update(s, &l)
	case fingerprint.Delete:
		return remove(s, &l)
	}
	return nil, refuse("it is no INSERT, UPDATE or DELETE")
}

// remove deletes the rows of all keys.
func remove(s *statement, l *Loop) (*Rewrite, error) {
	c, err := s.keyed(l)
	if err == nil {
		err = s.unlimited(c)
	}
	if err != nil {
		return nil, err
	}
	return s.written(List, c, func(w *writer) { w.where(s, c) }), nil
}

// unlimited refuses MySQL's LIMIT of a statement that writes, unless it says nothing.
func (s *statement) unlimited(c condition) error {
	if s.facts.Limit && !s.onlyRow(c.key) {
		return refuse("LIMIT counts the rows of each key; of all keys together it would count others")
	}
	return nil
}

// written is a statement whose WHERE clause is another one.
func (s *statement) written(shape Shape, c condition, where func(w *writer)) *Rewrite {
	return &Rewrite{Shape: shape, dialect: s.dialect, build: func(w *writer) {
		w.span(s, span{0, s.where.begin})
		where(w)
		if !s.facts.Limit {
			w.clause(s, s.order)
		}
		w.clause(s, s.returns)
	}}
}

// readsItself reports whether the statement writes a table that it also reads other than to find the rows to write.
func (s *statement) readsItself() bool {
	if len(s.facts.Writes) != 1 {
		return true // a CTE writes, too
	}
	target := s.facts.Writes[0]
	depth := 0
	for i := 1; i < s.end; i++ {
		switch s.tok(i).text {
		case "(":
			depth++
		case ")":
			depth--
		}
		if depth == 0 && s.facts.Kind != fingerprint.Insert {
			continue
		}
		switch prev := s.tok(i - 1); {
		case prev.kw == "FROM", prev.kw == "JOIN", prev.text == ",":
			if c := s.column(i); !c.empty() && s.str(c) == target {
				return true
			}
		}
	}
	return false
}
