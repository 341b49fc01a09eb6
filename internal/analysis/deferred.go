package analysis

import (
	"math"
	"runtime"
	"time"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/record"
	"github.com/nplusgone/nplusgone/internal/stack"
	"github.com/nplusgone/nplusgone/internal/value"
)

// A DeferredKey identifies a deferred statement within the process.
type DeferredKey struct {
	id    fingerprint.ID
	stack stack.ID
}

// Deferred calls yield for each statement of the scope that only the source can judge, until yield returns false. It skips
// statements for which skip returns true.
func (p *Pass) Deferred(skip func(DeferredKey) bool, yield func(DeferredKey, finding.Deferred) (more bool)) {
	for _, g := range p.fetching(2) {
		key := DeferredKey{g.Key.ID, g.Key.Stack}
		if !g.readsAll() || skip(key) || !p.onlyOfCall(g) {
			continue
		}
		if !yield(key, p.deferred(g)) {
			return
		}
	}
}

// deferred returns the data of a group that a process with the source needs to judge it.
func (p *Pass) deferred(g *group) finding.Deferred {
	d := finding.Deferred{
		Scope: p.frozen.Name, Dialect: g.Key.DB.Dialect.String(), Text: g.Parsed.Text, Columns: g.Results.Names, Count: g.Count,
		Rows: g.Rows, Most: int(g.Longest), Drained: int(g.Drained), Left: int(g.Abandoned), Milliseconds: g.Took.Seconds() * 1e3,
		Stack: p.callStack(g.Key.Stack).calls(),
	}
	if g.WideBytes != nil {
		d.Wide = g.WideBytes[:min(len(g.WideBytes), len(g.Results.Names))]
	}
	return d
}

// Thaw returns the scopes that deferred statements were recorded in, with the data that was deferred.
func Thaw(statements []finding.Deferred) []*record.Frozen {
	scopes := make(map[string]*record.Frozen)
	var order []*record.Frozen
	for _, d := range statements {
		s := scopes[d.Scope]
		if s == nil {
			s = &record.Frozen{Name: d.Scope}
			scopes[d.Scope] = s
			order = append(order, s)
		}
		if len(s.Groups) < record.MaxGroups {
			s.Groups = append(s.Groups, deferredGroup(&d, uint64(len(s.Groups)+1)))
		}
	}
	return order
}

// deferredGroup returns the group that d was made from. at is its position in the order of statements.
func deferredGroup(d *finding.Deferred, at uint64) *record.Group {
	dialect, _ := fingerprint.ParseDialect(d.Dialect) // one of a later version is unknown
	parsed := fingerprint.Parse(dialect, d.Text)
	db := deferredDatabases[dialect]
	var frames []runtime.Frame
	for _, call := range d.Stack[:min(len(d.Stack), maxStackCalls)] {
		frames = append(frames, runtime.Frame{Function: call.Function, File: call.File, Line: call.Line})
	}
	g := &record.Group{
		Key: record.Key{ID: parsed.ID, Stack: stack.Intern(frames), DB: db}, Position: int32(at) - 1, Hash: value.Pair(parsed.ID, db), Parsed: parsed, First: at, Last: at,
		Count: max(d.Count, 1), Rows: max(d.Rows, 0), Longest: clamp(d.Most), Drained: clamp(d.Drained), Abandoned: clamp(d.Left),
		Took: time.Duration(max(d.Milliseconds, 0) * float64(time.Millisecond)),
	}
	g.Results.Names = d.Columns
	if len(d.Wide) > 0 {
		g.WideBytes = new([record.MaxColumns]int)
		copy(g.WideBytes[:], d.Wide)
	}
	return g
}

// deferredDatabases stand for the databases of other processes, by dialect.
var deferredDatabases = map[fingerprint.Dialect]*record.Database{
	fingerprint.Unknown: {}, fingerprint.PostgreSQL: {Dialect: fingerprint.PostgreSQL}, fingerprint.MySQL: {Dialect: fingerprint.MySQL}, fingerprint.SQLite: {Dialect: fingerprint.SQLite},
}

// clamp returns a count from another process as one that groups can have.
func clamp(n int) int32 { return int32(min(max(n, 0), math.MaxInt32)) }
