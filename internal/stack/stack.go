// Package stack captures call stacks in tens of nanoseconds and keeps each distinct one once. An ID identifies a whole stack,
// from the caller to the root of its goroutine. Program counters become frames only in Frames.
package stack

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// maxDepth is the number of frames of a stack that count. Frames further out do not distinguish two stacks.
const maxDepth = 256

// maxStacks is the number of distinct stacks that the process keeps. Later ones have an ID and no frames.
const maxStacks = 1 << 16

// An ID identifies one call stack within the process. Zero is no stack.
type ID uint64

// table maps IDs to program counters. It is divided by ID, so that goroutines rarely wait for each other.
var table [64]struct {
	sync.RWMutex
	pcs map[ID][]uintptr
}

// recent holds the IDs that were captured last, each in the slot of its low bits. Most stacks are found here without a lock.
var recent [1 << 12]atomic.Uint64

// Capture returns the ID of the calling goroutine's stack. Its frames lack the skip innermost ones; with 0 the first frame is
// the caller of Capture. The ID depends on all frames, so that skip must always be the same at one call of Capture.
func Capture(skip int) ID {
	h, frames := walk(maxDepth)
	if frames == 0 {
		return captureSlowly(skip + 1)
	}
	id := mix(h)
	slot := &recent[uint64(id)%uint64(len(recent))]
	if slot.Load() == uint64(id) {
		return id
	}
	shard := &table[id%ID(len(table))]
	shard.RLock()
	_, kept := shard.pcs[id]
	shard.RUnlock()
	if !kept {
		keep(id, callers(skip+1))
	}
	slot.Store(uint64(id))
	return id
}

// captureSlowly is Capture without frame pointers.
func captureSlowly(skip int) ID {
	pcs := callers(skip + 1)
	h := uint64(len(pcs))
	for _, pc := range pcs {
		h = (h ^ uint64(pc)) * 0x9e37_79b9_7f4a_7c15
	}
	id := mix(h)
	keep(id, pcs)
	return id
}

// callers returns the program counters of the stack, from its caller on, without the skip innermost ones.
func callers(skip int) []uintptr {
	var buf [maxDepth]uintptr
	return append([]uintptr(nil), buf[:runtime.Callers(skip+2, buf[:])]...)
}

// keep keeps the program counters of a stack, unless its shard is full.
func keep(id ID, pcs []uintptr) {
	shard := &table[id%ID(len(table))]
	shard.Lock()
	defer shard.Unlock()
	if shard.pcs == nil {
		shard.pcs = make(map[ID][]uintptr)
	}
	if _, kept := shard.pcs[id]; !kept && len(shard.pcs) < maxStacks/len(table) {
		shard.pcs[id] = pcs
	}
}

// Frames returns the frames of the stack, innermost first, inlined calls included. It is nil for a stack that is not kept.
func (id ID) Frames() []runtime.Frame {
	shard := &table[id%ID(len(table))]
	shard.RLock()
	pcs := shard.pcs[id]
	shard.RUnlock()
	if len(pcs) == 0 {
		return internedFrames(id)
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

// mix distributes a hash over all bits. It never returns 0.
func mix(h uint64) ID {
	h ^= h >> 32
	h *= 0xd6e8_feb8_6659_fd93
	h ^= h >> 32
	return ID(max(h, 1))
}
