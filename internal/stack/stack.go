// Package stack captures call stacks cheaply and remembers each distinct one once. An ID stands for a whole stack, from
// the caller to the root of its goroutine; program counters are turned into frames only when somebody asks.
package stack

import (
	"runtime"
	"sync"
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

// Capture returns the ID of the calling goroutine's stack, leaving out the skip innermost frames; 0 keeps the caller of
// Capture as the first one.
func Capture(skip int) ID {
	var buf [maxDepth]uintptr
	pcs := buf[:runtime.Callers(skip+2, buf[:])]
	id := hash(pcs)
	shard := &table[id%ID(len(table))]
	shard.RLock()
	_, known := shard.pcs[id]
	shard.RUnlock()
	if !known {
		remember(id, append([]uintptr(nil), pcs...))
	}
	return id
}

func remember(id ID, pcs []uintptr) {
	shard := &table[id%ID(len(table))]
	shard.Lock()
	defer shard.Unlock()
	if shard.pcs == nil {
		shard.pcs = make(map[ID][]uintptr)
	}
	if len(shard.pcs) < maxStacks/len(table) {
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
		return nil
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

func hash(pcs []uintptr) ID {
	h := uint64(len(pcs)) + 1
	for _, pc := range pcs {
		h ^= uint64(pc)
		h *= 0x9e37_79b9_7f4a_7c15
		h ^= h >> 29
	}
	if h == 0 {
		h = 1
	}
	return ID(h)
}
