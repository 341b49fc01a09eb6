package record

import (
	"context"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/goroutine"
	"github.com/nplusgone/nplusgone/internal/stack"
	"github.com/nplusgone/nplusgone/internal/value"
)

// A Scope is one test, request or job. Its statements are grouped among themselves, never with those of another scope. It is
// safe for concurrent use.
type Scope struct {
	owner     any            // as given to Begin
	countOnly bool           // values of rows are not looked at
	id        string         // that goroutines are marked with
	goroutine goroutine.Mark // on the goroutine that began the scope
	cleanup   runtime.Cleanup
	begun     stack.ID
	over      atomic.Bool // it has ended

	mu       sync.Mutex
	name     string
	clock    uint64         // statements so far: it orders them
	groups   []*Group       // by Group.Position
	recent   [4]*Group      // the groups found latest, by stack; they are found here first
	byKey    map[Key]*Group // groups; nil while there are fewer than mapFromGroups
	writers  []*Group       // the groups that write
	anyWrite uint64         // time of the latest statement that may have written to any table; 0 for none
	seen     seenTable
	sequence []Event
	counting *counting // nil until a loop has counted
	unread   []string
	ends     []SavepointEnd
	repeats  []Repeat
	values   int // result values that are kept
	bytes    int // of groups and what belongs to them
	budget   *budget
	stats    Stats
}

// Begin starts a scope and returns a context that carries it. Until End, a statement belongs to the scope if it runs with that
// context or one derived from it, or if its context has no scope and it runs on the calling goroutine or on one that it
// starts. The pprof labels of the application are kept.
//
// Owner returns owner. If countOnly is true, rows are counted and their values are not looked at: there are no column matches
// and no repeats. skip is the number of frames between the caller of Begin and the code that begins the scope.
func Begin(ctx context.Context, name string, owner any, countOnly bool, skip int) (context.Context, *Scope) {
	s := &Scope{owner: owner, countOnly: countOnly, name: bounded(name), begun: stack.Capture(skip + 1), budget: new(budget)}
	ctx = s.mark(ctx)
	return context.WithValue(ctx, scopeKey{}, s), s
}

// New returns a scope whose statements the caller passes to Observe: those that another process ran. Neither a context nor a
// goroutine carries it. begun is where the scope was begun; 0 if that is not known.
func New(name string, begun stack.ID) *Scope {
	return &Scope{name: bounded(name), begun: begun, budget: new(budget)}
}

// Owner returns the owner that was given to Begin.
func (s *Scope) Owner() any { return s.owner }

// Name returns the name of the scope.
func (s *Scope) Name() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.name
}

// SetName sets the name of the scope, as once the route of a request is known. It has no effect after End.
func (s *Scope) SetName(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.over.Load() {
		s.name = bounded(name)
	}
}

// bounded returns a name as a scope keeps it: the first maxName bytes, and valid UTF-8. It does not keep the memory of a longer one.
func bounded(name string) string {
	if len(name) > maxName {
		name = name[:maxName-len("…")] + "…"
	}
	return strings.ToValidUTF8(name, "")
}

// Statements returns how many statements the scope has recorded, failed ones included.
func (s *Scope) Statements() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.stats.Statements
}

// End ends the scope and returns what it has recorded; later statements do not belong to it. ok is false if the scope has ended
// before. Call it on the goroutine that began the scope: only there it restores the goroutine's previous mark.
func (s *Scope) End() (frozen *Frozen, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.over.Swap(true) {
		return nil, false
	}
	s.unmark()
	scoped.Add(int64(s.stats.Statements))
	if s.stats.Shed == "" && slices.ContainsFunc(s.groups, func(g *Group) bool { return g.Key.Stack.Lost() }) {
		s.stats.Shed = "call stacks beyond the memory limit were not kept: some statements have no call site"
	}
	frozen = s.freeze()
	s.budget.release()
	s.byKey, s.groups, s.recent, s.writers, s.seen, s.repeats, s.sequence = nil, nil, [4]*Group{}, nil, seenTable{}, nil, nil
	return frozen, true
}

// Snapshot returns what the scope has recorded so far; nil if it has ended. The sums of the groups are copies. Their slots and
// results are shared with the scope, which continues to change them: the caller must not look at those.
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
	if frozen.Counted != nil {
		c := *frozen.Counted
		frozen.Counted = &c
	}
	return frozen
}

