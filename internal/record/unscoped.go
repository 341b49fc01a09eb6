package record

import (
	"sync"
	"sync/atomic"

	"github.com/nplusgone/nplusgone/internal/stack"
)

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
// called. That function returns them.
func TraceUnscoped() (stop func() []stack.ID) {
	unscoped.tracers.Add(1)
	since := unscoped.count.Load()
	return func() (stacks []stack.ID) {
		unscoped.mu.Lock()
		defer unscoped.mu.Unlock()
		for id, at := range unscoped.stacks {
			if at > since {
				stacks = append(stacks, id)
			}
		}
		if unscoped.tracers.Add(-1) == 0 {
			unscoped.stacks = nil
		}
		return stacks
	}
}
