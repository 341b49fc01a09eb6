package goroutine

import (
	"context"
	"iter"
	"runtime/pprof"
	"sync"
	"testing"
)

// want checks the mark of the calling goroutine.
func want(t *testing.T, id string) {
	t.Helper()
	if got := ID(); got != id {
		t.Errorf("the goroutine is marked %q, want %q", got, id)
	}
}

func TestTheLayoutIsSupported(t *testing.T) {
	if !supported {
		t.Fatal("the layout of labels in runtime/pprof is new: goroutines cannot be marked")
	}
}

func TestGoroutinesInheritTheMark(t *testing.T) {
	want(t, "")
	_, mark := Set(t.Context(), "one")
	want(t, "one")
	var wg sync.WaitGroup
	wg.Go(func() {
		want(t, "one")
		wg.Go(func() { want(t, "one") })
	})
	wg.Wait()
	next, stop := iter.Pull(func(yield func(string) bool) { yield(ID()) })
	defer stop()
	if got, _ := next(); got != "one" {
		t.Errorf("a pulled iterator is marked %q, want %q", got, "one")
	}
	mark.Unset()
	want(t, "")
	wg.Go(func() { want(t, "") })
	wg.Wait()
}

func TestMarksNest(t *testing.T) {
	ctx, outer := Set(t.Context(), "outer")
	_, inner := Set(ctx, "inner")
	want(t, "inner")
	outer.Unset() // out of order: nothing happens
	want(t, "inner")
	inner.Unset()
	want(t, "outer")
	outer.Unset()
	want(t, "")
}

func TestAMarkIsNotUnsetElsewhere(t *testing.T) {
	_, mark := Set(t.Context(), "one")
	var wg sync.WaitGroup
	wg.Go(func() {
		_, other := Set(context.Background(), "other")
		defer other.Unset()
		mark.Unset()
		want(t, "other")
	})
	wg.Wait()
	want(t, "one")
	mark.Unset()
}

// Proves that an application's labels are kept beside the mark, and restored afterwards.
func TestLabelsOfTheApplicationAreKept(t *testing.T) {
	has := func(key, value string) {
		t.Helper()
		for _, l := range labelsAt(getLabels()) {
			if l.key == key && l.value == value {
				return
			}
		}
		t.Errorf("the label %s=%s is gone", key, value)
	}
	pprof.Do(t.Context(), pprof.Labels("tenant", "acme"), func(ctx context.Context) {
		ctx, mark := Set(ctx, "one")
		has("tenant", "acme")
		pprof.Do(ctx, pprof.Labels("step", "read"), func(context.Context) {
			want(t, "one")
			has("step", "read")
			has("tenant", "acme")
		})
		want(t, "one")
		has("tenant", "acme")
		pprof.Do(context.Background(), pprof.Labels("step", "write"), func(context.Context) { want(t, "") })
		mark.Unset() // that last step removed the mark: nothing is left to restore
		pprof.SetGoroutineLabels(ctx)
		want(t, "one")
		mark.Unset()
		want(t, "")
		has("tenant", "acme")
	})
}

// Proves that labels of the goroutine which the context does not have are kept as well.
func TestLabelsOfTheGoroutineAreKept(t *testing.T) {
	pprof.SetGoroutineLabels(pprof.WithLabels(context.Background(), pprof.Labels("worker", "7")))
	defer pprof.SetGoroutineLabels(context.Background())
	_, mark := Set(t.Context(), "one")
	if got := len(labelsAt(getLabels())); got != 2 {
		t.Errorf("the goroutine has %d labels, want 2", got)
	}
	mark.Unset()
	if got := labelsAt(getLabels()); len(got) != 1 || got[0] != (label{"worker", "7"}) {
		t.Errorf("the goroutine has labels %v, want the worker's", got)
	}
}

func BenchmarkID(b *testing.B) {
	_, mark := Set(b.Context(), "0123456789abcdef")
	defer mark.Unset()
	for b.Loop() {
		ID()
	}
}

func BenchmarkSet(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		_, mark := Set(b.Context(), "0123456789abcdef")
		mark.Unset()
	}
}
