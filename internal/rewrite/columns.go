package rewrite

import (
	"slices"
	"strings"
)

// A Column is a column of a result.
type Column struct {
	Index   int    // position in the result, counted from 0; negative if only the name is known
	Name    string // used if Index is negative, without regard to case
	NotNull bool   // the code or the schema says that it is never NULL: the code scans it into a plain type
}

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

// A term is a piece of SQL in a rewrite: tokens of the statement, text that the rewrite makes, or an operand.
type term struct {
	sp      span
	text    string // used if it is not empty
	column  string // the name of the column that the term is, without its table; empty if it is no column
	operand bool   // a value of the program
	n       int    // the position of the operand among those of the caller
}

// term writes a term.
func (w *writer) term(s *statement, t term) {
	switch {
	case t.operand:
		w.arg(Arg{Value: t.n, Program: true})
	case t.text != "":
		w.text(t.text)
	default:
		w.span(s, t.sp)
	}
}

// resultColumn returns the position of a column in the result and how the select list writes it.
func (s *statement) resultColumn(c Column, names []string) (at int, t term, err error) {
	items := s.split(s.list())
	stars := slices.ContainsFunc(items, s.star)
	if names == nil && !stars {
		for _, item := range items {
			names = append(names, s.label(item))
		}
	}
	at = c.Index
	if at < 0 {
		at = slices.IndexFunc(names, func(n string) bool { return n != "" && strings.EqualFold(n, c.Name) })
		if at < 0 {
			return 0, t, refuse("the result has no column that is surely called %s", c.Name)
		}
		if slices.ContainsFunc(names[at+1:], func(n string) bool { return strings.EqualFold(n, c.Name) }) {
			return 0, t, refuse("the result has several columns called %s", c.Name)
		}
	}
	switch {
	case !stars && at >= len(items), stars && at >= len(names):
		return 0, t, refuse("the result has fewer columns than the code reads")
	case !stars:
		return at, term{sp: items[at]}, nil
	case !s.onlyStar(items):
		return 0, t, refuse("the select list mixes a star with other columns")
	case names[at] == "":
		return 0, t, refuse("a column of the result has no name")
	}
	name := quoteName(s.dialect, names[at])
	if star := items[0]; star.len() > 1 {
		return at, term{text: s.str(span{star.begin, star.end - 1}) + name, column: name}, nil
	}
	if s.facts.Join {
		return 0, t, refuse("* stands for the columns of several tables")
	}
	return at, term{text: name, column: name}, nil
}

// conditionColumn returns how a condition or an expression writes a column of the result: without its alias. A computed
// column is refused.
func (s *statement) conditionColumn(c Column, names []string) (term, error) {
	_, t, err := s.resultColumn(c, names)
	if err != nil || t.text != "" {
		return t, err
	}
	column := s.column(t.sp.begin)
	if rest := t.sp.end - column.end; column.empty() || rest > 2 || s.label(t.sp) == "" {
		return t, refuse("a column of the result is computed")
	}
	return term{sp: column, column: s.bare(column)}, nil
}
