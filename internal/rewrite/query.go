package rewrite

import (
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone/fingerprint"
)

// A Query is a SELECT whose rows the program processes.
type Query struct {
	Dialect fingerprint.Dialect
	Parsed  *fingerprint.Parsed
	Names   []string // columns of the result as the driver reported them; nil for unknown
}

// A Column is a column of a result.
type Column struct {
	Index   int    // position in the result, counted from 0; negative if only the name is known
	Name    string // used if Index is negative, without regard to case
	NotNull bool   // the code or the schema says that it is never NULL: the code scans it into a plain type
}

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
