package detector

import (
	"context"
	"sync"
	"sync/atomic"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/stack"
)

// What a test binary sets for all detectors of the process, also for those that the watched code makes itself.
var process struct {
	mu       sync.Mutex
	source   Source
	listener func(context.Context, finding.Finding)
}

// SetProcessSource sets the source of all detectors that have none of their own. It is for test binaries: package
// nplusgonetest calls it.
func SetProcessSource(s Source) {
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

func processWide() (Source, func(context.Context, finding.Finding)) {
	process.mu.Lock()
	defer process.mu.Unlock()
	return process.source, process.listener
}

// unscoped counts the statements of the process that no scope owned. While somebody traces them, their stacks are kept.
var unscoped struct {
	count   atomic.Int64
	tracers atomic.Int32

	mu     sync.Mutex
	stacks map[stack.ID]int64 // and when each was seen last, by count
}

// maxUnscopedStacks bounds the stacks that are kept of statements without a scope.
const maxUnscopedStacks = 256

func noteUnscoped() {
	at := unscoped.count.Add(1)
	if unscoped.tracers.Load() == 0 {
		return
	}
	id := stack.Capture(1)
	unscoped.mu.Lock()
	defer unscoped.mu.Unlock()
	if unscoped.stacks == nil {
		unscoped.stacks = make(map[stack.ID]int64)
	}
	if _, ok := unscoped.stacks[id]; ok || len(unscoped.stacks) < maxUnscopedStacks {
		unscoped.stacks[id] = at
	}
}

// UnscopedStatements returns how many statements of the process no scope has owned so far.
func UnscopedStatements() int { return int(unscoped.count.Load()) }

// scoped counts the statements of the process that scopes took in.
var scoped atomic.Int64

// ScopedStatements returns how many statements of the process scopes have taken in so far.
func ScopedStatements() int { return int(scoped.Load()) }

// TraceUnscoped keeps the stacks of statements without a scope, up to a bound, until the function that it returns is
// called; that one returns them, innermost frame first. Statements of set-up code are left out.
func TraceUnscoped() (stop func() [][]Frame) {
	unscoped.tracers.Add(1)
	since := unscoped.count.Load()
	return func() (stacks [][]Frame) {
		unscoped.mu.Lock()
		defer unscoped.mu.Unlock()
		for id, at := range unscoped.stacks {
			if t := newTrace(id, nil); at > since && !t.setUp {
				stacks = append(stacks, t.frames)
			}
		}
		if unscoped.tracers.Add(-1) == 0 {
			unscoped.stacks = nil
		}
		return stacks
	}
}
