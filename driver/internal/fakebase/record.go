package fakebase

import (
	"context"
	"database/sql/driver"
	"fmt"
	"slices"
	"strings"
	"sync"
)

// A record is the calls of a base, in order.
type record struct {
	mu    sync.Mutex
	calls []string
}

// Calls returns the calls so far.
func (b *Base) Calls() []string {
	b.record.mu.Lock()
	defer b.record.mu.Unlock()
	return slices.Clone(b.record.calls)
}

// Mark records a line between calls.
func (b *Base) Mark(line string) {
	b.record.mu.Lock()
	defer b.record.mu.Unlock()
	b.record.calls = append(b.record.calls, line)
}

// note records a call; args are its context, query and arguments.
func (b *Base) note(who, method string, args ...any) {
	if b.Quiet {
		return
	}
	shown := make([]string, len(args))
	for i, a := range args {
		shown[i] = show(a)
	}
	b.Mark(fmt.Sprintf("%s.%s(%s)", who, method, strings.Join(shown, ", ")))
}

// ContextKey is the key of a context's value that is recorded with each call, to show that contexts are passed on.
type ContextKey struct{}

func show(a any) string {
	switch a := a.(type) {
	case context.Context:
		_, deadline := a.Deadline()
		return fmt.Sprintf("ctx{value %v, deadline %v, error %v}", a.Value(ContextKey{}), deadline, a.Err())
	case []driver.NamedValue:
		return showAll(a, func(v driver.NamedValue) string {
			return fmt.Sprintf("%d:%s=%T(%v)", v.Ordinal, v.Name, v.Value, v.Value)
		})
	case []driver.Value:
		return showAll(a, func(v driver.Value) string { return fmt.Sprintf("%T(%v)", v, v) })
	case string:
		return fmt.Sprintf("%q", a)
	}
	return fmt.Sprintf("%T(%v)", a, a)
}

func showAll[T any](all []T, one func(T) string) string {
	shown := make([]string, len(all))
	for i, v := range all {
		shown[i] = one(v)
	}
	return "[" + strings.Join(shown, " ") + "]"
}
