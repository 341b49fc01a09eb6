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

// An Observer decides which scope a statement belongs to: the scope of its context; if there is none, that of its transaction;
// if there is none, that of its goroutine; if there is none, Default. A statement without any is counted as unscoped. A scope
// that has ended is none.
type Observer struct {
	Default *Scope // the scope of a test's own database; nil for none
}

// Scope returns the scope of a statement that is about to run with ctx on the calling goroutine; nil if it is not recorded. tx
// is the scope of the transaction around it, or nil.
func (o Observer) Scope(ctx context.Context, tx *Scope) *Scope {
	if s, _ := ctx.Value(scopeKey{}).(*Scope); s.open() {
		return s.recording()
	}
	if tx.open() {
		return tx
	}
	if s := ofGoroutine(); s.open() {
		return s.recording()
	}
	if o.Default.open() {
		return o.Default
	}
	noteUnscoped()
	return nil
}

// open reports whether s is a scope that has not ended. ignored is open.
func (s *Scope) open() bool { return s != nil && !s.over.Load() }

// recording returns s, or nil for ignored.
func (s *Scope) recording() *Scope {
	if s == ignored {
		return nil
	}
	return s
}

// scopeKey is the key of the scope in a context.
type scopeKey struct{}

// FromContext returns the scope that ctx carries; nil if there is none, it has ended, or ctx is the context of Ignore.
func FromContext(ctx context.Context) *Scope {
	if s, _ := ctx.Value(scopeKey{}).(*Scope); s.open() {
		return s.recording()
	}
	return nil
}

// ignored is the scope of statements below Ignore, in a context and for a goroutine. It records nothing.
var ignored = &Scope{name: "ignored", id: "ignored"}

// Ignore calls fn with a context whose statements belong to no scope and are not counted. The same holds for statements without
// that context on the calling goroutine, until fn returns, and on goroutines that fn starts.
func Ignore(ctx context.Context, fn func(context.Context)) {
	ctx, mark := goroutine.Set(ctx, ignored.id)
	defer mark.Unset()
	fn(context.WithValue(ctx, scopeKey{}, ignored))
}

// openScopes holds the scopes that have not ended by the IDs that goroutines are marked with. It holds them weakly, so that the
// garbage collector frees a scope that is never ended.
var openScopes sync.Map // of weak.Pointer[Scope] by string

func init() { openScopes.Store(ignored.id, weak.Make(ignored)) }

// forgotten counts the scopes that were freed without having been ended.
var forgotten atomic.Int64

// NeverEnded returns how many scopes of the process have not been ended: those that are open, and those that were freed. Their
// statements were not checked.
func NeverEnded() int {
	n := int(forgotten.Load())
	openScopes.Range(func(_, s any) bool {
		if scope := s.(weak.Pointer[Scope]).Value(); scope != nil && scope != ignored {
			n++
		}
		return true
	})
	return n
}

// An unended scope is what is left of one that was freed without having been ended.
type unended struct {
	id     string
	budget *budget
}

// mark marks the calling goroutine with the scope, under a random ID: the mark is a pprof label, which profiles and tracebacks
// show. It returns a context with the labels of ctx and the mark.
func (s *Scope) mark(ctx context.Context) context.Context {
	for s.id = strconv.FormatUint(rand.Uint64(), 36); ; s.id += "+" {
		if _, taken := openScopes.LoadOrStore(s.id, weak.Make(s)); !taken {
			break
		}
	}
	s.cleanup = runtime.AddCleanup(s, func(lost unended) {
		openScopes.Delete(lost.id)
		lost.budget.release()
		forgotten.Add(1)
	}, unended{s.id, s.budget})
	ctx, s.goroutine = goroutine.Set(ctx, s.id)
	return ctx
}

// unmark restores the mark that the calling goroutine had before the scope, if it has the mark of the scope. Other goroutines
// that have the mark belong to no scope from then on.
func (s *Scope) unmark() {
	if s.id == "" {
		return // of New
	}
	s.goroutine.Unset()
	s.cleanup.Stop()
	openScopes.Delete(s.id)
}

// ofGoroutine returns the scope that the calling goroutine is marked with, which may have ended; nil for none.
func ofGoroutine() *Scope {
	labels := goroutine.Current()
	if labels == (goroutine.Labels{}) {
		return nil
	}
	latest := &marked[labels.Slot(len(marked))]
	if m := latest.Load(); m != nil && m.labels == labels {
		return m.scope.Value()
	}
	id := labels.ID()
	if id == "" {
		return nil
	}
	s, _ := openScopes.Load(id)
	scope, ok := s.(weak.Pointer[Scope])
	if ok {
		latest.Store(&marking{labels, scope})
	}
	return scope.Value()
}

// A marking is the scope of goroutines with certain labels.
type marking struct {
	labels goroutine.Labels
	scope  weak.Pointer[Scope]
}

// marked holds the markings that were looked up last. Comparing the labels takes a fifth of the time of looking up their ID.
var marked [32]atomic.Pointer[marking]
