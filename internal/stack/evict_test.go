package stack

import (
	"runtime"
	"testing"
)

// chain captures the stack below a chain of calls that the bits of n choose, which is another stack for each n.
//
//go:noinline
func chain(n uint, depth int) ID {
	if depth == 0 {
		return Capture(0)
	}
	var id ID
	if n&1 == 0 {
		id = chain(n>>1, depth-1)
	} else {
		id = chain(n>>1, depth-1)
	}
	return id
}

// Proves that the memory for stacks has a limit, that a new stack is kept beyond it, and that a stack which was evicted is kept again
// when it is captured again.
func TestStacksHaveALimit(t *testing.T) {
	if testing.Short() {
		t.Skip("tens of thousands of stacks take a minute under emulation")
	}
	const stacks, depth, most = 60_000, 60, 16 << 20
	var before, after runtime.MemStats
	ids, lost := make([]ID, stacks), 0
	runtime.GC()
	runtime.ReadMemStats(&before)
	for again := range 2 {
		for n := range ids {
			evicted := ids[n].Lost()
			if evicted && ids[n].Frames() != nil {
				t.Fatal("an evicted stack has frames")
			}
			id := chain(uint(n), depth) // one call site: the ID depends on it
			if again == 1 && id != ids[n] {
				t.Fatalf("the ID changed from %d to %d", ids[n], id)
			}
			if n%1000 == 0 && (id.Lost() || len(id.Frames()) < depth) {
				t.Fatalf("a stack that was just captured has %d frames", len(id.Frames()))
			}
			if ids[n] = id; evicted {
				lost++
			}
		}
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	if grown := int64(after.HeapAlloc) - int64(before.HeapAlloc); grown > most {
		t.Errorf("%d stacks take %d bytes, more than %d", stacks, grown, most)
	}
	if lost < stacks/2 {
		t.Errorf("%d stacks were evicted and captured again, so this proves little", lost)
	}
}
