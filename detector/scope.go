package detector

import (
	"context"
	"database/sql/driver"
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
	maxGroups     = 4096
	maxRuns       = 8192    // distinct (statement, arguments) pairs, for duplicates
	maxValues     = 1 << 16 // result values, for provenance
	maxAllValues  = 1 << 22 // the same over all scopes of the process: 16 MiB
	maxGroupRows  = 4096
	maxColumns    = 16
	maxSlots      = 12
	maxOrigins    = 16
	maxDistinct   = 16
	maxHashedText = 64 // bytes; a longer text is no key
)

// A Scope is one test, request or job: statements are grouped within it and never across. It is safe for concurrent use.
type Scope struct {
	detector  *Detector
	id        string         // that goroutines are marked with
	goroutine goroutine.Mark // on the one that began the scope
	forgotten runtime.Cleanup
	begun     stack.ID // where
	over      atomic.Bool

	mu       sync.Mutex
	name     string
	clock    uint64 // statements seen: the time that orders them
	order    []*group
	latest   [4]*group           // where groups that run now are found first, by their stacks
	groups   map[groupKey]*group // of order, once there are a few
	writers  []*group            // of order, those that write
	wrote    uint64              // when something wrote that could be any table
	firsts   firsts
	runs     []run
	values   int // result values kept
	reserved int // of allValues
	stats    scopeStats
	findings []Finding
}

// allValues counts the result values that all open scopes keep.
var allValues atomic.Int64

type scopeStats struct {
	statements, errors, rows int
	took                     time.Duration
	shed                     string
}

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
	return s.stats.statements
}

// End ends the scope and returns what was found in it. Statements that run later belong to it no more. It is best called
// on the goroutine that began the scope, which then is what it was before. Calling it again returns the same findings.
func (s *Scope) End(ctx context.Context) []Finding {
	s.mu.Lock()
	if s.over.Swap(true) {
		defer s.mu.Unlock()
		return s.findings
	}
	s.mu.Unlock() // nothing changes the scope from here on: see Observe and Result
	s.unmark()
	scoped.Add(int64(s.stats.statements))
	findings := s.detector.ended(ctx, s)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.findings = findings
	allValues.Add(-int64(s.reserved))
	s.groups, s.order, s.latest, s.writers, s.firsts, s.runs = nil, nil, [4]*group{}, nil, firsts{}, nil
	return findings
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
	s.stats.statements++
	s.stats.took += st.Duration
	if st.Failed {
		s.stats.errors++
		return false
	}
	g := s.group(st)
	if g == nil {
		if result != nil {
			*result = Result{scope: s}
		}
		return result != nil
	}
	var args arguments
	args.read(st)
	g.add(s, st, &args)
	if result == nil {
		return false
	}
	g.open++
	*result = Result{scope: s, group: g, blind: s.detector.cfg.blind, args: args.hash, known: args.known, tx: st.Tx, at: s.clock}
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
func (s *Scope) group(st *Statement) *group {
	key := groupKey{st.Parsed.ID, st.Stack, st.Database}
	latest := &s.latest[uint64(key.stack)%uint64(len(s.latest))]
	if g := *latest; g != nil && g.key == key {
		return g
	}
	g := s.known(key)
	if g == nil {
		g = s.newGroup(key, st)
	}
	if g != nil && g.place >= 0 {
		*latest = g
	}
	return g
}

// few is how many groups are looked for one by one: most scopes never have more, and need no map.
const few = 12

func (s *Scope) known(key groupKey) *group {
	if s.groups != nil {
		return s.groups[key]
	}
	for _, g := range s.order {
		if g.key == key {
			return g
		}
	}
	return nil
}

func (s *Scope) newGroup(key groupKey, st *Statement) *group {
	facts := &st.Parsed.Facts
	if !grouped(facts) {
		if mayChange(st.Parsed) {
			s.wrote = s.clock
		}
		return nil
	}
	g := &group{key: key, hash: value.Pair(key.id, key.db), place: int32(len(s.order)), parsed: st.Parsed, first: s.clock}
	if len(s.order) >= maxGroups {
		s.stats.shed = "statements beyond the first 4096 call sites were not grouped"
		if g.place = -1; len(facts.Writes) > 0 {
			s.wrote = s.clock
		}
		return g
	}
	if s.order == nil {
		s.order = make([]*group, 0, 8)
	}
	s.order = append(s.order, g)
	if len(facts.Writes) > 0 {
		s.writers = append(s.writers, g)
	}
	switch {
	case len(s.order) == few:
		s.groups = make(map[groupKey]*group, 4*few)
		for _, g := range s.order {
			s.groups[g.key] = g
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
	return s.wrote > at || slices.ContainsFunc(s.writers, func(w *group) bool {
		return w.last > at && w.key.db == db && sharesTable(w.facts().Writes, tables)
	})
}

// arguments are the values of one statement, hashed.
type arguments struct {
	hash   uint64    // of all of them in order, inlined literals included
	known  bool      // every value could be hashed
	hashes [8]uint64 // of the first ones
}

func (a *arguments) read(st *Statement) {
	a.hash, a.known = st.Parsed.Literals, true
	for i := range st.Args {
		h, ok := value.Of(st.Args[i].Value)
		if !ok {
			h = value.Null
		}
		a.known = a.known && ok
		a.hash = value.Mix(a.hash, h)
		if i < len(a.hashes) {
			a.hashes[i] = h
		}
	}
}

// bound returns the hash of the value that a binding stands for, value.Null when it is not known.
func (a *arguments) bound(b *fingerprint.Binding, st *Statement) uint64 {
	arg := b.Arg
	switch {
	case b.Name != "":
		if i := slices.IndexFunc(st.Args, func(a driver.NamedValue) bool { return a.Name == b.Name }); i >= 0 {
			arg = i
		}
	case arg < 0:
		return b.Literal
	}
	switch {
	case arg < 0 || arg >= len(st.Args):
		return value.Null
	case arg < len(a.hashes):
		return a.hashes[arg]
	}
	h, ok := value.Of(st.Args[arg].Value)
	if !ok {
		h = value.Null
	}
	return h
}