// freeze returns what the scope has recorded, without copying it. The caller holds mu.
func (s *Scope) freeze() *Frozen {
	return &Frozen{
		Name: s.name, Begun: s.begun, Groups: s.groups, Sequence: s.sequence, Counted: s.counted(), Unread: s.unread, Repeats: s.repeats,
		SavepointEnds: s.ends,
		Stats:         s.stats, Bytes: s.bytes + 4*s.values, anyWrite: s.anyWrite,
	}
}

// Observe records a statement that the driver ran. result is nil if the statement returns no rows; otherwise Observe
// initialises it and reports whether the caller is to call its methods.
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
		e := Event{g.Position, st.Goroutine}
		if len(st.Loops) > 0 && st.Goroutine != 0 {
			s.count(st, len(s.sequence), e)
		}
		if s.sequence == nil {
			s.sequence = make([]Event, 0, 8)
		}
		s.sequence = append(s.sequence, e)
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
	*result = Result{
		scope: s, group: g, countOnly: s.countOnly, args: args.hash, key: g.key(st, &args), hashed: args.hashed, hash: st.Tx, at: s.clock,
	}
	return true
}

// group returns the group of a statement, a new one if it is the first; nil if the statement can be part of no finding.
func (s *Scope) group(st *Statement) *Group {
	key := Key{st.Parsed.ID, st.Stack, st.Database}
	recent := &s.recent[uint64(key.Stack)%uint64(len(s.recent))]
	if g := *recent; g != nil && g.Key == key {
		return g
	}
	g := s.find(key)
	if g == nil {
		g = s.newGroup(key, st)
	}
	if g != nil && g.Position >= 0 {
		*recent = g
	}
	return g
}

// find returns the group with a key; nil if there is none.
func (s *Scope) find(key Key) *Group {
	if s.byKey != nil {
		return s.byKey[key]
	}
	for _, g := range s.groups {
		if g.Key == key {
			return g
		}
	}
	return nil
}

// newGroup returns a group for a statement and adds it to the scope, unless the scope is full; nil if the statement can be part
// of no finding.
func (s *Scope) newGroup(key Key, st *Statement) *Group {
	facts := &st.Parsed.Facts
	if !grouped(facts) {
		if mayWriteAnything(st.Parsed) {
			s.anyWrite = s.clock
		}
		return nil
	}
	g := &Group{Key: key, Hash: value.Pair(key.ID, key.DB), Position: int32(len(s.groups)), Parsed: st.Parsed, First: s.clock}
	full := len(s.groups) >= MaxGroups
	if full {
		s.stats.Shed = "statements beyond the first 4096 call sites were not grouped"
	}
	if full || !s.spend(bytesOf(st), shedGroups) {
		if g.Position = -1; len(facts.Writes) > 0 {
			s.anyWrite = s.clock
		}
		return g
	}
	if s.groups == nil {
		s.groups = make([]*Group, 0, 8)
	}
	s.groups = append(s.groups, g)
	if len(facts.Writes) > 0 {
		s.writers = append(s.writers, g)
	}
	switch {
	case len(s.groups) == mapFromGroups:
		s.byKey = make(map[Key]*Group, 4*mapFromGroups)
		for _, g := range s.groups {
			s.byKey[g.Key] = g
		}
	case len(s.groups) > mapFromGroups:
		s.byKey[key] = g
	}
	return g
}

// grouped reports whether statements with these facts can be part of a finding: they read or write rows of the application's
// own tables.
func grouped(f *fingerprint.Facts) bool {
	switch f.Kind {
	case fingerprint.Select, fingerprint.Insert, fingerprint.Update, fingerprint.Delete, fingerprint.Merge:
		return len(f.Tables) > 0 && !f.Catalog && !slices.ContainsFunc(f.Tables, migrationTable)
	}
	return false
}

// migrationTable reports whether a table is that in which a migration tool records what it has applied.
func migrationTable(table string) bool {
	table = strings.ToLower(table)
	return strings.Contains(table, "migration") || strings.Contains(table, "goose_db_version") || strings.Contains(table, "databasechangelog")
}

// mayWriteAnything reports whether a statement that names no table may change the result of any other statement: it may write
// to any table, change the session (as to another tenant's schema), take a lock, or call a function of the database.
func mayWriteAnything(p *fingerprint.Parsed) bool {
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

// writtenSince reports whether a statement after the time at may have changed one of the tables.
func (s *Scope) writtenSince(db *Database, tables []string, at uint64) bool {
	return s.anyWrite > at || slices.ContainsFunc(s.writers, func(w *Group) bool { return w.wroteSince(db, tables, at) })
}
