package detector

import (
	"context"
	"sync/atomic"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/analysis"
	"github.com/nplusgone/nplusgone/internal/fault"
	"github.com/nplusgone/nplusgone/internal/record"
)

// What a test binary sets for all detectors of the process, also for those that the code under test makes. The listener fails a
// package and the recorder keeps a run; they are set independently.
var process struct {
	source   atomic.Pointer[analysis.Source]
	listener atomic.Pointer[func(context.Context, finding.Finding)]
	recorder atomic.Pointer[Recorder]
}

// SetProcessSource sets the source for all detectors that have no source of their own; nil sets none. Package nplusgonetest
// calls it.
func SetProcessSource(s analysis.Source) {
	if s == nil {
		process.source.Store(nil)
		return
	}
	process.source.Store(&s)
}

// processSource returns the source of the process; nil if there is none.
func processSource() analysis.Source {
	if s := process.source.Load(); s != nil {
		return *s
	}
	return nil
}

// Listen calls fn with each finding of each scope of the process that ends from now on, at any level, until stop is called. fn
// is called on the goroutine that ends the scope, and must be safe for concurrent use. There is one listener: a second call
// replaces the first.
func Listen(fn func(context.Context, finding.Finding)) (stop func()) {
	process.listener.Store(&fn)
	return func() { process.listener.Store(nil) }
}

// processListener returns the listener of the process; nil if there is none.
func processListener() func(context.Context, finding.Finding) {
	if fn := process.listener.Load(); fn != nil {
		return *fn
	}
	return nil
}

// A Recorder receives the sums and the findings of each scope of the process as it ends. It is called on the goroutine that
// ends the scope, and must be safe for concurrent use.
type Recorder func(sums finding.ScopeProfile, findings []finding.Finding)

// Record calls fn for each scope of the process that ends from now on, whatever its detector, until stop is called. There is
// one recorder: a second call replaces the first.
func Record(fn Recorder) (stop func()) {
	process.recorder.Store(&fn)
	return func() { process.recorder.CompareAndSwap(&fn, nil) }
}

// callRecorder calls the recorder of the process, if there is one, for a scope that was analysed. uses says what is known of the
// use of its rows, failed that it was not checked.
func callRecorder(frozen *record.Frozen, cfg *config, findings []finding.Finding, uses *finding.RowUse, failed *failure) {
	fn := process.recorder.Load()
	if fn == nil {
		return
	}
	(*fn)(sumsOf(frozen, cfg, uses, failed), findings)
}

// sumsOf returns the sums of one scope. Its arguments are those of callRecorder.
func sumsOf(frozen *record.Frozen, cfg *config, uses *finding.RowUse, failed *failure) finding.ScopeProfile {
	source := cfg.Source
	if failed != nil {
		source = nil // it may be what panics
	}
	var one profile
	if summing := protect(frozen.Name, "its statements were not summed up", func() { one.add(frozen, source, uses) }); failed == nil {
		failed = summing
	}
	if failed != nil {
		one.addFailure(frozen.Name, failed)
	}
	for _, sums := range one.sum().Scopes {
		return sums
	}
	return finding.ScopeProfile{Name: frozen.Name}
}

// TraceUnscoped keeps the stacks of statements without a scope, 256 at most, until stop is called. stop returns them, each from
// the caller of database/sql outwards, without those of code that prepares a database.
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

// Faults returns what was not checked in the process because code of this module panicked: in the analysis of a scope, or while a
// statement was recorded. If there is one, the absence of findings is inconclusive.
func Faults() []string { return fault.All() }
