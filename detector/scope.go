package detector

import (
	"context"
	"database/sql/driver"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/value"
)

// What one scope remembers at most. What goes beyond is counted, but no longer told apart.
const (
	maxGroups     = 4096
	maxRuns       = 8192    // distinct (statement, arguments) pairs, for duplicates
	maxValues     = 1 << 16 // result values, for provenance
	maxAllValues  = 1 << 22 // the same over all scopes of the process: 32 MiB
	maxGroupRows  = 4096
	maxColumns    = 16
	maxSlots      = 12
	maxWrites     = 256
	maxOrigins    = 16
	maxDistinct   = 16
	maxHashedText = 64 // bytes; a longer text is no key
)

// A Scope is one test, request or job: statements are grouped within it and never across. It is safe for concurrent use.
type Scope struct {
	detector *Detector
	over     atomic.Bool

	mu       sync.Mutex
	name     string
	clock    uint64 // statements seen: the time that orders them
	order    []*group
	groups   map[groupKey]*group // of order, once there are a few
	runs     []run
	runIndex map[uint64]int32 // of runs, by the hashes of their keys, once there are a few
	writes   []write
	wrote    uint64 // when something wrote that could be any table
	values   int    // result values kept
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

// End ends the scope and returns what was found in it. Statements that run later belong to it no more. Calling it again
// returns the same findings.
func (s *Scope) End(ctx context.Context) []Finding {
	s.mu.Lock()
	if s.over.Swap(true) {
		defer s.mu.Unlock()
		return s.findings
	}
	s.mu.Unlock() // nothing changes the scope from here on: see Observe and Result
	scoped.Add(int64(s.stats.statements))
	findings := s.detector.ended(ctx, s)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.findings = findings
	allValues.Add(-int64(s.values))
	s.groups, s.order, s.runs, s.runIndex, s.writes = nil, nil, nil, nil, nil
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
	facts := &st.Parsed.Facts
	s.noteWrites(st.Database, facts)
	if !grouped(facts) {
		if result != nil {
			*result = Result{scope: s}
		}
		return result != nil
	}
	var args arguments
	args.read(st)
	g := s.group(st)
	g.add(s, st, &args)
	if result == nil {
		return false
	}
	*result = Result{scope: s, group: g, blind: s.detector.cfg.blind, args: args.hash, known: args.known, tx: st.Tx, at: s.clock, stack: st.Stack}
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

func (s *Scope) group(st *Statement) *group {
	key := groupKey{st.Parsed.ID, st.Stack, st.Database}
	if g := s.known(key); g != nil {
		return g
	}
	if len(s.order) >= maxGroups {
		s.stats.shed = "statements beyond the first 4096 call sites were not grouped"
		return &group{key: key, parsed: st.Parsed}
	}
	g := &group{key: key, parsed: st.Parsed, first: s.clock}
	s.order = append(s.order, g)
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

// few is how many groups or runs are looked for one by one: most scopes never have more, and need no map.
const few = 12

func (s *Scope) known(key groupKey) *group {
	if s.groups != nil {
		return s.groups[key]
	}
	for _, g := range s.order {
		if g.key.stack == key.stack && g.key == key {
			return g
		}
	}
	return nil
}

// A write is when a table was last written.
type write struct {
	db    *Database
	table string
	at    uint64
}

func (s *Scope) noteWrites(db *Database, f *fingerprint.Facts) {
	switch f.Kind {
	case fingerprint.Other, fingerprint.Call, fingerprint.Schema:
		s.wrote = s.clock
	}
tables:
	for _, table := range f.Writes {
		for i := range s.writes {
			if w := &s.writes[i]; w.table == table && w.db == db {
				w.at = s.clock
				continue tables
			}
		}
		if len(s.writes) == maxWrites {
			s.wrote = s.clock
			return
		}
		s.writes = append(s.writes, write{db, table, s.clock})
	}
}

// writtenSince reports whether one of the tables may have changed after the time at.
func (s *Scope) writtenSince(db *Database, tables []string, at uint64) bool {
	if s.wrote > at {
		return true
	}
	for i := range s.writes {
		if w := &s.writes[i]; w.at > at && w.db == db && slices.Contains(tables, w.table) {
			return true
		}
	}
	return false
}

// arguments are the values of one statement, hashed.
type arguments struct {
	hash  uint64 // of all of them in order, inlined literals included
	known bool   // every value could be hashed
}

func (a *arguments) read(st *Statement) {
	a.hash, a.known = st.Parsed.Literals, true
	for i := range st.Args {
		h, ok := value.Of(st.Args[i].Value)
		a.known = a.known && ok
		a.hash = value.Mix(a.hash, h)
	}
}

// bound returns the hash of the value that a binding stands for, value.Null when it is not known.
func bound(b *fingerprint.Binding, st *Statement) uint64 {
	arg := b.Arg
	switch {
	case b.Name != "":
		if i := slices.IndexFunc(st.Args, func(a driver.NamedValue) bool { return a.Name == b.Name }); i >= 0 {
			arg = i
		}
	case arg < 0:
		return b.Literal
	}
	if arg < 0 || arg >= len(st.Args) {
		return value.Null
	}
	h, _ := value.Of(st.Args[arg].Value)
	return h
}
