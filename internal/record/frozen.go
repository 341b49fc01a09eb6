package record

import (
	"slices"
	"time"

	"github.com/nplusgone/nplusgone/internal/stack"
)

// A Frozen scope is what an ended scope recorded. It is plain data that does not change, and may be read concurrently. Write
// and Read pass it to another process.
type Frozen struct {
	Name     string
	Begun    stack.ID // where the scope was begun; 0 if that is not known
	Groups   []*Group // in the order of their first statements; each has its index as Position
	Sequence []Event  // the first statements of groups, in the order in which they ended
	Counted  *Counted // what loops did between statements, where they count their turns; nil for nothing. Write does not pass it on
	Unread   []string // Go types of arguments that could not be read, without duplicates: example.com/shop.Money
	Repeats  []Repeat // statements that ran again with equal arguments and results
	Stats    Stats

	SavepointEnds []SavepointEnd // the first MaxSavepointEnds, without duplicates

	// Bytes is an estimate of its memory; 0 for one that Read has returned.
	Bytes int

	// ForeignHashes says that another process computed the hashes of values. They can be compared with each other, and not
	// with a hash that this process computes.
	ForeignHashes bool

	anyWrite uint64 // time of the latest statement that may have written to any table; 0 for none
}

// Stats are the sums of a scope.
type Stats struct {
	Statements int           // all of them, failed ones included
	Errors     int           // statements for which the driver returned an error
	Rows       int           // rows that were fetched
	Took       time.Duration // in the driver, fetching the rows included
	Shed       string        // what was not kept because of a limit; empty if everything was
}

// An Event is one statement in the order of a scope.
type Event struct {
	Group     int32  // index of its group
	Goroutine uint32 // as Statement.Goroutine
}

// WrittenSince reports whether a statement after the time at may have changed one of the tables. Times are those of
// Group.First.
func (f *Frozen) WrittenSince(db *Database, tables []string, at uint64) bool {
	return f.anyWrite > at || slices.ContainsFunc(f.Groups, func(w *Group) bool { return w.wroteSince(db, tables, at) })
}

// wroteSince reports whether a statement of the group after the time at wrote to one of the tables.
func (g *Group) wroteSince(db *Database, tables []string, at uint64) bool {
	return g.Last > at && g.Key.DB == db && SharesTable(g.Facts().Writes, tables)
}

// SharesTable reports whether two lists of tables have one in common.
func SharesTable(a, b []string) bool {
	return slices.ContainsFunc(a, func(t string) bool { return slices.Contains(b, t) })
}
