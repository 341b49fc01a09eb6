package record

import (
	"context"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/goroutine"
	"github.com/nplusgone/nplusgone/internal/stack"
	"github.com/nplusgone/nplusgone/internal/value"
)

// What one scope remembers at most. What goes beyond is counted, but no longer told apart.
const (
	MaxGroups     = 4096
	maxRuns       = 8192    // distinct (statement, arguments) pairs, for duplicates
	maxValues     = 1 << 16 // result values, for provenance
	maxAllValues  = 1 << 22 // the same over all scopes of the process: 16 MiB
	maxGroupRows  = 4096
	MaxColumns    = 16
	MaxSlots      = 12
	maxOrigins    = 16
	MaxDistinct   = 16
	maxHashedText = 64 // bytes; a longer text is no key
	maxSequence   = 1 << 14
	maxListed     = 64 // values of lists, for each position
	maxUnread     = 16 // types of arguments that could not be read
)

// A Scope is one test, request or job: statements are grouped within it and never across. It is safe for concurrent use.
type Scope struct {
	owner     any            // what Begin was given
	blind     bool           // rows are counted only
	id        string         // that goroutines are marked with
	goroutine goroutine.Mark // on the one that began the scope
	forgotten runtime.Cleanup
	begun     stack.ID // where
	over      atomic.Bool

	mu       sync.Mutex
	name     string
	clock    uint64 // statements seen: the time that orders them
	order    []*Group
	latest   [4]*Group      // where groups that run now are found first, by their stacks
	groups   map[Key]*Group // of order, once there are a few
	writers  []*Group       // of order, those that write
	wrote    uint64         // when something wrote that could be any table
	seen     seenTable
	sequence []Event
	unread   []string // types of arguments that could not be read
	repeats  []Repeat
	values   int // result values kept
	reserved int // of allValues
	stats    Stats
}

// allValues counts the result values that all open scopes keep.
var allValues atomic.Int64

// Stats are the sums of a scope.
type Stats struct {
	Statements, Errors, Rows int
	Took                     time.Duration // in the driver, rows included
	Shed                     string        // what was not kept because a bound was reached; empty for nothing
}

// Begin starts a scope and returns a context that carries it. Until End, statements belong to the scope that run with that
// context or one made from it, and those that run without a scope in their context on the calling goroutine or on one
// that it starts. The application's pprof labels are kept. owner is what Owner returns. skip is the number of frames
// between the caller of begin and the code that the scope is said to begin in. If blind is true, rows are counted only.
func Begin(ctx context.Context, name string, owner any, blind bool, skip int) (context.Context, *Scope) {
	s := &Scope{owner: owner, blind: blind, name: name, begun: stack.Capture(skip + 1)}
	ctx = s.mark(ctx)
	return context.WithValue(ctx, scopeKey{}, s), s
}

// Owner returns what Begin was given.
func (s *Scope) Owner() any { return s.owner }

// Name returns the scope's name.
func (s *Scope) Name() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.name
}

// SetName names the scope anew: a request's route is known only once it has been routed. A scope that has ended keeps its
// name.
func (s *Scope) SetName(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.over.Load() {
		s.name = name
	}
}

// Statements returns how many statements the scope has seen.
func (s *Scope) Statements() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.stats.Statements
}

// End ends the recording and returns what the scope has recorded. Later statements do not belong to it. It is best called
// on the goroutine that began the scope, whose mark it removes. ok is false when the scope has ended before.
func (s *Scope) End() (frozen *Frozen, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.over.Swap(true) {
		return nil, false
	}
	s.unmark()
	scoped.Add(int64(s.stats.Statements))
	frozen = s.freeze()
	allValues.Add(-int64(s.reserved))
	s.groups, s.order, s.latest, s.writers, s.seen, s.repeats, s.sequence = nil, nil, [4]*Group{}, nil, seenTable{}, nil, nil
	return frozen, true
}

// Snapshot returns what the scope has recorded so far, with copies of its groups; nil when it has ended.
func (s *Scope) Snapshot() *Frozen {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.over.Load() {
		return nil
	}
	frozen := s.freeze()
	frozen.Groups = slices.Clone(frozen.Groups)
	for i, g := range frozen.Groups {
		c := *g
		frozen.Groups[i] = &c
	}
	frozen.Repeats = slices.Clone(frozen.Repeats)
	return frozen
}

