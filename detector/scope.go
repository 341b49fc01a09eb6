package detector

import (
	"context"
	"sync"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/analysis"
	"github.com/nplusgone/nplusgone/internal/record"
)

// A Scope is a recorded scope that its Detector analyses when it ends. It is safe for concurrent use.
type Scope struct {
	*record.Scope
	detector *Detector

	mu       sync.Mutex
	findings []finding.Finding
}

// End ends the scope and returns its findings; later statements do not belong to it. Sinks are called before it returns. Call it
// on the goroutine that began the scope: only there it restores the goroutine's previous mark. When it is called again, it
// returns the same findings.
func (s *Scope) End(ctx context.Context) []finding.Finding {
	frozen, ok := s.Scope.End()
	if !ok {
		s.mu.Lock()
		defer s.mu.Unlock()
		return s.findings
	}
	findings := s.detector.ended(ctx, frozen) // without the lock: a sink may call End
	s.mu.Lock()
	defer s.mu.Unlock()
	s.findings = findings
	return findings
}

// Observer returns an observer with this scope as its default: statements that have no other scope belong to it.
func (s *Scope) Observer() record.Observer { return record.Observer{Default: s.Scope} }

// Uses returns the statements that the scope has run so far, as analysis.UsesOf does; none once the scope has ended.
func (s *Scope) Uses() []analysis.Use {
	frozen := s.Snapshot()
	if frozen == nil {
		return nil
	}
	source := s.detector.cfg.Source
	if source == nil {
		source = processSource()
	}
	return analysis.UsesOf(frozen, source)
}
