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

// Proves the order in which a statement looks for its scope: its context, transaction, goroutine, the database's; and
// that a scope which has ended is none.
func TestObserverLooksOneRungAfterTheOther(t *testing.T) {
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
		{"a goroutine of no scope", t.Context(), nil, nil, ofDatabase, ofDatabase, 0},
		{"a goroutine of a scope that has ended", t.Context(), nil, ended, ofDatabase, ofDatabase, 0},
		{"a default that has ended", t.Context(), nil, nil, ended, nil, 1},
		{"nothing at all", t.Context(), nil, nil, nil, nil, 1},
		{"a context that is ignored", ignoring(ctx), ofTx, ofGoroutine, ofDatabase, nil, 0},
		{"a goroutine that is ignored", t.Context(), nil, ignored, ofDatabase, nil, 0},
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

// ignoring returns the context that Ignore hands on.
func ignoring(ctx context.Context) (ignored context.Context) {
	Ignore(ctx, func(ctx context.Context) { ignored = ctx })
	return ignored
}

// Proves that what runs below Ignore belongs to nobody, whether it hands the context on or not, also on goroutines.
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

// Proves that a scope which nobody ends, and nobody holds, does not stay for good.
func TestAScopeThatNobodyEndsIsForgotten(t *testing.T) {
	var id string
	var wg sync.WaitGroup
	wg.Go(func() {
		_, s := begin(t)
		id = s.id
	})
	wg.Wait()
	for range 100 {
		runtime.GC()
		if _, kept := marked.Load(id); !kept {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Error("the scope is kept")
}

func nameOf(s *Scope) string {
	if s == nil {
		return "none"
	}
	return s.Name()
}

// Proves that a context gives back its scope until that ends, and none while it is ignored; a scope within is another one.
func TestFromContext(t *testing.T) {
	ctx, s := begin(t)
	if got := FromContext(ctx); got != s {
		t.Errorf("the scope is %s, want %s", nameOf(got), s.Name())
	}
	if got := FromContext(ignoring(ctx)); got != nil {
		t.Errorf("an ignored context has the scope %s", nameOf(got))
	}
	within, inner := Begin(ignoring(ctx), "inner", nil, false, 0)
	if got := FromContext(within); got != inner {
		t.Errorf("the scope is %s, want inner", nameOf(got))
	}
	s.End()
	if got := FromContext(ctx); got != nil {
		t.Errorf("a scope that has ended is still there: %s", nameOf(got))
	}
}

// Proves that the stacks of statements without a scope are kept only while somebody asks for them.
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
		t.Errorf("the stack does not lead through the test: %v", stacks[0])
	}
}
