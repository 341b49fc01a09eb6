package main

import "runtime"

// call calls fn once from each of so many sites, all at the same depth: fn is the frame of that number, counted from the
// root of the stack.
func call(fn func(), sites, frame int) {
	const self = 2 // the last descend, and fn
	further := frame - depth() - self
	for site := range sites {
		descend(further, site, fn)
	}
}

// descend calls fn below as many more frames. Which of its two lines calls on at each level is one bit of site, so that
// each site below 2^frames has a stack of its own, as each place in a program has.
//
//go:noinline
func descend(frames, site int, fn func()) {
	switch {
	case frames == 0:
		fn()
	case site%2 == 0:
		descend(frames-1, site/2, fn)
	default:
		descend(frames-1, site/2, fn)
	}
}

// depth returns how many frames are on the stack of its caller, that one's included.
func depth() int {
	var pcs [128]uintptr
	return runtime.Callers(2, pcs[:])
}
