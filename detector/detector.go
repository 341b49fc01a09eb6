package detector

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/analysis"
	"github.com/nplusgone/nplusgone/internal/fault"
	"github.com/nplusgone/nplusgone/internal/record"
)

// A Detector begins scopes, finds what is wrong in each as it ends, hands findings to its sinks, and sums up what it has
// seen. It is safe for concurrent use.
type Detector struct {
	cfg config

	mu       sync.Mutex
	findings finding.Set
	profile  profiler

	candidates []finding.Deferred // where there is no source
	considered map[analysis.DeferredKey]bool
}

// New returns a Detector. The error names the option that cannot be.
func New(opts ...Option) (*Detector, error) {
	d := &Detector{cfg: config{Config: analysis.Config{Threshold: DefaultThreshold, Rules: slices.Clone(analysis.AllRules)}, level: DefaultLevel}, findings: finding.Set{Max: maxFindings}}
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
	ctx, s := record.Begin(ctx, name, d, d.cfg.blind, 1)
	return ctx, &Scope{Scope: s, detector: d}
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
	if n := record.UnscopedStatements(); n > 0 {
		p.Unscoped = &finding.Unscoped{Statements: n}
	}
	p.NotChecked = Faults()
	return p
}

// ended takes in a scope that has ended.
func (d *Detector) ended(ctx context.Context, frozen *record.Frozen) []finding.Finding {
	cfg := d.cfg
	source, listener := processWide()
	if cfg.Source == nil {
		cfg.Source = source
	}
	findings := d.inspect(frozen, &cfg)
	notify(frozen, &cfg, findings)
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

// inspect runs the rules over a scope. If one of them panics, the scope's findings are discarded and the fault is recorded:
// the scope counts as not checked.
func (d *Detector) inspect(frozen *record.Frozen, cfg *config) (findings []finding.Finding) {
	defer func() {
		if r := recover(); r != nil {
			fault.Report(fmt.Sprintf("the scope %q was not checked", frozen.Name), r)
			findings = nil
		}
	}()
	p := analysis.NewPass(frozen, &cfg.Config)
	findings = p.Findings()
	d.mu.Lock()
	defer d.mu.Unlock()
	if cfg.Source == nil {
		d.deferUnjudged(p)
	}
	d.profile.add(frozen, cfg)
	for _, f := range findings {
		d.findings.Add(f)
	}
	return findings
}

// Faults returns what was not checked because nplusgone itself panicked, in the whole process: in the analysis of a scope,
// or while a statement was recorded. A run with faults proves nothing.
func Faults() []string { return fault.All() }

// FromContext returns the detector of the scope that ctx carries, or nil if it carries none.
func FromContext(ctx context.Context) *Detector {
	s := record.FromContext(ctx)
	if s == nil {
		return nil
	}
	d, _ := s.Owner().(*Detector)
	return d
}
