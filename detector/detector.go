package detector

import (
	"context"
	"fmt"
	"os"
	"runtime/debug"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/stack"
)

// A Detector begins scopes, finds what is wrong in each as it ends, hands findings to its sinks, and sums up what it has
// seen. It is safe for concurrent use.
type Detector struct {
	cfg config

	mu       sync.Mutex
	findings finding.Set
	profile  profiler

	candidates []finding.Deferred // where there is no source
	considered map[candidateKey]bool
}

// New returns a Detector. The error names the option that cannot be.
func New(opts ...Option) (*Detector, error) {
	d := &Detector{cfg: config{threshold: DefaultThreshold, level: DefaultLevel, rules: slices.Clone(allRules)}, findings: finding.Set{Max: maxFindings}}
	for _, o := range opts {
		if err := o.apply(&d.cfg); err != nil {
			return nil, err
		}
	}
	return d, nil
}

// Level returns the lowest level that counts.
func (d *Detector) Level() finding.Level { return d.cfg.level }

// Begin starts a scope and returns a context that carries it. Until End, statements belong to the scope that run with that
// context or one made from it, and those that run without a scope in their context on the calling goroutine or on one
// that it starts. An application's pprof labels are kept.
func (d *Detector) Begin(ctx context.Context, name string) (context.Context, *Scope) {
	s := &Scope{detector: d, name: name, begun: stack.Capture(1)}
	ctx = s.mark(ctx)
	return context.WithValue(ctx, scopeKey{}, s), s
}

// Findings returns what has been found in all scopes that have ended, the same finding of several scopes merged.
func (d *Detector) Findings() []finding.Finding {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.findings.Findings()
}

// Profile sums up the scopes that have ended, and what no scope of the process owned.
func (d *Detector) Profile() finding.Profile {
	d.mu.Lock()
	defer d.mu.Unlock()
	p := d.profile.sum()
	if n := UnscopedStatements(); n > 0 {
		p.Unscoped = &finding.Unscoped{Statements: n}
	}
	return p
}

// ended takes in a scope that has ended.
func (d *Detector) ended(ctx context.Context, s *Scope) []finding.Finding {
	cfg := d.cfg
	source, listener := processWide()
	if cfg.source == nil {
		cfg.source = source
	}
	findings := d.inspect(s, &cfg)
	record(s, &cfg, findings)
	for _, f := range findings {
		if listener != nil {
			listener(ctx, f)
		}
		if !f.Gates(cfg.level) {
			continue
		}
		for _, sink := range cfg.sinks {
			sink.Finding(ctx, f)
		}
	}
	return findings
}

// inspect runs the rules over s and takes in what they found. A fault of ours costs the scope its findings, and nobody
// else anything; it is told once.
func (d *Detector) inspect(s *Scope, cfg *config) (findings []finding.Finding) {
	defer func() {
		if r := recover(); r != nil && !faulted.Swap(true) {
			fmt.Fprintf(os.Stderr, "nplusgone: a fault in nplusgone; a scope's findings are lost: %v\n%s", r, debug.Stack())
		}
	}()
	p := &pass{scope: s, cfg: cfg}
	findings = p.inspect()
	d.mu.Lock()
	defer d.mu.Unlock()
	if cfg.source == nil {
		d.consider(p)
	}
	d.profile.add(s, cfg)
	for _, f := range findings {
		d.findings.Add(f)
	}
	return findings
}

// faulted says that a fault of ours has been told.
var faulted atomic.Bool

// quiet is the detector of scopes that nobody configured.
var quiet = &Detector{cfg: config{threshold: DefaultThreshold, level: DefaultLevel, rules: allRules}, findings: finding.Set{Max: maxFindings}}

// BeginIn starts a scope with the detector of the scope that ctx is in, or with one that has no sinks.
func BeginIn(ctx context.Context, name string) (context.Context, *Scope) {
	if s := FromContext(ctx); s != nil {
		return s.detector.Begin(ctx, name)
	}
	return quiet.Begin(ctx, name)
}
