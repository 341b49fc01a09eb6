package record

import (
	"slices"
	"time"

	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/stack"
	"github.com/nplusgone/nplusgone/internal/value"
)

type Key struct {
	ID    fingerprint.ID
	Stack stack.ID
	DB    *Database
}

// A group is the statements of one scope with one fingerprint, one stack and one database. It keeps sums, not the
// statements: its size does not grow with their number.
type Group struct {
	Key         Key
	Hash        uint64              // of fingerprint and database
	Position    int32               // among the scope's groups; -1 for one that the scope does not keep
	Parsed      *fingerprint.Parsed // of the first one
	First, Last uint64              // when the first and the last ran
	Count, Rows int
	Took        time.Duration // in the driver, rows included
	ended       time.Duration // when the latest was answered
	Pause       time.Duration // the shortest time between two of them
	Tx          uint64        // transaction of the latest
	TxStack     stack.ID      // where the first one's transaction was begun
	Arguments   Distinct
	Slots       []Slot
	Results     Values // what its statements returned

	ValuesRows int32 // the longest VALUES
	UnevenRows bool  // a VALUES that was not the last one had another number of rows than the first one
	firstRows  int32
	latestRows int32
	TxChanges  int32 // how often a statement ran in another transaction than the one before
	Fresh      int32 // first executions of a prepared statement
	Open       int32 // results that are not closed
	Empty      int32 // results without a row
	Longest    int32 // rows of the longest result
	Drained    int32 // results that were read to the end
	Abandoned  int32 // results with rows that were left before
	// unscanned counts, of the drained ones, those of which it is known that no value was read.
	Unscanned int32
	WideBytes *[MaxColumns]int // bytes of the long values of each column; nil as long as there are none
}

// A Slot follows the values at one position of the group's statements.
type Slot struct {
	Value    int    // position among the facts' values
	First    uint64 // value of the first statement
	Matches  []ColumnMatch
	Constant bool   // all values are one
	Unknown  bool   // a value could not be read
	Many     bool   // a statement held several values here
	Lists    *Lists // what is known of the lists; nil as long as every statement held one value
	chained  int32  // how often the value was in the latest row of the group's own results
}

// NewSlots returns the slots of a group: the keys first, because a wide row has more columns than can be followed, and
// its key comes last.
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

func (g *Group) Facts() *fingerprint.Facts { return &g.Parsed.Facts }

func (g *Group) add(s *Scope, st *Statement, args *arguments) {
	g.Count++
	g.Last = s.clock
	g.Took += st.Duration
	if g.Count > 1 && g.latestRows != g.firstRows {
		g.UnevenRows = true
	}
	if g.latestRows = int32(st.Parsed.Rows); g.Count == 1 {
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
	g.Arguments.add(args.hash)
	for i := range g.Slots {
		sl := &g.Slots[i]
		at := st.Parsed.Position(g.Parsed, sl.Value)
		if at < 0 || at >= len(st.Parsed.Bindings) {
			continue
		}
		v := args.at(st, at)
		sl.Many = sl.Many || v.many
		if v.many || sl.Lists != nil {
			sl.addList(&v, g.Count)
		}
		sl.add(g, s, &v)
	}
}

// add follows the next value.
func (sl *Slot) add(g *Group, s *Scope, v *argument) {
	if v.hash == value.Unknown {
		sl.Unknown, sl.Constant, sl.Matches = true, false, nil
		return
	}
	if g.Count > 1 && v.hash != value.Null && g.Results.latest(MarkOf(v.hash)) {
		sl.chained++
	}
	switch {
	case g.Count == 1:
		sl.First, sl.Constant = v.hash, true
	case sl.Unknown:
	case g.Count == 2:
		sl.Constant = v.hash == sl.First
		sl.Matches = s.match(g, MarkOf(sl.First), MarkOf(v.hash))
	default:
		sl.Constant = sl.Constant && v.hash == sl.First
		sl.Matches = followAll(sl.Matches, MarkOf(v.hash))
	}
}

// closed takes in a result of one of the statements.
func (g *Group) closed(r *Result, rows int, took time.Duration) {
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
		if r.tells && r.scanned == 0 {
			g.Unscanned++
		}
	case rows > 0:
		g.Abandoned++
	}
}

// distinct counts distinct hashes, up to maxDistinct. The first one needs no list.
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

// Fetched returns how many of the statements returned rows, as far as their results were closed.
func (g *Group) Fetched() int { return max(g.Count-int(g.Empty), 1) }

// OwnTransactions reports whether each of the statements ran in a transaction of its own.
func (g *Group) OwnTransactions() bool { return g.Tx != 0 && int(g.TxChanges) == g.Count-1 }

// GivesValues reports whether an INSERT gives the values of its rows, and does not select them.
func (g *Group) GivesValues() bool {
	return slices.ContainsFunc(g.Facts().Values, func(v fingerprint.Value) bool {
		return (v.Role == fingerprint.RoleInsert || v.Role == fingerprint.RoleSet) && !v.Many()
	})
}

// Chained reports whether each statement asked for what the one before had found: a walk up a tree or along a list. The
// next key is not known before.
func (g *Group) Chained() bool {
	return slices.ContainsFunc(g.Slots, func(sl Slot) bool { return !sl.Constant && int(sl.chained) >= max(g.Count-1, 2) })
}

// A variation says which of a group's values differ from statement to statement.
type Variation struct {
	Key     bool // a single value that rows are found by
	List    bool // a list of several such values: statements by the chunk
	Paging  bool // OFFSET, or a range under a LIMIT: pages of one result
	Other   bool // something else
	Unknown bool // a key that could not be read: it may differ or not
}

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
