package detector

// keep remembers one row of a group's results, within the bounds of the group, the scope and the process. dense has a bit
// for each of its values that other columns may well hold by chance.
func (s *Scope) keep(g *group, names []string, row []mark, dense uint16) {
	t := &g.results
	if t.names == nil {
		t.names = names[:min(len(names), maxColumns):len(names)]
	}
	if n := len(t.names); n == 0 || len(row) < n || t.shed || s.over.Load() {
		return
	}
	if t.add(row, dense, s); t.shed {
		s.stats.shed = "result values beyond the bound were not kept: some arguments could not be traced"
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
type origin struct {
	parent   *group
	column   int
	at       int // the row of the latest value
	start    int // the row of the first one
	matched  int // values explained
	passes   int
	skipped  int // rows passed over
	repeated int // values that took the row of the one before
}

// origins returns the columns that explain the first two values of a slot of g. Only results that came before g's first
// statement count. The latest results come first.
func (s *Scope) origins(g *group, first, second mark) []origin {
	if first == 0 || second == 0 {
		return nil
	}
	var found []origin
	for i := len(s.order) - 1; i >= 0 && len(found) < maxOrigins; i-- {
		p := s.order[i]
		if p == g || p.first >= g.first {
			continue
		}
		for c := range p.results.names {
			if !p.results.mayHold(c, first) || !p.results.mayHold(c, second) {
				continue
			}
			o := origin{parent: p, column: c, at: -1, passes: 1}
			if o.step(first) && o.step(second) {
				found = append(found, o)
			}
		}
	}
	return found
}

// follow drops the origins that do not explain the next value v.
func follow(origins []origin, v mark) []origin {
	kept := origins[:0]
	for _, o := range origins {
		if v != 0 && o.step(v) {
			kept = append(kept, o)
		}
	}
	return kept
}

// step moves o to the row that explains v, and reports whether there is one. Passes of less than two values each are no
// order at all.
func (o *origin) step(v mark) bool {
	t := &o.parent.results
	if next := o.at + 1; o.at >= 0 && t.at(o.at, o.column) == v && (next == t.rows || t.at(next, o.column) != v) {
		o.matched++ // the same row once more
		o.repeated++
		return true
	}
	if row := t.find(o.column, o.at+1, v); row >= 0 {
		if o.matched == 0 {
			o.start = row
		}
		o.skipped += row - o.at - 1
		o.at = row
		o.matched++
		return true
	}
	if o.at <= o.start || o.passes*2 > o.matched || t.at(o.start, o.column) != v {
		return false
	}
	o.at = o.start
	o.matched++
	o.passes++
	return true
}
