package record

import (
	"slices"

	"github.com/nplusgone/nplusgone/internal/stack"
)

// A Frozen scope is what an ended scope recorded, as plain data that no longer changes.
type Frozen struct {
	Name     string
	Begun    stack.ID // where the scope was begun
	Groups   []*Group // in the order of their first statements
	Sequence []Event  // the first grouped statements, in the order in which they ended
	Unread   []string // Go types of arguments that could not be read, a few
	Repeats  []Repeat // statements that ran again with equal arguments and results
	Stats    Stats
	Wrote    uint64 // when the latest statement ran that may have written to any table; 0 for never
}

// An Event is one statement in the order of a scope.
type Event struct {
	Group     int32  // the position of its group
	Goroutine uint32 // as Statement.Goroutine
}

// WrittenSince reports whether a statement after the time at may have changed one of the tables.
func (f *Frozen) WrittenSince(db *Database, tables []string, at uint64) bool {
	return f.Wrote > at || slices.ContainsFunc(f.Groups, func(w *Group) bool {
		return w.Last > at && w.Key.DB == db && SharesTable(w.Facts().Writes, tables)
	})
}

// freeze returns what the scope has recorded. The caller holds mu; what is returned shares the scope's memory.
func (s *Scope) freeze() *Frozen {
	return &Frozen{Name: s.name, Begun: s.begun, Groups: s.order, Sequence: s.sequence, Unread: s.unread, Repeats: s.repeats, Stats: s.stats, Wrote: s.wrote}
}

// SharesTable reports whether two lists of tables have one in common.
func SharesTable(a, b []string) bool {
	return slices.ContainsFunc(a, func(t string) bool { return slices.Contains(b, t) })
}
