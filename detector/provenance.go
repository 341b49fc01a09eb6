package detector

import (
	"slices"

	"github.com/nplusgone/nplusgone/internal/value"
)

// A table holds the hashes of what a group's results returned, row by row, over all statements of the group.
type table struct {
	names  []string // of the columns
	hashes []uint64 // len(names) for each row
	dense  uint16   // a bit for each column some value of which is a small integer or a short text: others may well hold the same
	shed   bool     // more rows came than were kept
}

func (t *table) rows() int {
	if len(t.names) == 0 {
		return 0
	}
	return len(t.hashes) / len(t.names)
}

// latest reports whether v is in the latest row.
func (t *table) latest(v uint64) bool {
	n := len(t.names)
	return n > 0 && len(t.hashes) >= n && slices.Contains(t.hashes[len(t.hashes)-n:], v)
}

func (t *table) at(row, column int) uint64 { return t.hashes[row*len(t.names)+column] }

func (t *table) isDense(column int) bool { return t.dense&(1<<column) != 0 }

// keep remembers one row of a group's results, within the bounds of the group, the scope and the process. dense has a bit
// for each of its values that other columns may well hold by chance.
func (s *Scope) keep(g *group, hashes []uint64, dense uint16) {
	t := &g.results
	n := len(t.names)
	if s.over.Load() || t.shed || n == 0 || len(hashes) < n {
		return
	}
	if t.rows() == maxGroupRows || s.values+n > maxValues || allValues.Load() > maxAllValues {
		t.shed = true
		s.stats.shed = "result values beyond the bound were not kept: some arguments could not be traced"
		return
	}
	s.values += n
	allValues.Add(int64(n))
	t.hashes = append(t.hashes, hashes[:n]...)
	t.dense |= dense & (1<<n - 1)
}

// An origin is a column of an earlier result that explains the values of a slot so far: they are a subsequence of the
// column's values in row order, the same row taken once or several times in a row. A loop
// may go over the rows again: each pass begins at the row that the first one began at.
type origin struct {
	parent  *group
	column  int
	at      int // the row of the latest value
	start   int // the row of the first one
	matched int // values explained
	passes  int
	skipped int // rows passed over
}

// origins returns the columns that explain the first two values of a slot of g. Only results that came before g's first
// statement count. The latest results come first.
func (s *Scope) origins(g *group, first, second uint64) []origin {
	if first == value.Null || second == value.Null {
		return nil
	}
	var found []origin
	for i := len(s.order) - 1; i >= 0 && len(found) < maxOrigins; i-- {
		p := s.order[i]
		if p == g || p.first >= g.first {
			continue
		}
		for c := range p.results.names {
			o := origin{parent: p, column: c, at: -1, passes: 1}
			if o.step(first) && o.step(second) {
				found = append(found, o)
			}
		}
	}
	return found
}

// follow drops the origins that do not explain the next value v.
func follow(origins []origin, v uint64) []origin {
	kept := origins[:0]
	for _, o := range origins {
		if v != value.Null && o.step(v) {
			kept = append(kept, o)
		}
	}
	return kept
}

// step moves o to the row that explains v, and reports whether there is one. Passes of less than two values each are no
// order at all.
func (o *origin) step(v uint64) bool {
	t := &o.parent.results
	rows := t.rows()
	if next := o.at + 1; o.at >= 0 && t.at(o.at, o.column) == v && (next == rows || t.at(next, o.column) != v) {
		o.matched++ // the same row once more
		return true
	}
	for i := o.at + 1; i < rows; i++ {
		if t.at(i, o.column) == v {
			if o.matched == 0 {
				o.start = i
			}
			o.skipped += i - o.at - 1
			o.at = i
			o.matched++
			return true
		}
	}
	if o.at <= o.start || o.passes*2 > o.matched || t.at(o.start, o.column) != v {
		return false
	}
	o.at = o.start
	o.matched++
	o.passes++
	return true
}
