package record

// keep remembers one row of a group's results, within the bounds of the group, the scope and the process. dense has a bit
// for each of its values that other columns may well hold by chance.
func (s *Scope) keep(g *Group, names []string, row []Mark, dense uint16) {
	t := &g.Results
	if t.Names == nil {
		t.Names = names[:min(len(names), MaxColumns):len(names)]
	}
	if n := len(t.Names); n == 0 || len(row) < n || t.Shed || s.over.Load() {
		return
	}
	if t.add(row, dense, s); t.Shed {
		s.stats.Shed = "result values beyond the bound were not kept: some arguments could not be traced"
	}
}

// reserve is how many values a scope claims of allValues at a time, because all processors share that one.
const reserve = 256

// mayKeep reports whether n more result values may be kept, and counts them.
func (s *Scope) mayKeep(n int) bool {
	if s.values+n > maxValues {
		return false
	}
	for s.values+n > s.reserved {
		if allValues.Load() >= maxAllValues {
			return false
		}
		s.reserved += reserve
		allValues.Add(reserve)
	}
	s.values += n
	return true
}

// An origin is a column of an earlier result that explains the values of a slot so far: they are a subsequence of the
// column's values in row order, the same row taken once or several times in a row. A loop
// may go over the rows again: each pass begins at the row that the first one began at.
type ColumnMatch struct {
	Parent   *Group
	Column   int
	at       int // the row of the latest value
	start    int // the row of the first one
	Matched  int // values explained
	passes   int
	Skipped  int // rows passed over
	Repeated int // values that took the row of the one before
}

// match returns the columns that explain the first two values of a slot of g. Only results that came before g's first
// statement count. The latest results come first.
func (s *Scope) match(g *Group, first, second Mark) []ColumnMatch {
	if first == 0 || second == 0 {
		return nil
	}
	var found []ColumnMatch
	for i := len(s.order) - 1; i >= 0 && len(found) < maxOrigins; i-- {
		p := s.order[i]
		if p == g || p.First >= g.First {
			continue
		}
		for c := range p.Results.Names {
			if !p.Results.mayHold(c, first) || !p.Results.mayHold(c, second) {
				continue
			}
			o := ColumnMatch{Parent: p, Column: c, at: -1, passes: 1}
			if o.follow(first) && o.follow(second) {
				found = append(found, o)
			}
		}
	}
	return found
}

// followAll drops the origins that do not explain the next value v.
func followAll(origins []ColumnMatch, v Mark) []ColumnMatch {
	kept := origins[:0]
	for _, o := range origins {
		if v != 0 && o.follow(v) {
			kept = append(kept, o)
		}
	}
	return kept
}

// follow moves o to the row that explains v, and reports whether there is one. Passes of less than two values each are no
// order at all.
func (o *ColumnMatch) follow(v Mark) bool {
	t := &o.Parent.Results
	if next := o.at + 1; o.at >= 0 && t.At(o.at, o.Column) == v && (next == t.Rows || t.At(next, o.Column) != v) {
		o.Matched++ // the same row once more
		o.Repeated++
		return true
	}
	if row := t.Find(o.Column, o.at+1, v); row >= 0 {
		if o.Matched == 0 {
			o.start = row
		}
		o.Skipped += row - o.at - 1
		o.at = row
		o.Matched++
		return true
	}
	if o.at <= o.start || o.passes*2 > o.Matched || t.At(o.start, o.Column) != v {
		return false
	}
	o.at = o.start
	o.Matched++
	o.passes++
	return true
}

// Unused returns how many rows follow the one of the latest value.
func (o *ColumnMatch) Unused() int { return o.Parent.Results.Rows - 1 - o.at }
