// Package detector joins recording and analysis: a Detector begins scopes, analyses each when it ends, passes findings to sinks,
// and sums up what ran.
//
//	d, err := detector.New(detector.WithSink(sink))
//	ctx, scope := d.Begin(ctx, "GET /posts")
//	// … statements run, through package driver, with ctx or on this goroutine …
//	findings := scope.End(ctx)
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

// maxFindings is the number of different findings that a Detector keeps. Each takes some KiB.
const maxFindings = 10_000

// A Detector begins scopes and analyses them. It is safe for concurrent use.
type Detector struct {
	cfg config

	mu       sync.Mutex
	findings finding.Set
	profile  profile
	deferred deferred

	queue queue
}

// New returns a Detector. Its error names the option that is not valid.
func New(opts ...Option) (*Detector, error) {
	d := &Detector{
		cfg:      config{Config: analysis.Config{Threshold: DefaultThreshold, Rules: slices.Clone(analysis.AllRules)}, level: DefaultLevel},
		findings: finding.Set{Max: maxFindings},
	}
	for _, o := range opts {
		if err := o.apply(&d.cfg); err != nil {
			return nil, err
		}
	}
	return d, nil
}

// Level returns the lowest level of findings that fail a test and go to sinks.
func (d *Detector) Level() finding.Level { return d.cfg.level }

// Begin starts a scope and returns a context that carries it. Until the scope ends, a statement belongs to it if it runs with
// that context or one derived from it, or if its context has no scope and it runs on the calling goroutine or on one that it
// starts. The pprof labels of the application are kept.
func (d *Detector) Begin(ctx context.Context, name string) (context.Context, *Scope) {
	ctx, s := record.Begin(ctx, name, d, d.cfg.countOnly, 1)
	return ctx, &Scope{Scope: s, detector: d}
}

// FromContext returns the detector of the scope that ctx carries; nil if it carries none.
func FromContext(ctx context.Context) *Detector {
	s := record.FromContext(ctx)
	if s == nil {
		return nil
	}
	d, _ := s.Owner().(*Detector)
	return d
}

// Findings returns the findings of all scopes that have ended, where equal findings of several scopes are one.
func (d *Detector) Findings() []finding.Finding {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.findings.Findings()
}

// Profile returns the sums of all scopes that have ended, and what was not checked: of these scopes, and of the process where
// it concerns no scope of this detector.
func (d *Detector) Profile() finding.Profile {
	d.mu.Lock()
	defer d.mu.Unlock()
	p := d.profile.sum()
	if n := record.UnscopedStatements(); n > 0 {
		p.Unscoped = &finding.Unscoped{Statements: n}
	}
	p.NotChecked = slices.DeleteFunc(Faults(), func(text string) bool { return d.profile.faults[text] })
	return p
}

// Judge analyses a scope that another process recorded, and returns its sums and its findings. Sinks are not called.
func (d *Detector) Judge(frozen *record.Frozen) (finding.ScopeProfile, []finding.Finding) {
	cfg := d.cfg
	findings, uses, failed := d.inspect(frozen, &cfg)
	return sumsOf(frozen, &cfg, uses, failed), findings
}

// ended analyses a scope that has ended, and passes on what was found.
func (d *Detector) ended(ctx context.Context, frozen *record.Frozen) []finding.Finding {
	cfg := &d.cfg
	if source := processSource(); cfg.Source == nil && source != nil {
		with := d.cfg
		with.Source = source
		cfg = &with
	}
	findings, uses, failed := d.inspect(frozen, cfg)
	callRecorder(frozen, cfg, findings, uses, failed)
	notify(ctx, cfg, findings)
	return findings
}

// inspect analyses a scope and adds its findings and its sums to those of the detector. If a rule panics, there are no findings,
// failed says so, and the profile has the scope as not checked.
func (d *Detector) inspect(frozen *record.Frozen, cfg *config) (findings []finding.Finding, uses *finding.RowUse, failed *failure) {
	var p *analysis.Pass
	source := cfg.Source
	if failed = protect(frozen.Name, "a rule panicked", func() {
		p = analysis.NewPass(frozen, &cfg.Config)
		findings = p.Findings()
		uses = p.RowUse()
	}); failed != nil {
		findings, uses, source = nil, nil, nil // the source may be what panics
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	summing := protect(frozen.Name, "its statements were not summed up", func() {
		if failed == nil && source == nil {
			d.deferred.add(p)
		}
		if cfg.noEmpty && frozen.Stats.Statements == 0 {
			d.profile.empty++
			return
		}
		d.profile.add(frozen, source, uses)
	})
	if failed == nil {
		failed = summing
	}
	if failed != nil {
		d.profile.addFailure(frozen.Name, failed)
	}
	for _, f := range findings {
		d.findings.Add(f)
	}
	return findings, uses, failed
}

// A failure says that a scope was not checked, mostly because code of this module panicked.
type failure struct {
	why   string // as finding.ScopeProfile.NotChecked has it
	fault string // as Faults returns it; empty if there was no panic
}

// protect calls fn and returns a failure if it panics, which it also reports to package fault. why says what that means for the
// scope.
func protect(scope, why string, fn func()) (failed *failure) {
	defer func() {
		if r := recover(); r != nil {
			failed = &failure{
				why:   fmt.Sprintf("%s: %v", why, r),
				fault: fault.Report(fmt.Sprintf("the scope %q was not checked", scope), r),
			}
		}
	}()
	fn()
	return nil
}