// Observe takes in a statement that has run. result is where its rows will be shown, or nil when it returns none; Observe
// prepares it and reports whether the rows are wanted.
func (s *Scope) Observe(st *Statement, result *Result) (wanted bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.over.Load() {
		return false
	}
	s.clock++
	s.stats.Statements++
	s.stats.Took += st.Duration
	if st.Failed {
		s.stats.Errors++
		return false
	}
	g := s.group(st)
	if g != nil && g.Position >= 0 && len(s.sequence) < maxSequence {
		s.sequence = append(s.sequence, Event{g.Position, st.Goroutine})
	}
	if g == nil {
		if result != nil {
			*result = Result{scope: s}
		}
		return result != nil
	}
	var args arguments
	args.read(s, st)
	g.add(s, st, &args)
	if result == nil {
		return false
	}
	g.Open++
	*result = Result{scope: s, group: g, blind: s.blind, args: args.hash, key: g.key(st, &args), known: args.known, tx: st.Tx, at: s.clock}
	return true
}

// grouped reports whether statements with these facts can be part of a finding: those that read or write rows of the
// application's own tables.
func grouped(f *fingerprint.Facts) bool {
	switch f.Kind {
	case fingerprint.Select, fingerprint.Insert, fingerprint.Update, fingerprint.Delete, fingerprint.Merge:
		return len(f.Tables) > 0 && !f.Catalog && !slices.ContainsFunc(f.Tables, migrationTable)
	}
	return false
}

// migrationTable reports whether a table is where a migration tool notes what it has done.
func migrationTable(table string) bool {
	table = strings.ToLower(table)
	return strings.Contains(table, "migration") || strings.Contains(table, "goose_db_version") || strings.Contains(table, "databasechangelog")
}

// group returns the group of a statement, nil when it can be part of no finding.
func (s *Scope) group(st *Statement) *Group {
	key := Key{st.Parsed.ID, st.Stack, st.Database}
	latest := &s.latest[uint64(key.Stack)%uint64(len(s.latest))]
	if g := *latest; g != nil && g.Key == key {
		return g
	}
	g := s.known(key)
	if g == nil {
		g = s.newGroup(key, st)
	}
	if g != nil && g.Position >= 0 {
		*latest = g
	}
	return g
}

// few is how many groups are looked for one by one: most scopes never have more, and need no map.
const few = 12

func (s *Scope) known(key Key) *Group {
	if s.groups != nil {
		return s.groups[key]
	}
	for _, g := range s.order {
		if g.Key == key {
			return g
		}
	}
	return nil
}

func (s *Scope) newGroup(key Key, st *Statement) *Group {
	facts := &st.Parsed.Facts
	if !grouped(facts) {
		if mayChange(st.Parsed) {
			s.wrote = s.clock
		}
		return nil
	}
	g := &Group{Key: key, Hash: value.Pair(key.ID, key.DB), Position: int32(len(s.order)), Parsed: st.Parsed, First: s.clock}
	if len(s.order) >= MaxGroups {
		s.stats.Shed = "statements beyond the first 4096 call sites were not grouped"
		if g.Position = -1; len(facts.Writes) > 0 {
			s.wrote = s.clock
		}
		return g
	}
	if s.order == nil {
		s.order = make([]*Group, 0, 8)
	}
	s.order = append(s.order, g)
	if len(facts.Writes) > 0 {
		s.writers = append(s.writers, g)
	}
	switch {
	case len(s.order) == few:
		s.groups = make(map[Key]*Group, 4*few)
		for _, g := range s.order {
			s.groups[g.Key] = g
		}
	case len(s.order) > few:
		s.groups[key] = g
	}
	return g
}

// mayChange reports whether a statement that looks at no table may change what others answer: it may write to any table,
// changes the session (another tenant's schema, say), or calls a function of the database, as those that take locks.
func mayChange(p *fingerprint.Parsed) bool {
	switch p.Facts.Kind {
	case fingerprint.Other, fingerprint.Call, fingerprint.Schema:
		return true
	case fingerprint.Utility:
		for _, verb := range [...]string{"SET ", "RESET ", "USE ", "ATTACH ", "DETACH ", "DISCARD ", "LOCK ", "UNLOCK "} {
			if strings.HasPrefix(p.Text, verb) {
				return true
			}
		}
	case fingerprint.Select:
		return len(p.Facts.Tables) == 0 && strings.Contains(p.Text, "(")
	}
	return false
}

// writtenSince reports whether one of the tables may have changed after the time at.
func (s *Scope) writtenSince(db *Database, tables []string, at uint64) bool {
	return s.wrote > at || slices.ContainsFunc(s.writers, func(w *Group) bool {
		return w.Last > at && w.Key.DB == db && SharesTable(w.Facts().Writes, tables)
	})
}
