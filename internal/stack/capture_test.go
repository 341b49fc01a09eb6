package stack_test

import (
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/nplusgone/nplusgone/internal/stack"
)

//go:noinline
func capture() stack.ID { return stack.Capture(0) }

//go:noinline
func deep(n int, leaf func() stack.ID) stack.ID {
	if n == 0 {
		return leaf()
	}
	id := deep(n-1, leaf)
	return id
}

func TestOneCallSiteHasOneID(t *testing.T) {
	var ids []stack.ID
	for range 3 {
		ids = append(ids, deep(20, capture))
	}
	if ids[0] == 0 || ids[0] != ids[1] || ids[1] != ids[2] {
		t.Errorf("IDs of one call site differ: %v", ids)
	}
}

func TestDifferentStacksHaveDifferentIDs(t *testing.T) {
	seen := map[stack.ID]string{}
	for name, id := range map[string]stack.ID{
		"here": capture(), "here, on another line": capture(),
		"one deeper": deep(1, capture), "two deeper": deep(2, capture), "forty deeper": deep(40, capture),
		"in a closure": func() stack.ID { return capture() }(),
	} {
		if other, ok := seen[id]; ok {
			t.Errorf("%q and %q share an ID", name, other)
		}
		seen[id] = name
	}
}

func TestFramesAreThoseOfTheRuntime(t *testing.T) {
	var want []string
	id := deep(5, func() stack.ID {
		pcs := make([]uintptr, 64)
		frames := runtime.CallersFrames(pcs[:runtime.Callers(1, pcs)])
		for {
			f, more := frames.Next()
			want = append(want, f.Function)
			if !more {
				break
			}
		}
		return stack.Capture(0)
	})
	var got []string
	for _, f := range id.Frames() {
		got = append(got, f.Function)
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestCaptureSurvivesGrowingStacksAndGoroutines(t *testing.T) {
	var wg sync.WaitGroup
	ids := make([]stack.ID, 64)
	for i := range ids {
		wg.Go(func() { ids[i] = deep(2000, capture) })
	}
	wg.Wait()
	for _, id := range ids {
		if id == 0 || id != ids[0] {
			t.Fatalf("goroutines of one shape have different IDs: %v", ids)
		}
	}
}

func TestCaptureAllocatesNothingOnceKnown(t *testing.T) {
	if n := testing.AllocsPerRun(100, func() { deep(10, capture) }); n != 0 {
		t.Errorf("%v allocations, want 0", n)
	}
}

func BenchmarkCapture(b *testing.B) {
	for _, depth := range []int{20, 40} {
		b.Run(map[int]string{20: "20 frames", 40: "40 frames"}[depth], func(b *testing.B) {
			deep(depth, func() stack.ID {
				for b.Loop() {
					stack.Capture(0)
				}
				return 0
			})
		})
	}
	b.Run("runtime.Callers of 20 frames", func(b *testing.B) {
		deep(20, func() stack.ID {
			var pcs [64]uintptr
			for b.Loop() {
				runtime.Callers(0, pcs[:])
			}
			return 0
		})
	})
}
