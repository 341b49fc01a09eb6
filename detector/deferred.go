package detector

import (
	"slices"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/analysis"
)

// maxDeferred is the number of deferred statements that a Detector keeps. Each has a stack, and a report has all of them.
const maxDeferred = 256

// deferred holds the statements of ended scopes whose judgement needs the source, each once for its stack.
type deferred struct {
	statements []finding.Deferred
	keys       map[analysis.DeferredKey]bool // of statements
}

// add adds the statements of a scope that was analysed without source.
func (d *deferred) add(p *analysis.Pass) {
	if len(d.statements) >= maxDeferred {
		return
	}
	if d.keys == nil {
		d.keys = make(map[analysis.DeferredKey]bool)
	}
	p.Deferred(func(key analysis.DeferredKey) bool { return d.keys[key] }, func(key analysis.DeferredKey, s finding.Deferred) bool {
		d.keys[key] = true
		d.statements = append(d.statements, s)
		return len(d.statements) < maxDeferred
	})
}

// Deferred returns the statements of ended scopes whose judgement needs the source, in the order in which they were recorded; none
// if the detector has a source.
func (d *Detector) Deferred() []finding.Deferred {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.deferred.statements)
}

// JudgeDeferred returns what the rules about the use of rows find in deferred statements when source is available. It accepts
// statements from any report, also an edited one. Its error is that of an option.
func JudgeDeferred(statements []finding.Deferred, source analysis.Source, opts ...Option) ([]finding.Finding, error) {
	d, err := New(append(opts, WithSource(source))...)
	if err != nil {
		return nil, err
	}
	d.cfg.Rules = analysis.JudgedBySource(d.cfg.Rules)
	found := finding.Set{Max: maxFindings}
	for _, scope := range analysis.Thaw(statements) {
		findings, _, _ := d.inspect(scope, &d.cfg)
		for _, f := range findings {
			found.Add(f)
		}
	}
	return found.Findings(), nil
}
