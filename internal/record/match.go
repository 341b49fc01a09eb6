package record

// A ColumnMatch is a column of an earlier result that explains the values of a slot: they are a subsequence of the column's
// values in row order, where a row may be taken several times in a row. A loop may also go over the rows several times: each
// pass begins at the row that the first pass began at.
type ColumnMatch struct {
	Parent   *Group
	Column   int // index in Parent.Results.Names
	Matched  int // values that are explained
	Skipped  int // rows before the row of the latest value that were not taken
	Repeated int // values that took the row of the previous value again

	row    int // of the latest value; -1 before the first
	start  int // the row of the first value
	passes int // over the rows
}

// Unused returns how many rows follow the row of the latest value.
func (m *ColumnMatch) Unused() int { return int(m.Parent.Results.Rows) - 1 - m.row }

// match returns the columns that explain the first two values of a slot of g, the latest result first. Only results of
// statements before the first one of g count.
func (s *Scope) match(g *Group, first, second Mark) []ColumnMatch {
	if first == 0 || second == 0 {
		return nil
	}
	var found []ColumnMatch
	for i := len(s.groups) - 1; i >= 0 && len(found) < maxMatches; i-- {
		p := s.groups[i]
		if p == g || p.First >= g.First {
			continue
		}
		for c := range p.Results.Names {
			if !p.Results.mayHold(c, first) || !p.Results.mayHold(c, second) {
				continue
			}
			m := ColumnMatch{Parent: p, Column: c, row: -1, passes: 1}
			if m.follow(first) && m.follow(second) {
				found = append(found, m)
			}
		}
	}
	return found
}

// followAll removes the matches that do not explain the next value v.
func followAll(matches []ColumnMatch, v Mark) []ColumnMatch {
	kept := 0
	for i := range matches {
		if v == 0 || !matches[i].follow(v) {
			continue
		}
		if kept < i { // a match is large: it is copied only where another one was removed
			matches[kept] = matches[i]
		}
		kept++
	}
	return matches[:kept]
}

// follow moves m to the row that explains v, and reports whether there is one. A further pass needs two values in each pass so
// far: passes of one value have no order.
func (m *ColumnMatch) follow(v Mark) bool {
	t := &m.Parent.Results
	if next := m.row + 1; m.row >= 0 && t.At(m.row, m.Column) == v && (next == int(t.Rows) || t.At(next, m.Column) != v) {
		m.Matched++ // the same row again
		m.Repeated++
		return true
	}
	if row := t.Find(m.Column, m.row+1, v); row >= 0 {
		if m.Matched == 0 {
			m.start = row
		}
		m.Skipped += row - m.row - 1
		m.row = row
		m.Matched++
		return true
	}
	if m.row <= m.start || m.passes*2 > m.Matched || t.At(m.start, m.Column) != v {
		return false
	}
	m.row = m.start
	m.Matched++
	m.passes++
	return true
}
