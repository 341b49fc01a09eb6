package rewrite

import (
	"strings"

	"github.com/nplusgone/nplusgone/fingerprint"
)

// grouped computes an aggregate for each key.
func grouped(s *statement, l *Loop, c condition) (*Rewrite, error) {
	f := s.facts
	switch {
	case c.key.many:
		return nil, refuse("it computes an aggregate for each list of keys, not for each key")
	case f.Offset:
		return nil, refuse("OFFSET skips groups of each key")
	case f.GroupBy && f.Limit:
		return nil, refuse("LIMIT counts the groups of each key")
	case f.GroupBy && s.groupsSpecially():
		return nil, refuse("its groups are made of more than columns")
	case !f.GroupBy && !s.having.empty():
		return nil, refuse("HAVING drops the result of some keys")
	case !f.GroupBy && f.Distinct:
		return nil, refuse("it mixes DISTINCT with aggregates")
	case !f.GroupBy && !s.aggregatesOnly():
		return nil, refuse("its select list mixes aggregates with columns")
	}
	key := s.selects(c.key)
	r := newRewrite(s, ShapeGrouped, func(w *writer) {
		w.head(s, key)
		w.clause(s, s.from)
		w.where(s, c)
		w.text(" GROUP BY ")
		w.spans(s, ", ", c.key.columns)
		if f.GroupBy {
			w.text(", ")
			w.span(s, span{s.group.begin + 2, s.group.end})
			w.clause(s, s.having)
			w.clause(s, s.order)
		}
	})
	r.Keys = key.labels
	if !f.GroupBy {
		r.note("%s", s.withoutRows())
	}
	r.read(s, l, c)
	return r, nil
}

// withoutRows says what the aggregates of a key without rows are.
func (s *statement) withoutRows() string {
	counts, others, computed := 0, 0, 0
	for _, item := range s.split(s.list()) {
		if s.alias(item) != "" && s.tok(item.end-2).kw == "AS" {
			item.end -= 2
		}
		switch first := s.tok(item.begin); {
		case s.tok(item.begin+1).text != "(" || s.closing(item.begin+1) != item.end-1 || !s.aggregate(first):
			computed++
		case first.is("count"):
			counts++
		default:
			others++
		}
	}
	switch {
	case others+computed == 0:
		return "A key without rows is missing from the result: its count is 0."
	case counts+computed == 0:
		return "A key without rows is missing from the result: its value is NULL."
	}
	return "A key without rows is missing from the result: over no rows a count is 0 and other aggregates are NULL."
}

// groupsSpecially reports whether GROUP BY holds more than names and expressions: ROLLUP, GROUPING SETS, a position.
func (s *statement) groupsSpecially() bool {
	if s.has(s.group, "WITH") || s.has(s.group, "ALL") {
		return true
	}
	for _, item := range s.split(span{s.group.begin + 2, s.group.end}) {
		t := s.tok(item.begin)
		if t.value >= 0 && item.len() == 1 {
			return true
		}
		switch strings.ToLower(t.text) {
		case "rollup", "cube", "grouping", "(":
			return true
		}
	}
	return false
}

// aggregate reports whether a token is the name of an aggregate function.
func (s *statement) aggregate(t tok) bool {
	return t.kind == fingerprint.Word && len(fingerprint.Parse(s.dialect, "SELECT "+t.text+"(x) FROM t").Facts.Aggregates) > 0
}

// aggregatesOnly reports whether every item of the select list is computed by an aggregate.
func (s *statement) aggregatesOnly() bool {
	for _, item := range s.split(s.list()) {
		made := false
		for i := item.begin; i < item.end; i++ {
			if s.tok(i).kw == "SELECT" {
				return false
			}
			made = made || s.called(i) && s.aggregate(s.tok(i))
		}
		if !made {
			return false
		}
	}
	return true
}

// CountByKey returns the SELECT that counts the rows of each key, for a loop whose code uses nothing but the number of
// rows of each result. It assumes that every result is read to its end.
func CountByKey(l Loop) (*Rewrite, error) {
	return foldByKey(l, ShapeGrouped, []Aggregate{{Func: "count"}}, nil)
}

// ExistsByKey returns the SELECT of the keys that have a row, for a loop whose code asks of each result only whether it has
// a row.
func ExistsByKey(l Loop) (*Rewrite, error) {
	s, err := readable(l.Dialect, l.Parsed)
	if err != nil {
		return nil, err
	}
	if r, err := existsOf(s, &l); r != nil || err != nil {
		return r, err
	}
	if err := s.existence(); err != nil {
		return nil, err
	}
	c, err := s.readKey(&l)
	switch {
	case err != nil:
		return nil, err
	case c.key.many:
		return nil, refuse("it asks for each list of keys, not for each key")
	}
	return existsKeys(s, &l, c, 0), nil
}
