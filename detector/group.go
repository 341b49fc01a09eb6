package detector

import (
	"slices"
	"time"

	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/stack"
	"github.com/nplusgone/nplusgone/internal/value"
)

type groupKey struct {
	id    fingerprint.ID
	stack stack.ID
	db    *Database
}

// A group is the statements of one scope with one fingerprint, one stack and one database. It keeps sums, not the
// statements: its size does not grow with their number.
type group struct {
	key         groupKey
	hash        uint64              // of fingerprint and database
	place       int32               // among the scope's groups; -1 for one that the scope does not keep
	parsed      *fingerprint.Parsed // of the first one
	first, last uint64              // when the first and the last ran
	count, rows int
	took        time.Duration // in the driver, rows included
	ended       time.Duration // when the latest was answered
	pause       time.Duration // the shortest time between two of them
	tx          uint64        // transaction of the latest
	txStack     stack.ID      // where the first one's transaction was begun
	args        distinct
	slots       []slot
	results     table // what its statements returned

	maxRows   int32 // the longest VALUES
	txChanges int32 // how often a statement ran in another transaction than the one before
	fresh     int32 // first executions of a prepared statement
	open      int32 // results that are not closed
	empty     int32 // results without a row
	most      int32 // rows of the longest result
	drained   int32 // results that were read to the end
	left      int32 // results with rows that were left before
	// unscanned counts, of the drained ones, those of which it is known that no value was read.
	unscanned int32
	wide      *[maxColumns]int // bytes of the long values of each column; nil as long as there are none
}

// A slot follows the values at one position of the group's statements.
type slot struct {
	at       int   // position among the facts' values
	walks    int32 // how often the value was in the latest row of the group's own results
	first    uint64
	origins  []origin
	constant bool // all values so far are one
	many     bool // it held a list of several values
}

// newSlots returns the slots of a group: the keys first, because a wide row has more columns than can be followed, and
// its key comes last.
func newSlots(values []fingerprint.Value) []slot {
	slots := make([]slot, 0, min(len(values), maxSlots))
	for _, keys := range [...]bool{true, false} {
		for i, v := range values {
			if (v.Role == fingerprint.RoleKey) == keys && len(slots) < maxSlots {
				slots = append(slots, slot{at: i})
			}
		}
	}
	return slots
}

func (g *group) facts() *fingerprint.Facts { return &g.parsed.Facts }

func (g *group) add(s *Scope, st *Statement, args *arguments) {
	g.count++
	g.last = s.clock
	g.took += st.Duration
	g.maxRows = max(g.maxRows, int32(st.Parsed.Rows))
	if g.count == 1 {
		g.txStack = st.TxStack
		g.slots = newSlots(g.facts().Values)
	} else {
		if g.tx != st.Tx {
			g.txChanges++
		}
		if pause := st.Start - g.ended; g.count == 2 || pause < g.pause {
			g.pause = pause
		}
	}
	if st.Fresh {
		g.fresh++
	}
	g.ended = st.Start + st.Duration
	g.tx = st.Tx
	g.args.add(args.hash)
	for i := range g.slots {
		sl := &g.slots[i]
		if sl.at >= len(st.Parsed.Bindings) {
			continue
		}
		b := &st.Parsed.Bindings[st.Parsed.Position(g.parsed, sl.at)]
		v := args.bound(b, st)
		sl.many = sl.many || b.Arity > 1
		if g.count > 1 && v != value.Null && g.results.latest(markOf(v)) {
			sl.walks++
		}
		switch g.count {
		case 1:
			sl.first, sl.constant = v, true
		case 2:
			sl.constant = v == sl.first
			sl.origins = s.origins(g, markOf(sl.first), markOf(v))
		default:
			sl.constant = sl.constant && v == sl.first
			sl.origins = follow(sl.origins, markOf(v))
		}
	}
}

// closed takes in a result of one of the statements.
func (g *group) closed(r *Result, rows int, took time.Duration) {
	g.open--
	g.rows += rows
	g.took += took
	if rows == 0 {
		g.empty++
	}
	g.most = max(g.most, int32(rows))
	switch {
	case r.drained:
		g.drained++
		if r.tells && r.scanned == 0 {
			g.unscanned++
		}
	case rows > 0:
		g.left++
	}
}

// distinct counts distinct hashes, up to maxDistinct. The first one needs no list.
type distinct struct {
	first uint64
	rest  *[]uint64
}

func (d *distinct) add(hash uint64) {
	switch {
	case d.first == 0:
		d.first = hash
	case hash == d.first:
	case d.rest == nil:
		d.rest = &[]uint64{hash}
	case len(*d.rest) < maxDistinct-1 && !slices.Contains(*d.rest, hash):
		*d.rest = append(*d.rest, hash)
	}
}

func (d *distinct) count() int {
	switch {
	case d.first == 0:
		return 0
	case d.rest == nil:
		return 1
	}
	return 1 + len(*d.rest)
}

// fetched returns how many of the statements returned rows, as far as their results were closed.
func (g *group) fetched() int { return max(g.count-int(g.empty), 1) }

// ownTransactions reports whether each of the statements ran in a transaction of its own.
func (g *group) ownTransactions() bool { return g.tx != 0 && int(g.txChanges) == g.count-1 }

// givesValues reports whether an INSERT gives the values of its rows, and does not select them.
func (g *group) givesValues() bool {
	return slices.ContainsFunc(g.facts().Values, func(v fingerprint.Value) bool {
		return (v.Role == fingerprint.RoleInsert || v.Role == fingerprint.RoleSet) && !v.Many()
	})
}

// walksOn reports whether each statement asked for what the one before had found: a walk up a tree or along a list. The
// next key is not known before.
func (g *group) walksOn() bool {
	return slices.ContainsFunc(g.slots, func(sl slot) bool { return !sl.constant && int(sl.walks) >= max(g.count-1, 2) })
}

// A variation says which of a group's values differ from statement to statement.
type variation struct {
	key    bool // a single value that rows are found by
	list   bool // a list of several such values: statements by the chunk
	paging bool // OFFSET, or a range under a LIMIT: pages of one result
	other  bool // something else
}

func (g *group) varies() (v variation) {
	f := g.facts()
	for i := range g.slots {
		sl := &g.slots[i]
		if sl.constant {
			continue
		}
		switch role := f.Values[sl.at].Role; {
		case sl.many:
			v.list = true
		case role == fingerprint.RoleKey:
			v.key = true
		case role == fingerprint.RoleOffset, role == fingerprint.RoleLimit, f.Limit && (role == fingerprint.RoleRange || role == fingerprint.RoleOther):
			v.paging = true
		default:
			v.other = true
		}
	}
	return v
}
