package fakebase

import (
	"fmt"
	"maps"
	"slices"
	"sync"
)

// A Base is a database without data, and a driver that reaches it. It is safe for concurrent use once its fields are
// set.
type Base struct {
	Features Feature
	Columns  int  // columns of the first result set; New sets all 7
	Rows     int  // rows of each result set; New sets 3
	Sets     int  // result sets of each query; New sets 2
	Quiet    bool // record no calls

	record record

	mu    sync.Mutex
	armed map[Op][]Outcome
	made  map[string]int // how many of each kind there are, to number them
	open  map[string]int // how many of them are open
}

// New returns a base with these features. It panics when there is no type for them: see Connections and
// Others; ColumnScanner needs Go 1.27.
func New(f Feature) *Base {
	if connSets[f&OfConn] == nil || stmtSets[f&OfStmt] == nil || rowsSets[f&OfRows] == nil {
		panic("fakebase: no types for " + f.String())
	}
	return &Base{
		Features: f, Columns: 7, Rows: 3, Sets: 2,
		armed: make(map[Op][]Outcome), made: make(map[string]int), open: make(map[string]int),
	}
}

// Connections returns the sets of features that a connection can have, in order.
func Connections() []Feature { return slices.Sorted(maps.Keys(connSets)) }

// Others returns the sets of features that the rest of a base can have, in order: each set of a statement's features, with
// each of a result's and each of the driver's.
func Others() (sets []Feature) {
	for stmt := range stmtSets {
		for rows := range rowsSets {
			for of := Feature(0); of < End; of += rowsEnd {
				sets = append(sets, stmt|rows|of)
			}
		}
	}
	slices.Sort(sets)
	return sets
}

// Supported returns the features that this version of Go knows of.
func Supported() Feature {
	if rowsSets[ColumnScanner] == nil {
		return All &^ ColumnScanner
	}
	return All
}

// Open returns how many things of a kind ("conn", "stmt", "rows") are open.
func (b *Base) Open(kind string) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.open[kind]
}

// name numbers a new thing.
func (b *Base) name(kind string) string {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.made[kind]++
	b.open[kind]++
	return fmt.Sprint(kind, b.made[kind])
}

func (b *Base) closed(kind string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.open[kind]--
}
