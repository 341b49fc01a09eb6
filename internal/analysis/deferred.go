package analysis

import (
	"math"
	"runtime"
	"time"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/frame"
	"github.com/nplusgone/nplusgone/internal/record"
	"github.com/nplusgone/nplusgone/internal/stack"
	"github.com/nplusgone/nplusgone/internal/value"
)

// What is kept of statements that only the source can judge, when a run has none.
const (
	maxStackCalls = 64
)

// A DeferredKey identifies a deferred statement within the process.
type DeferredKey struct {
	id    fingerprint.ID
	stack stack.ID
}

func (p *Pass) candidate(g *group) finding.Deferred {
	c := finding.Deferred{
		Scope: p.frozen.Name, Dialect: g.Key.DB.Dialect.String(), Text: g.Parsed.Text, Columns: g.Results.Names, Count: g.Count,
		Rows: g.Rows, Most: int(g.Longest), Drained: int(g.Drained), Left: int(g.Abandoned), Milliseconds: g.Took.Seconds() * 1e3,
	}
	if g.WideBytes != nil {
		c.Wide = g.WideBytes[:min(len(g.WideBytes), len(g.Results.Names))]
	}
	c.Stack = stackOf(p.trace(g.Key.Stack))
	return c
}

// group returns the group that c was made from, as far as it is known.
func deferredGroup(c *finding.Deferred, at uint64) *record.Group {
	dialect, _ := fingerprint.ParseDialect(c.Dialect) // one of a later version reads as unknown
	parsed := fingerprint.Parse(dialect, c.Text)
	var frames []runtime.Frame
	for _, call := range c.Stack[:min(len(c.Stack), maxStackCalls)] {
		frames = append(frames, runtime.Frame{Function: call.Function, File: call.File, Line: call.Line})
	}
	g := &record.Group{
		Key: record.Key{ID: parsed.ID, Stack: stack.Intern(frames), DB: databaseOf(dialect)}, Position: int32(at) - 1, Hash: value.Pair(parsed.ID, databaseOf(dialect)), Parsed: parsed, First: at, Last: at,
		Count: max(c.Count, 1), Rows: max(c.Rows, 0), Longest: small(c.Most), Drained: small(c.Drained), Abandoned: small(c.Left),
		Took: time.Duration(max(c.Milliseconds, 0) * float64(time.Millisecond)),
	}
	g.Results.Names = c.Columns
	if len(c.Wide) > 0 {
		g.WideBytes = new([record.MaxColumns]int)
		copy(g.WideBytes[:], c.Wide)
	}
	return g
}

// databases stand for those of other processes, by dialect.
var databases = map[fingerprint.Dialect]*record.Database{
	fingerprint.Unknown: {}, fingerprint.PostgreSQL: {Dialect: fingerprint.PostgreSQL}, fingerprint.MySQL: {Dialect: fingerprint.MySQL}, fingerprint.SQLite: {Dialect: fingerprint.SQLite},
}

func databaseOf(d fingerprint.Dialect) *record.Database { return databases[d] }

// small returns a count that came from outside as it is kept.
func small(n int) int32 { return int32(min(max(n, 0), math.MaxInt32)) }

// Deferred calls take with each statement of the scope that only the source can judge, and with its key, until take
// reports false. known reports whether a key is wanted no more.
func (p *Pass) Deferred(known func(DeferredKey) bool, take func(DeferredKey, finding.Deferred) (more bool)) {
	for _, g := range p.fetching(2) {
		key := DeferredKey{g.Key.ID, g.Key.Stack}
		if !g.whole() || known(key) || !p.alone(g) {
			continue
		}
		if !take(key, p.candidate(g)) {
			return
		}
	}
}

// Thaw returns the scopes that deferred statements were recorded in, as far as they are known.
func Thaw(candidates []finding.Deferred) []*record.Frozen {
	scopes := make(map[string]*record.Frozen)
	var order []*record.Frozen
	for _, c := range candidates {
		s := scopes[c.Scope]
		if s == nil {
			s = &record.Frozen{Name: c.Scope}
			scopes[c.Scope] = s
			order = append(order, s)
		}
		if len(s.Groups) < record.MaxGroups {
			s.Groups = append(s.Groups, deferredGroup(&c, uint64(len(s.Groups)+1)))
		}
	}
	return order
}

// stackOf returns a stack as reports have it: without the frames that called the user's code.
func stackOf(t *trace) (calls []finding.Call) {
	for _, f := range t.frames[:min(len(t.frames), maxStackCalls)] {
		call := finding.Call{Function: f.Function}
		if isUser(f) {
			call.File, call.Line = frame.Relative(f.Function, f.File), f.Line
		}
		calls = append(calls, call)
	}
	for len(calls) > 0 && calls[len(calls)-1].File == "" {
		calls = calls[:len(calls)-1]
	}
	return calls
}
