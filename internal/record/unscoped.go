package record

import (
	"sync"
	"sync/atomic"

	"github.com/nplusgone/nplusgone/internal/stack"
)

// scoped counts the statements of the scopes of the process that have ended.
var scoped atomic.Int64

// unscoped counts the statements of the process that belonged to no scope. It keeps their stacks while a trace is on.
var unscoped struct {
	count  atomic.Int64
	traces atomic.Int32 // how many traces are on

	mu     sync.Mutex
	stacks map[stack.ID]int64 // the value of count when the stack ran last
}

// ScopedStatements returns how many statements the ended scopes of the process have recorded.
func ScopedStatements() int { return int(scoped.Load()) }

// UnscopedStatements returns how many statements of the process belonged to no scope so far.
func UnscopedStatements() int { return int(unscoped.count.Load()) }

// noteUnscoped counts a statement without a scope.
func noteUnscoped() {
	at := unscoped.count.Add(1)
	if unscoped.traces.Load() == 0 {
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

// TraceUnscoped keeps the stacks of statements without a scope, 256 at most, until stop is called. stop returns those that ran
// in between, in no order. Several traces may be on at the same time.
func TraceUnscoped() (stop func() []stack.ID) {
	unscoped.traces.Add(1)
	since := unscoped.count.Load()
	return func() (stacks []stack.ID) {
		unscoped.mu.Lock()
		defer unscoped.mu.Unlock()
		for id, at := range unscoped.stacks {
			if at > since {
				stacks = append(stacks, id)
			}
		}
		if unscoped.traces.Add(-1) == 0 {
			unscoped.stacks = nil
		}
		return stacks
	}
}
