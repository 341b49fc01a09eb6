package detector

import (
	"slices"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/analysis"
)

// maxCandidates is how many deferred statements a detector keeps over all scopes.
const maxCandidates = 256

// Candidates returns the statements of the scopes that have ended, in order, that only the source can judge; none when
// the detector has a source.
func (d *Detector) Candidates() []finding.Deferred {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.candidates)
}

// deferUnjudged keeps the statements of a scope that only the source can judge. The caller holds mu.
func (d *Detector) deferUnjudged(p *analysis.Pass) {
	if len(d.candidates) >= maxCandidates {
		return
	}
	if d.considered == nil {
		d.considered = make(map[analysis.DeferredKey]bool)
	}
	p.Deferred(func(key analysis.DeferredKey) bool { return d.considered[key] }, func(key analysis.DeferredKey, c finding.Deferred) bool {
		d.considered[key] = true
		d.candidates = append(d.candidates, c)
		return len(d.candidates) < maxCandidates
	})
}

// Reconsider asks source, which the run itself did not have, how the rows of deferred statements are used, and returns
// what the rules find then.
func Reconsider(candidates []finding.Deferred, source analysis.Source, opts ...Option) ([]finding.Finding, error) {
	d, err := New(append(opts, WithSource(source))...)
	if err != nil {
		return nil, err
	}
	d.cfg.Rules = analysis.JudgedBySource(d.cfg.Rules)
	found := finding.Set{Max: maxFindings}
	for _, s := range analysis.Thaw(candidates) {
		for _, f := range d.inspect(s, &d.cfg) {
			found.Add(f)
		}
	}
	return found.Findings(), nil
}
