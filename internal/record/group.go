package record

import (
	"math"
	"slices"
	"time"

	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/stack"
	"github.com/nplusgone/nplusgone/internal/value"
)

// A Key is what the statements of a group have in common.
type Key struct {
	ID    fingerprint.ID
	Stack stack.ID // 0 if it is not known
	DB    *Database
}

// A Group is the statements of one scope with one fingerprint, one call stack and one database, without those that failed. It
// holds sums, not the statements, so that its size does not grow with their number. Times of statements are their numbers in
// the scope, from 1.
type Group struct {
	Key         Key
	Hash        uint64              // of fingerprint and database: equal for groups that differ in their stack only
	Position    int32               // index in Frozen.Groups; -1 for a group beyond MaxGroups
	Parsed      *fingerprint.Parsed // of the first statement
	First, Last uint64              // times of the first and of the latest statement
	Count       int                 // statements
	Rows        int                 // rows that were fetched
	Took        time.Duration       // in the driver, fetching the rows included
	Pause       time.Duration       // the shortest time between two statements; 0 while there is only one
	Tx          uint64              // transaction of the latest statement; 0 for none
	TxStack     stack.ID            // where the transaction of the first statement was begun; 0 for none
	Arguments   Distinct            // hashes of the arguments
	Slots       []Slot              // value positions, keys first; MaxSlots at most
	Results     Values              // values of the rows

	ValuesRows int32 // rows of the longest VALUES of an INSERT
	UnevenRows bool  // a VALUES before the last one differed from the first one in its number of rows
	TxChanges  int32 // statements that ran in another transaction than the one before

	Savepoint        uint64   // innermost savepoint of the latest statement; 0 for none
	SavepointStack   stack.ID // where all of the savepoints were begun; 0 for none, and if they were begun at several places
	Savepoints       int32    // statements that ran in a savepoint
	SavepointChanges int32    // statements that ran in another savepoint than the one before

	Fresh     int32 // first executions of a prepared statement
	Open      int32 // results that are not closed
	Empty     int32 // results without a row
	Longest   int32 // rows of the longest result
	Drained   int32 // results that were read to their end
	Abandoned int32 // results with rows that were closed before their end
	Unscanned int32 // drained results of which the application is known to have read no value

	// WideBytes has for each column the number of bytes of its long values; nil if there is none.
	WideBytes *[MaxColumns]int

	ended      time.Duration // when the latest statement ended, since the epoch of Statement.Start
	firstRows  int32         // rows of the first VALUES
	latestRows int32         // rows of the latest VALUES
}

// A Slot is one value position of the group's statements.
type Slot struct {
	Value    int           // index in Facts.Values
	First    uint64        // hash of the value of the first statement
	Matches  []ColumnMatch // columns of earlier results that explain the values, the latest result first
	Constant bool          // all values are equal
	Unknown  bool          // a value could not be read; then Constant is false
	Many     bool          // a statement had a list of several values, or none, here
	Lists    *Lists        // comparison of the lists; nil if every statement had a single value

	chained int32 // values that were in the row which the group had returned before
}

// NewSlots returns slots for the values of a group: MaxSlots at most, the keys first. A wide UPDATE has more columns than slots,
// and its key comes last.
func NewSlots(values []fingerprint.Value) []Slot {
	slots := make([]Slot, 0, min(len(values), MaxSlots))
	for _, keys := range [...]bool{true, false} {
		for i, v := range values {
			if (v.Role == fingerprint.RoleKey) == keys && len(slots) < MaxSlots {
				slots = append(slots, Slot{Value: i})
			}
		}
	}
	return slots
}

// Facts returns what the SQL of the group's statements says.
func (g *Group) Facts() *fingerprint.Facts { return &g.Parsed.Facts }

// add adds a statement to the group.
func (g *Group) add(s *Scope, st *Statement, args *arguments) {
	g.Count++
	g.Last = s.clock
	g.Took += st.Duration
	if g.Count > 1 && g.latestRows != g.firstRows {
		g.UnevenRows = true
	}
	if g.latestRows = rowsOf(st); g.Count == 1 {
		g.firstRows = g.latestRows
	}
	g.ValuesRows = max(g.ValuesRows, g.latestRows)
	if g.Count == 1 {
		g.TxStack = st.TxStack
		g.Slots = NewSlots(g.Facts().Values)
	} else {
		if g.Tx != st.Tx {
			g.TxChanges++
		}
		if pause := st.Start - g.ended; g.Count == 2 || pause < g.Pause {
			g.Pause = pause
		}
	}
	if st.Fresh {
		g.Fresh++
	}
	g.ended = st.Start + st.Duration
	g.Tx = st.Tx
	g.addSavepoint(st)
	g.Arguments.add(args.hash)
	for i := range g.Slots {
		sl := &g.Slots[i]
		at := st.Parsed.Position(g.Parsed, sl.Value)
		if at < 0 || at >= len(st.Parsed.Bindings) {
			continue
		}
		hash, single := args.single(st, at)
		if !single || sl.Lists != nil {
			v := args.at(st, at)
			sl.Many = sl.Many || v.many
			if v.many || sl.Lists != nil {
				sl.addList(&v, g.Count, s)
			}
			hash = v.hash
		}
		sl.add(g, s, hash)
	}
}

