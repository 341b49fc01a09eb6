package rewrite

import "github.com/nplusgone/nplusgone/fingerprint"

// Copy returns PostgreSQL's COPY for the rows that a loop inserts, for thousands of them. The driver sends the rows, with
// their values in the order of the columns. Its assumptions are those of Write.
func Copy(l Loop) (*Rewrite, error) {
	if l.Dialect != fingerprint.PostgreSQL || l.Parsed.Facts.Kind != fingerprint.Insert {
		return nil, refuse("COPY is PostgreSQL's, for INSERT")
	}
	s, err := parse(l.Dialect, l.Parsed)
	if err != nil {
		return nil, err
	}
	f := s.facts
	switch {
	case f.Upsert || f.Returning || s.values.empty() || s.tok(s.values.begin).kw != "VALUES" || s.verb > 0:
		return nil, refuse("COPY takes rows of plain values, without ON CONFLICT and RETURNING")
	case l.Result == Used:
		return nil, refuse("the code uses the result of each statement")
	case len(f.InsertColumns) == 0:
		return nil, refuse("the INSERT names no columns")
	case s.tok(s.values.begin+1).text != "(" || s.closing(s.values.begin+1) != s.values.end-1:
		return nil, refuse("it gives no rows of values")
	}
	for _, v := range s.split(span{s.values.begin + 2, s.values.end - 1}) {
		if v.len() != 1 || !s.value(v.begin) {
			return nil, refuse("COPY takes values only, no expressions")
		}
	}
	return newRewrite(s, ShapeCopy, func(w *writer) {
		w.text("COPY ")
		w.span(s, span{s.into.begin + 1, s.into.end})
		w.text(" FROM STDIN")
	}), nil
}
