package detector

import (
	"database/sql/driver"
	"strings"

	"github.com/nplusgone/nplusgone/internal/value"
)

// A column holds the hashes of what a group's results returned at one place of their rows, in row order, over all
// statements of the group.
type column struct {
	name   string
	hashes []uint64
	dense  bool // some value is a small integer or a short text: other columns may well hold the same by chance
}

// keep remembers one row of a group's results, within the bounds of the group, the scope and the process.
func (s *Scope) keep(g *group, hashes []uint64, row []driver.Value) {
	if s.over.Load() || g.shed || len(g.columns) == 0 {
		return
	}
	n := min(len(hashes), len(g.columns))
	if g.kept == maxGroupRows || s.values+n > maxValues || allValues.Load() > maxAllValues {
		g.shed = true
		s.stats.shed = "result values beyond the bound were not kept: some arguments could not be traced"
		return
	}
	g.kept++
	s.values += n
	allValues.Add(int64(n))
	for i := range n {
		c := &g.columns[i]
		c.hashes = append(c.hashes, hashes[i])
		c.dense = c.dense || !sparse(row[i])
	}
}

// sparse reports whether a value comes from so large a space that two columns hold the same one only when it is the
// same thing: UUIDs, ULIDs, snowflake numbers, names; not serial numbers, flags and codes.
func sparse(v driver.Value) bool {
	switch v := v.(type) {
	case int64:
		return v > 1<<40 || v < -1<<40
	case string:
		return len(v) >= 8 && !isNumber(v)
	case []byte:
		return len(v) >= 8 && !isNumber(string(v))
	case [16]byte:
		return true
	}
	return v == nil
}

func isNumber(s string) bool { return len(s) < 13 && strings.Trim(s, "-0123456789") == "" }

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
		for c := range p.columns {
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
	hashes := o.parent.columns[o.column].hashes
	if next := o.at + 1; o.at >= 0 && hashes[o.at] == v && (next == len(hashes) || hashes[next] != v) {
		o.matched++ // the same row once more
		return true
	}
	for i := o.at + 1; i < len(hashes); i++ {
		if hashes[i] == v {
			if o.matched == 0 {
				o.start = i
			}
			o.skipped += i - o.at - 1
			o.at = i
			o.matched++
			return true
		}
	}
	if o.at <= o.start || o.passes*2 > o.matched || hashes[o.start] != v {
		return false
	}
	o.at = o.start
	o.matched++
	o.passes++
	return true
}
