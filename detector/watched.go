package detector

import (
	"context"
	"sync"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/analysis"
	"github.com/nplusgone/nplusgone/internal/record"
)

// A Watched scope is a scope of a Detector, which inspects it when it ends. It is safe for concurrent use.
type Scope struct {
	*record.Scope
	detector *Detector

	mu       sync.Mutex
	findings []finding.Finding
}

// End ends the scope and returns its findings. Later statements do not belong to it. It is best called on the goroutine
// that began the scope, whose mark it removes. Calling it again returns the same findings.
func (w *Scope) End(ctx context.Context) []finding.Finding {
	frozen, ok := w.Scope.End()
	if !ok {
		w.mu.Lock()
		defer w.mu.Unlock()
		return w.findings
	}
	findings := w.detector.ended(ctx, frozen) // without the lock: a sink may call End
	w.mu.Lock()
	defer w.mu.Unlock()
	w.findings = findings
	return findings
}

// Observer returns an observer whose default is this scope: statements that have no other scope belong to it.
func (w *Scope) Observer() record.Observer { return record.Observer{Default: w.Scope} }

// Uses returns what the scope has run so far; see analysis.UsesOf for what is left out. It returns nothing once the scope
// has ended.
func (w *Scope) Uses() []analysis.Use {
	frozen := w.Snapshot()
	if frozen == nil {
		return nil
	}
	source := w.detector.cfg.Source
	if source == nil {
		source, _ = processWide()
	}
	return analysis.UsesOf(frozen, source)
}