// rowsOf returns how many rows a statement has in its VALUES; 0 for other statements.
func rowsOf(st *Statement) int32 {
	rows := st.Parsed.Rows
	for _, e := range st.Batch {
		rows += e.Parsed.Rows
	}
	return int32(min(rows, math.MaxInt32))
}

// add adds the value of the latest statement of g to the slot.
func (sl *Slot) add(g *Group, s *Scope, hash uint64) {
	if hash == value.Unknown {
		sl.Unknown, sl.Constant, sl.Matches = true, false, nil
		return
	}
	if g.Count > 1 && hash != value.Null && g.Results.lastRowHolds(MarkOf(hash)) {
		sl.chained++
	}
	switch {
	case g.Count == 1:
		sl.First, sl.Constant = hash, true
	case sl.Unknown:
	case g.Count == 2:
		sl.Constant = hash == sl.First
		if sl.Matches = s.match(g, MarkOf(sl.First), MarkOf(hash)); !s.spend(matchBytes*len(sl.Matches), shedTraces) {
			sl.Matches = nil
		}
	default:
		sl.Constant = sl.Constant && hash == sl.First
		sl.Matches = followAll(sl.Matches, MarkOf(hash))
	}
}

// close adds a closed result of one of the statements.
func (g *Group) close(r *Result, rows int, took time.Duration) {
	g.Open--
	g.Rows += rows
	g.Took += took
	if rows == 0 {
		g.Empty++
	}
	g.Longest = max(g.Longest, int32(rows))
	switch {
	case r.drained:
		g.Drained++
		if r.scans && r.scanned == 0 {
			g.Unscanned++
		}
	case rows > 0 && !r.unended:
		g.Abandoned++
	}
}

// Fetched returns how many statements returned rows or have an open result; 1 at least.
func (g *Group) Fetched() int { return max(g.Count-int(g.Empty), 1) }

// OwnTransactions reports whether each of the statements ran in a transaction of its own.
func (g *Group) OwnTransactions() bool { return g.Tx != 0 && int(g.TxChanges) == g.Count-1 }

// GivesValues reports whether the statements set columns to single values of their text or arguments. It is false for INSERT …
// SELECT, and for arrays.
func (g *Group) GivesValues() bool {
	return slices.ContainsFunc(g.Facts().Values, func(v fingerprint.Value) bool {
		return (v.Role == fingerprint.RoleInsert || v.Role == fingerprint.RoleSet) && !v.Many()
	})
}

// Chained reports whether each statement had a value of the row that the previous one returned, as when a program walks up a
// tree: the next key is not available before.
func (g *Group) Chained() bool {
	return slices.ContainsFunc(g.Slots, func(sl Slot) bool { return !sl.Constant && int(sl.chained) >= max(g.Count-1, 2) })
}

// A Variation says which values of a group differ from statement to statement.
type Variation struct {
	Key     bool // a single value that rows are found by
	List    bool // a list of values
	Paging  bool // OFFSET or LIMIT, or a range under a LIMIT: the statements read pages of one result
	Other   bool // another value
	Unknown bool // a key that could not be read; it may differ
}

// Varies returns which values differ from statement to statement.
func (g *Group) Varies() (v Variation) {
	f := g.Facts()
	for i := range g.Slots {
		sl := &g.Slots[i]
		if sl.Constant {
			continue
		}
		switch role := f.Values[sl.Value].Role; {
		case sl.Unknown:
			v.Unknown = v.Unknown || role == fingerprint.RoleKey
		case sl.Many:
			v.List = true
		case role == fingerprint.RoleKey:
			v.Key = true
		case role == fingerprint.RoleOffset, role == fingerprint.RoleLimit, f.Limit && (role == fingerprint.RoleRange || role == fingerprint.RoleOther):
			v.Paging = true
		default:
			v.Other = true
		}
	}
	return v
}

// A Distinct counts distinct hashes, up to MaxDistinct. The zero value has none. One hash takes no memory beyond the struct.
type Distinct struct {
	first uint64
	rest  *[]uint64
}

func (d *Distinct) add(hash uint64) {
	switch {
	case d.first == 0:
		d.first = hash
	case hash == d.first:
	case d.rest == nil:
		d.rest = &[]uint64{hash}
	case len(*d.rest) < MaxDistinct-1 && !slices.Contains(*d.rest, hash):
		*d.rest = append(*d.rest, hash)
	}
}

// First returns the first of the hashes; 0 if there is none.
func (d *Distinct) First() uint64 { return d.first }

// Count returns the number of distinct hashes, up to MaxDistinct.
func (d *Distinct) Count() int {
	switch {
	case d.first == 0:
		return 0
	case d.rest == nil:
		return 1
	}
	return 1 + len(*d.rest)
}
