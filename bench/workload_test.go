package main

import (
	"runtime"
	"testing"
)

// Proves that statements are called from the frame that the package documentation names, and that no two sites have one stack.
func TestSitesDifferInStackOnly(t *testing.T) {
	const sites, frame = 20, 20
	stacks := map[[frame]uintptr]bool{}
	call(func() {
		var pcs [2 * frame]uintptr
		if n := runtime.Callers(1, pcs[:]); n != frame {
			t.Errorf("the function is frame %d, want %d", n, frame)
		}
		stacks[[frame]uintptr(pcs[:frame])] = true
	}, sites, frame)
	if len(stacks) != sites {
		t.Errorf("%d stacks, want one for each of %d sites", len(stacks), sites)
	}
}
