package rewrite

import (
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone/fingerprint"
)

// Assign returns the UPDATE that computes a column's new value itself, for code that reads the column, computes the value
// and writes it back: UPDATE posts SET views = views + 1. read is the SELECT of the row, column the column that UPDATE
// sets, text how the source computes it (see [Expression]).
//
// It assumes that both statements are about the same row and that the expression is all that the code computes. Other
// columns that the UPDATE sets keep their arguments.
func Assign(read Query, update *fingerprint.Parsed, column, text string) (*Rewrite, error) {
	s, err := readable(read.Dialect, read.Parsed)
	if err != nil {
		return nil, err
	}
	u, err := parse(read.Dialect, update)
	switch {
	case err != nil:
		return nil, err
	case u.facts.Kind != fingerprint.Update || u.set.empty():
		return nil, refuse("it is no UPDATE")
	case len(s.facts.Tables) != 1 || s.facts.Join || !slices.Equal(s.facts.Tables, u.facts.Tables) || !u.from.empty() || u.verb > 0 || u.facts.Subquery:
		return nil, refuse("the two statements are not about one and the same table")
	}
	e, _, err := s.expression(text, read.Names)
	if err != nil {
		return nil, err
	}
	columns, values, ok := u.assignments()
	at := -1
	for i, c := range columns {
		if strings.EqualFold(plainName(u.tok(c.end-1)), column) {
			if at >= 0 {
				return nil, refuse("the UPDATE sets %s twice", column)
			}
			at = i
		}
	}
	switch {
	case !ok:
		return nil, refuse("what the UPDATE sets is not read")
	case at < 0 || values[at].len() != 1 || !u.value(values[at].begin):
		return nil, refuse("the UPDATE does not set %s to an argument", column)
	}
	for i, c := range columns {
		name := u.bare(c)
		if i != at && slices.ContainsFunc(e, func(t term) bool { return t.column != "" && strings.EqualFold(t.column, name) }) {
			return nil, refuse("the UPDATE also sets %s, from which it would compute", name)
		}
	}
	replaced := u.tok(values[at].begin).value
	r := newRewrite(u, ShapeAssign, func(w *writer) {
		w.holes = map[int]func(){replaced: func() {
			for _, t := range e {
				if t.column != "" {
					w.text(t.column)
					continue
				}
				w.term(s, t)
			}
		}}
		w.span(u, span{0, u.end})
		w.holes = nil
	})
	r.Replaces = []string{read.Parsed.Text, update.Text}
	return r, nil
}
