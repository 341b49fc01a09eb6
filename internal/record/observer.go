package record

import (
	"context"
	"math/rand/v2"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
	"weak"

	"github.com/nplusgone/nplusgone/internal/goroutine"
)

type scopeKey struct{}

// ignored stands in a context, and for a goroutine, for no scope at all.
var ignored = &Scope{name: "ignored", id: "ignored"}

// marked holds the open scopes, weakly, by the IDs that goroutines are marked with: one that nobody ends is forgotten
// once nobody holds it.
var marked sync.Map // of weak.Pointer[Scope] by string

func init() { marked.Store(ignored.id, weak.Make(ignored)) }

// mark marks the calling goroutine with the scope. The ID is one of chance: it may be seen in profiles and tracebacks.
func (s *Scope) mark(ctx context.Context) context.Context {
	for s.id = strconv.FormatUint(rand.Uint64(), 36); ; s.id += "+" {
		if _, taken := marked.LoadOrStore(s.id, weak.Make(s)); !taken {
			break
		}
	}
	s.forgotten = runtime.AddCleanup(s, func(id string) {
		marked.Delete(id)
		lost.Add(1)
	}, s.id)
	ctx, s.goroutine = goroutine.Set(ctx, s.id)
	return ctx
}

// lost counts the scopes that nobody ended, and nobody holds any more.
var lost atomic.Int64

// NeverEnded returns how many scopes of the process nobody has ended so far: those that are open, and those that were
// forgotten. What ran in them was not checked.
func NeverEnded() int {
	n := int(lost.Load())
	marked.Range(func(_, s any) bool {
		if scope := s.(weak.Pointer[Scope]).Value(); scope != nil && scope != ignored {
			n++
		}
		return true
	})
	return n
}

// unmark lets the calling goroutine be what it was before the scope, if it is the scope's still. Others that carry the
// mark on belong to no scope from then on.
func (s *Scope) unmark() {
	s.goroutine.Unset()
	s.forgotten.Stop()
	marked.Delete(s.id)
}

// FromContext returns the scope that ctx carries, or nil when there is none, it has ended, or Ignore set it aside.
func FromContext(ctx context.Context) *Scope {
	s, _ := ctx.Value(scopeKey{}).(*Scope)
	if s == nil || s == ignored || s.over.Load() {
		return nil
	}
	return s
}

// Ignore calls fn with a context whose statements belong to no scope and are not counted anywhere. Neither are statements
// without that context on the calling goroutine, or on one that fn starts.
func Ignore(ctx context.Context, fn func(context.Context)) {
	ctx, mark := goroutine.Set(ctx, ignored.id)
	defer mark.Unset()
	fn(context.WithValue(ctx, scopeKey{}, ignored))
}

// An Observer finds the scope of each statement: the one in its context, else that of its transaction, else that of its
// goroutine, else Default. A statement that has none of them is counted as unscoped.
type Observer struct {
	Default *Scope // the scope of a test's own database; nil for none
}

// Scope implements the driver's Observer.
func (o Observer) Scope(ctx context.Context, tx *Scope) *Scope {
	if s, _ := ctx.Value(scopeKey{}).(*Scope); s.counts() {
		return s.watching()
	}
	if tx.counts() {
		return tx
	}
	if s := ofGoroutine(); s.counts() {
		return s.watching()
	}
	if o.Default.counts() {
		return o.Default
	}
	noteUnscoped()
	return nil
}

// ofGoroutine returns the scope that the calling goroutine is marked with, nil for none.
func ofGoroutine() *Scope {
	id := goroutine.ID()
	if id == "" {
		return nil
	}
	s, _ := marked.Load(id)
	scope, _ := s.(weak.Pointer[Scope])
	return scope.Value()
}

// counts reports whether s decides about a statement: it is one, and has not ended.
func (s *Scope) counts() bool { return s != nil && !s.over.Load() }

// watching returns s, nil for ignored.
func (s *Scope) watching() *Scope {
	if s == ignored {
		return nil
	}
	return s
}
