package rewrite

import (
	"slices"
	"strings"
)

// Columns returns the query with only some of its columns, in the order of the query. It assumes that the code does not use
// the others; code that scans by position has to be changed with it.
func Columns(q Query, keep []Column) (*Rewrite, error) {
	s, err := readable(q.Dialect, q.Parsed)
	if err != nil {
		return nil, err
	}
	f := s.facts
	switch {
	case len(keep) == 0:
		return nil, refuse("no column is used")
	case f.Distinct:
		return nil, refuse("DISTINCT compares all columns")
	case !f.GroupBy && (len(f.Aggregates) > 0 || !s.having.empty()):
		return nil, refuse("an aggregate makes one row of all")
	case s.positional():
		return nil, refuse("it names columns by their position")
	case f.Limit && s.limit.empty():
		return nil, refuse("TOP limits the rows in the select list")
	}
	kept := make(map[int]term)
	for _, c := range keep {
		at, t, err := s.resultColumn(c, q.Names)
		if err != nil {
			return nil, err
		}
		kept[at] = t
	}
	if err := s.droppable(kept); err != nil {
		return nil, err
	}
	var order []int
	for at := range kept {
		order = append(order, at)
	}
	slices.Sort(order)
	return newRewrite(s, ShapeColumns, func(w *writer) {
		w.span(s, span{0, s.list().begin})
		w.text(" ")
		w.between(", ", len(order), func(i int) { w.term(s, kept[order[i]]) })
		w.clause(s, span{s.list().end, s.end})
	}), nil
}

// droppable refuses to drop columns that ORDER BY, GROUP BY or HAVING may name, that change how many rows there are, or
// that call what has an effect.
func (s *statement) droppable(kept map[int]term) error {
	items := s.split(s.list())
	if s.onlyStar(items) {
		return nil
	}
	for i, item := range items {
		if _, ok := kept[i]; ok {
			continue
		}
		if s.calls(item, foreign, generator, session) != "" {
			return refuse("a column that is not used calls a function that may do more than return a value")
		}
		alias := s.alias(item)
		if alias == "" {
			continue
		}
		for _, t := range s.toks[item.end:] {
			if strings.EqualFold(plainName(t), alias) {
				return refuse("%s may be used in the statement itself", alias)
			}
		}
	}
	return nil
}

// onlyStar reports whether the select list is a single star.
func (s *statement) onlyStar(items []span) bool { return len(items) == 1 && s.star(items[0]) }
