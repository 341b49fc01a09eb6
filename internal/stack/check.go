package stack

import "runtime"

// walks reports whether walk sees the frames that the runtime sees. A platform or a release of Go where it does not gets its stacks from
// runtime.Callers, at some twenty times the cost.
var walks = checkWalk()

// checked is the number of frames that are compared.
const checked = 4

// checkWalk compares the hash of return addresses that walk computes with that of those which the runtime returns.
func checkWalk() bool {
	hash, frames, pcs := checkBelow(checked + 2)
	return frames == checked && hash == hashOf(pcs[:])
}

// checkBelow returns what walk and the runtime see below calls of itself, which the compiler cannot inline.
//
//go:noinline
func checkBelow(calls int) (hash uint64, frames int, pcs [checked]uintptr) {
	if calls > 0 {
		hash, frames, pcs = checkBelow(calls - 1)
		return hash, frames, pcs
	}
	hash, frames = walk(checked)
	runtime.Callers(2, pcs[:])
	return hash, frames, pcs
}

// hashOf returns what walk returns for the given return addresses.
func hashOf(pcs []uintptr) uint64 {
	h := uint64(0x2545f4914f6cdd1d)
	for _, pc := range pcs {
		h = (h ^ uint64(pc)) * 0x9e3779b97f4a7c15
	}
	return h
}
