package record

import (
	"context"
	"runtime"
	"runtime/pprof"
	"sync"
	"testing"
	"time"

	"github.com/nplusgone/nplusgone/internal/goroutine"
)

// Proves in which order the scope of a statement is looked for: its context, its transaction, its goroutine, the default of the
// observer; and that a scope which has ended does not count.
func TestObserverOrder(t *testing.T) {
	scope := func(name string) (context.Context, *Scope) {
		return Begin(t.Context(), name, nil, false, 0)
	}
	ctx, ofContext := scope("context")
	over, ended := scope("ended")
	ended.End()
	_, ofTx := scope("transaction")
	_, ofDatabase := scope("default")
	_, ofGoroutine := scope("goroutine")
	for _, tt := range []struct {
		name      string
		ctx       context.Context
		tx        *Scope
		goroutine *Scope
		fallback  *Scope
		want      *Scope
		unscoped  int
	}{
		{"a scope in the context", ctx, ofTx, ofGoroutine, ofDatabase, ofContext, 0},
		{"no scope in the context", t.Context(), ofTx, ofGoroutine, ofDatabase, ofTx, 0},
		{"a scope in the context that has ended", over, ofTx, ofGoroutine, ofDatabase, ofTx, 0},
		{"no transaction", t.Context(), nil, ofGoroutine, ofDatabase, ofGoroutine, 0},
		{"a transaction of a scope that has ended", t.Context(), ended, ofGoroutine, ofDatabase, ofGoroutine, 0},
		{"a goroutine without a scope", t.Context(), nil, nil, ofDatabase, ofDatabase, 0},
		{"a goroutine of a scope that has ended", t.Context(), nil, ended, ofDatabase, ofDatabase, 0},
		{"a default that has ended", t.Context(), nil, nil, ended, nil, 1},
		{"no scope", t.Context(), nil, nil, nil, nil, 1},
		{"a context of Ignore", ignoring(ctx), ofTx, ofGoroutine, ofDatabase, nil, 0},
		{"a goroutine below Ignore", t.Context(), nil, ignored, ofDatabase, nil, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			pprof.SetGoroutineLabels(t.Context()) // the scopes above have marked this goroutine
			if tt.goroutine != nil {
				_, mark := goroutine.Set(t.Context(), tt.goroutine.id)
				defer mark.Unset()
			}
			before := UnscopedStatements()
			if got := (Observer{Default: tt.fallback}).Scope(tt.ctx, tt.tx); got != tt.want {
				t.Errorf("the scope is %v, want %v", nameOf(got), nameOf(tt.want))
			}
			if got := UnscopedStatements() - before; got != tt.unscoped {
				t.Errorf("%d statements are counted as unscoped, want %d", got, tt.unscoped)
			}
		})
	}
}

// ignoring returns the context that Ignore passes to its function.
func ignoring(ctx context.Context) (ignored context.Context) {
	Ignore(ctx, func(ctx context.Context) { ignored = ctx })
	return ignored
}

// Proves that statements below Ignore belong to no scope, with and without its context, also on goroutines that it starts.
func TestIgnore(t *testing.T) {
	_, s := begin(t)
	var o Observer
	Ignore(t.Context(), func(ctx context.Context) {
		var wg sync.WaitGroup
		for _, ctx := range []context.Context{ctx, t.Context()} {
			wg.Go(func() {
				if got := o.Scope(ctx, nil); got != nil {
					t.Errorf("the scope is %s", nameOf(got))
				}
			})
		}
		wg.Wait()
	})
	if got := o.Scope(t.Context(), nil); got != s {
		t.Errorf("after that the scope is %s, want %s", nameOf(got), s.Name())
	}
}

// Proves that a scope which is not ended and not referenced is freed, also if it was looked up.
func TestScopeThatIsNeverEndedIsFreed(t *testing.T) {
	var id string
	var wg sync.WaitGroup
	wg.Go(func() {
		_, s := begin(t)
		id = s.id
		if ofGoroutine() != s {
			t.Error("the goroutine does not have the scope")
		}
	})
	wg.Wait()
	for range 100 {
		runtime.GC()
		if _, kept := openScopes.Load(id); !kept {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Error("the scope is not freed")
}

func nameOf(s *Scope) string {
	if s == nil {
		return "none"
	}
	return s.Name()
}

// Proves that a context carries its scope until that ends, that the context of Ignore carries none, and that a scope may be begun
// within it.
func TestFromContext(t *testing.T) {
	ctx, s := begin(t)
	if got := FromContext(ctx); got != s {
		t.Errorf("the scope is %s, want %s", nameOf(got), s.Name())
	}
	if got := FromContext(ignoring(ctx)); got != nil {
		t.Errorf("the context of Ignore has the scope %s", nameOf(got))
	}
	within, inner := Begin(ignoring(ctx), "inner", nil, false, 0)
	if got := FromContext(within); got != inner {
		t.Errorf("the scope is %s, want inner", nameOf(got))
	}
	s.End()
	if got := FromContext(ctx); got != nil {
		t.Errorf("the context has a scope that has ended: %s", nameOf(got))
	}
}

// Proves that the stacks of statements without a scope are kept while a trace is on only, and those below Ignore not at all.
func TestTraceUnscoped(t *testing.T) {
	var o Observer
	o.Scope(t.Context(), nil)
	stop := TraceUnscoped()
	o.Scope(t.Context(), nil)
	o.Scope(ignoring(t.Context()), nil)
	stacks := stop()
	if len(stacks) != 1 {
		t.Fatalf("%d stacks, want 1", len(stacks))
	}
	through := false
	for _, f := range stacks[0].Frames() {
		through = through || f.Function == "github.com/nplusgone/nplusgone/internal/record."+t.Name()
	}
	if !through {
		t.Errorf("the test is not on the stack: %v", stacks[0])
	}
}

// Proves that a scope found by the labels of a goroutine is found as long as it is open, by goroutines that inherit them,
// and that the next scope has other labels.
func TestMarkingsFollowScopes(t *testing.T) {
	of := func() *Scope { return Observer{}.Scope(context.Background(), nil) }
	ask := make(chan chan *Scope)
	defer close(ask)
	for i := range 3 * len(marked) {
		_, s := Begin(context.Background(), "a scope", nil, false, 0)
		inherited := func() *Scope {
			c := make(chan *Scope)
			go func() { c <- of() }()
			return <-c
		}
		if i == 0 {
			go func() {
				for c := range ask {
					c <- of()
				}
			}()
		}
		for range 2 {
			if got := of(); got != s {
				t.Fatalf("scope %d: the statement belongs to %p, want %p", i, got, s)
			}
			if got := inherited(); got != s {
				t.Fatalf("scope %d: the statement of a new goroutine belongs to %p, want %p", i, got, s)
			}
		}
		s.End()
		c := make(chan *Scope)
		ask <- c
		if got := <-c; got != nil {
			t.Fatalf("scope %d: after End, the statement of a goroutine of the first one belongs to %p", i, got)
		}
		if got := of(); got != nil {
			t.Fatalf("scope %d: after End, the statement belongs to %p", i, got)
		}
	}
}
