package detector

import (
	"math"
	"runtime"
	"slices"
	"time"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/frame"
	"github.com/nplusgone/nplusgone/internal/stack"
	"github.com/nplusgone/nplusgone/internal/value"
)

// What is kept of statements that only the source can judge, when a run has none.
const (
	maxCandidates     = 256 // over all scopes
	maxCandidateCalls = 64
)

type candidateKey struct {
	id    fingerprint.ID
	stack stack.ID
}

// Candidates returns the statements of the scopes that have ended, in order, that only the source can judge; none when
// the detector has a source.
func (d *Detector) Candidates() []finding.Deferred {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.candidates)
}

// consider takes in the candidates of a scope. The caller holds mu.
func (d *Detector) consider(p *pass) {
	if len(d.candidates) >= maxCandidates {
		return
	}
	for _, g := range p.fetching(2) {
		key := candidateKey{g.key.id, g.key.stack}
		if !g.whole() || d.considered[key] || len(d.candidates) >= maxCandidates || !p.alone(g) {
			continue
		}
		if d.considered == nil {
			d.considered = make(map[candidateKey]bool)
		}
		d.considered[key] = true
		d.candidates = append(d.candidates, p.candidate(g))
	}
}

func (p *pass) candidate(g *group) finding.Deferred {
	c := finding.Deferred{
		Scope: p.scope.name, Dialect: g.key.db.Dialect.String(), Text: g.parsed.Text, Columns: g.results.names, Count: g.count,
		Rows: g.rows, Most: int(g.most), Drained: int(g.drained), Left: int(g.left), Milliseconds: g.took.Seconds() * 1e3,
	}
	if g.wide != nil {
		c.Wide = g.wide[:min(len(g.wide), len(g.results.names))]
	}
	frames := p.trace(g.key.stack).frames
	for _, f := range frames[:min(len(frames), maxCandidateCalls)] {
		call := finding.Call{Function: f.Function}
		if frame.User(f.Function, f.File) {
			call.File, call.Line = frame.Relative(f.Function, f.File), f.Line
		}
		c.Stack = append(c.Stack, call)
	}
	for len(c.Stack) > 0 && c.Stack[len(c.Stack)-1].File == "" {
		c.Stack = c.Stack[:len(c.Stack)-1] // who calls the user's code does not matter
	}
	return c
}

// Reconsider asks source, which the run itself did not have, what becomes of the rows of candidates, and returns what the
// rules find then.
func Reconsider(candidates []finding.Deferred, source Source, opts ...Option) ([]finding.Finding, error) {
	d, err := New(append(opts, WithSource(source))...)
	if err != nil {
		return nil, err
	}
	// What it takes no source to find, the run has told.
	d.cfg.rules = slices.DeleteFunc(slices.Clone(d.cfg.rules), func(r *rule) bool { return !r.once || r == unboundedResult })
	scopes := make(map[string]*Scope)
	var order []*Scope
	for _, c := range candidates {
		s := scopes[c.Scope]
		if s == nil {
			s = &Scope{detector: d, name: c.Scope}
			scopes[c.Scope] = s
			order = append(order, s)
		}
		if len(s.order) < maxGroups {
			s.order = append(s.order, deferredGroup(&c, uint64(len(s.order)+1)))
		}
	}
	found := finding.Set{Max: maxFindings}
	for _, s := range order {
		for _, f := range d.inspect(s, &d.cfg) {
			found.Add(f)
		}
	}
	return found.Findings(), nil
}

// deferredGroup returns the group that c was made from, as far as it is known.
func deferredGroup(c *finding.Deferred, at uint64) *group {
	dialect, _ := fingerprint.ParseDialect(c.Dialect) // one of a later version reads as unknown
	parsed := fingerprint.Parse(dialect, c.Text)
	var frames []runtime.Frame
	for _, call := range c.Stack[:min(len(c.Stack), maxCandidateCalls)] {
		frames = append(frames, runtime.Frame{Function: call.Function, File: call.File, Line: call.Line})
	}
	g := &group{
		key: groupKey{parsed.ID, stack.Intern(frames), databaseOf(dialect)}, hash: value.Pair(parsed.ID, databaseOf(dialect)), parsed: parsed, first: at, last: at,
		count: max(c.Count, 1), rows: max(c.Rows, 0), most: small(c.Most), drained: small(c.Drained), left: small(c.Left),
		took: time.Duration(max(c.Milliseconds, 0) * float64(time.Millisecond)),
	}
	g.results.names = c.Columns
	if len(c.Wide) > 0 {
		g.wide = new([maxColumns]int)
		copy(g.wide[:], c.Wide)
	}
	return g
}

// databases stand for those of other processes, by dialect.
var databases = map[fingerprint.Dialect]*Database{
	fingerprint.Unknown: {}, fingerprint.PostgreSQL: {Dialect: fingerprint.PostgreSQL}, fingerprint.MySQL: {Dialect: fingerprint.MySQL}, fingerprint.SQLite: {Dialect: fingerprint.SQLite},
}

func databaseOf(d fingerprint.Dialect) *Database { return databases[d] }

// small returns a count that came from outside as it is kept.
func small(n int) int32 { return int32(min(max(n, 0), math.MaxInt32)) }
