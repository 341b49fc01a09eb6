package rewrite

import "strings"

// An Aggregate is one value that the program computes of all rows.
type Aggregate struct {
	Func string // sum, max, min, avg or count
	Expr string // what is aggregated, see [Expression]; empty for count
}

// Fold returns the SELECT that computes aggregates over the rows of a query, over those that meet the conditions if there
// are any. It assumes that the code does nothing else with the rows, and that adding in another order or type makes no
// difference. Columns in by make groups: one row for each combination of their values.
func Fold(q Query, aggregates []Aggregate, by []Column, conditions ...Condition) (*Rewrite, error) {
	s, err := foldable(q)
	if err != nil {
		return nil, err
	}
	r := newRewrite(s, ShapeFold, nil)
	f, err := r.fold(s, aggregates, conditions, q.Names)
	if err != nil {
		return nil, err
	}
	var groups []term
	for _, c := range by {
		t, err := s.conditionColumn(c, q.Names)
		if err != nil {
			return nil, err
		}
		groups = append(groups, t)
		r.Keys = append(r.Keys, t.column)
	}
	r.build = func(w *writer) {
		w.beforeVerb(s)
		w.text("SELECT ")
		for _, t := range groups {
			w.term(s, t)
			w.text(", ")
		}
		f.list(w)
		w.clause(s, s.from)
		switch {
		case s.where.empty() && f.where == nil:
		case s.where.empty():
			w.text(" WHERE ")
			f.where(w)
		default:
			w.text(" WHERE ")
			if f.where == nil {
				w.span(s, span{s.where.begin + 1, s.where.end})
				break
			}
			w.part(s, span{s.where.begin + 1, s.where.end})
			w.text(" AND ")
			f.where(w)
		}
		if len(groups) > 0 {
			w.text(" GROUP BY ")
			w.between(", ", len(groups), func(i int) { w.term(s, groups[i]) })
		}
	}
	return r, nil
}

// FoldByKey returns the SELECT that computes aggregates over the rows of each key, for a loop whose code does nothing else
// with the rows of each result. Its assumptions are those of Fold and of ByKeys.
func FoldByKey(l Loop, aggregates []Aggregate, conditions ...Condition) (*Rewrite, error) {
	return foldByKey(l, ShapeGrouped, aggregates, conditions)
}

func foldByKey(l Loop, shape Shape, aggregates []Aggregate, conditions []Condition) (*Rewrite, error) {
	s, err := foldable(Query{Dialect: l.Dialect, Parsed: l.Parsed})
	if err != nil {
		return nil, err
	}
	c, err := s.readKey(&l)
	switch {
	case err != nil:
		return nil, err
	case c.key.many:
		return nil, refuse("it takes a list of keys already, and computes one result for each list")
	}
	r := newRewrite(s, shape, nil)
	f, err := r.fold(s, aggregates, conditions, l.Names)
	if err != nil {
		return nil, err
	}
	for _, column := range c.key.columns {
		r.Keys = append(r.Keys, s.bare(column))
	}
	r.build = func(w *writer) {
		w.beforeVerb(s)
		w.text("SELECT ")
		w.spans(s, ", ", c.key.columns)
		w.text(", ")
		f.list(w)
		w.clause(s, s.from)
		w.where(s, c)
		if f.where != nil {
			w.text(" AND ")
			f.where(w)
		}
		w.text(" GROUP BY ")
		w.spans(s, ", ", c.key.columns)
	}
	if f.counts {
		r.note("A key without rows is missing from the result: its count is 0.")
	} else {
		r.note("A key without rows is missing from the result.")
	}
	r.read(s, &l, c)
	return r, nil
}

// foldable parses a SELECT whose rows an aggregate may take directly.
func foldable(q Query) (*statement, error) {
	s, err := rowsOf(q)
	if err != nil {
		return nil, err
	}
	f := s.facts
	switch {
	case f.Limit || f.Offset:
		return nil, refuse("LIMIT chooses the rows that are aggregated")
	case f.Distinct:
		return nil, refuse("DISTINCT chooses the rows that are aggregated")
	case f.GroupBy || len(f.Aggregates) > 0:
		return nil, refuse("the rows are groups already")
	case s.multiplies():
		return nil, refuse("its select list may change how many rows there are")
	}
	return s, nil
}

// A fold is what computes aggregates.
type fold struct {
	list   func(w *writer)
	where  func(w *writer) // nil for no condition
	counts bool            // there is nothing but a count
}

// fold reads aggregates and conditions, and notes what they are of no rows.
func (r *Rewrite) fold(s *statement, aggregates []Aggregate, conditions []Condition, names []string) (f fold, err error) {
	if len(aggregates) == 0 {
		return f, refuse("what the code computes is not read")
	}
	f.counts = true
	var parts []func(w *writer)
	var nulls []string
	for _, a := range aggregates {
		name := strings.ToLower(a.Func)
		if name == "count" && a.Expr == "" {
			parts = append(parts, func(w *writer) { w.text("count(*)") })
			continue
		}
		f.counts = false
		before, after := name+"(", ")"
		switch name {
		case "sum":
			before, after = "coalesce(sum(", "), 0)" // of no rows it is NULL
		case "max", "min", "avg":
			nulls = append(nulls, name)
		default:
			return f, refuse("SQL has no aggregate %s", a.Func)
		}
		e, _, err := s.expression(a.Expr, names)
		if err != nil {
			return f, err
		}
		for _, t := range e {
			if t.operand {
				return f, refuse("the source computes it with a value of the program")
			}
		}
		parts = append(parts, func(w *writer) {
			w.text(before)
			w.expression(s, e)
			w.text(after)
		})
	}
	if len(nulls) > 0 {
		r.note("%s is NULL if there are no rows, and ignores rows whose value is NULL.", strings.Join(nulls, " and "))
	}
	if len(conditions) > 0 {
		if f.where, err = r.filters(s, conditions, names); err != nil {
			return f, err
		}
	}
	f.list = func(w *writer) { w.between(", ", len(parts), func(i int) { parts[i](w) }) }
	return f, nil
}
