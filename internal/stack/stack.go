// Package stack captures call stacks cheaply and remembers each distinct one once. An ID stands for a whole stack, from
// the caller to the root of its goroutine; program counters are turned into frames only when somebody asks.
package stack

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// maxDepth bounds a stack. What lies further out than that many frames does not tell two stacks apart.
const maxDepth = 256

// maxStacks bounds how many distinct stacks the process remembers; later ones have an ID but no frames.
const maxStacks = 1 << 16

// An ID identifies one call stack within the process. Zero is no stack.
type ID uint64

// table maps IDs to program counters. It is split, so that goroutines rarely wait for one another.
var table [64]struct {
	sync.RWMutex
	pcs map[ID][]uintptr
}

// recent holds, each at a place of its own, the IDs that were seen last: most stacks are found here without a lock.
var recent [1 << 12]atomic.Uint64

// Capture returns the ID of the calling goroutine's stack, leaving out the skip innermost frames; 0 keeps the caller of
// Capture as the first one. Which frames are left out must depend on the caller only: the ID is taken of all of them.
func Capture(skip int) ID {
	h, frames := walk(maxDepth)
	if frames == 0 {
		return captureSlowly(skip + 1)
	}
	id := mix(h)
	place := &recent[uint64(id)%uint64(len(recent))]
	if place.Load() == uint64(id) {
		return id
	}
	shard := &table[id%ID(len(table))]
	shard.RLock()
	_, known := shard.pcs[id]
	shard.RUnlock()
	if !known {
		remember(id, callers(skip+1))
	}
	place.Store(uint64(id))
	return id
}

// captureSlowly does without frame pointers.
func captureSlowly(skip int) ID {
	pcs := callers(skip + 1)
	h := uint64(len(pcs))
	for _, pc := range pcs {
		h = (h ^ uint64(pc)) * 0x9e37_79b9_7f4a_7c15
	}
	id := mix(h)
	remember(id, pcs)
	return id
}

// callers returns the program counters of the stack, without the skip innermost frames below its caller.
func callers(skip int) []uintptr {
	var buf [maxDepth]uintptr
	return append([]uintptr(nil), buf[:runtime.Callers(skip+2, buf[:])]...)
}

func remember(id ID, pcs []uintptr) {
	shard := &table[id%ID(len(table))]
	shard.Lock()
	defer shard.Unlock()
	if shard.pcs == nil {
		shard.pcs = make(map[ID][]uintptr)
	}
	if _, known := shard.pcs[id]; !known && len(shard.pcs) < maxStacks/len(table) {
		shard.pcs[id] = pcs
	}
}

// Frames returns the frames of the stack, innermost first, inlined calls included. It is nil for a stack that is not
// remembered.
func (id ID) Frames() []runtime.Frame {
	shard := &table[id%ID(len(table))]
	shard.RLock()
	pcs := shard.pcs[id]
	shard.RUnlock()
	if len(pcs) == 0 {
		return told(id)
	}
	frames := make([]runtime.Frame, 0, len(pcs))
	for next := runtime.CallersFrames(pcs); ; {
		f, more := next.Next()
		frames = append(frames, f)
		if !more {
			return frames
		}
	}
}

// mix spreads a hash over all bits; it never gives 0.
func mix(h uint64) ID {
	h ^= h >> 32
	h *= 0xd6e8_feb8_6659_fd93
	h ^= h >> 32
	return ID(max(h, 1))
}
