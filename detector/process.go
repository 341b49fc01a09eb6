package detector

import (
	"context"
	"sync"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/analysis"
	"github.com/nplusgone/nplusgone/internal/record"
)

// What a test binary sets for all detectors of the process, also for those that the watched code makes itself.
var process struct {
	mu       sync.Mutex
	source   analysis.Source
	listener func(context.Context, finding.Finding)
}

// SetProcessSource sets the source of all detectors that have none of their own. It is for test binaries: package
// nplusgonetest calls it.
func SetProcessSource(s analysis.Source) {
	process.mu.Lock()
	defer process.mu.Unlock()
	process.source = s
}

// Listen calls fn with every finding of every scope of the process that ends from now on, at any level, until the
// function that it returns is called. There is one listener: a second one takes the place of the first.
func Listen(fn func(context.Context, finding.Finding)) (stop func()) {
	process.mu.Lock()
	defer process.mu.Unlock()
	process.listener = fn
	return func() { Listen(nil) }
}

func processWide() (analysis.Source, func(context.Context, finding.Finding)) {
	process.mu.Lock()
	defer process.mu.Unlock()
	return process.source, process.listener
}

// TraceUnscoped keeps the stacks of statements without a scope, up to a bound, until the function that it returns is
// called; that one returns them, innermost frame first. Statements of set-up code are left out.
func TraceUnscoped() (stop func() [][]analysis.Frame) {
	end := record.TraceUnscoped()
	return func() (stacks [][]analysis.Frame) {
		for _, id := range end() {
			if frames, ok := analysis.ApplicationFrames(id); ok {
				stacks = append(stacks, frames)
			}
		}
		return stacks
	}
}
