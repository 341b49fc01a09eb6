package detector

import (
	"sync/atomic"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/record"
)

// A Recorder is told what each scope of the process ran and what was found in it, as the scope ends. It is called on the
// goroutine that ends the scope, and must be safe for concurrent use.
type Recorder func(ran finding.ScopeProfile, findings []finding.Finding)

// recorder is a slot of its own beside the listener: who keeps a run and who fails a package do not know each other.
var recorder atomic.Pointer[Recorder]

// Record calls fn with every scope of the process that ends from now on, whatever its detector, until the function that
// it returns is called. There is one recorder: a second one takes the place of the first.
func Record(fn Recorder) (stop func()) {
	recorder.Store(&fn)
	return func() { recorder.CompareAndSwap(&fn, nil) }
}

func notify(frozen *record.Frozen, cfg *config, findings []finding.Finding) {
	fn := recorder.Load()
	if fn == nil {
		return
	}
	var one profiler
	one.add(frozen, cfg)
	for _, ran := range one.sum().Scopes {
		(*fn)(ran, findings)
	}
}
