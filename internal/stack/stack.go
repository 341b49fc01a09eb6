// Package stack captures call stacks in tens of nanoseconds and keeps each distinct one once. An ID identifies a whole stack,
// from the caller to the root of its goroutine. Program counters become frames only in Frames.
package stack

import (
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
)

// maxDepth is the number of frames of a stack that count. Frames further out do not distinguish two stacks.
const maxDepth = 256

// maxWords is the number of program counters that the process keeps: 8 MiB, about 30,000 stacks. When there are more, stacks are
// evicted; those that are captured again are kept again.
const maxWords = 1 << 20

// An ID identifies one call stack within the process. Zero is no stack.
type ID uint64

// table maps IDs to program counters. It is divided by ID, so that goroutines rarely wait for each other.
var table [64]shard

type shard struct {
	sync.RWMutex
	pcs   map[ID][]uintptr
	words int // in pcs
}

// evicted counts the stacks that were evicted.
var evicted atomic.Int64

// recent holds the IDs that were captured last, each in the slot of its low bits. Most stacks are found here without a lock.
var recent [1 << 12]atomic.Uint64

// Capture returns the ID of the calling goroutine's stack. Its frames lack the skip innermost ones; with 0 the first frame is
// the caller of Capture. The ID depends on all frames, so that skip must always be the same at one call of Capture.
func Capture(skip int) ID {
	if !walks {
		return captureSlowly(skip + 1)
	}
	h, _ := walk(maxDepth)
	id := mix(h)
	if slotOf(id).Load() == uint64(id) {
		return id
	}
	if !shardOf(id).has(id) {
		keep(id, callers(skip+1))
	}
	return id
}

// captureSlowly is Capture without frame pointers.
func captureSlowly(skip int) ID {
	var buf [maxDepth]uintptr
	pcs := buf[:runtime.Callers(skip+2, buf[:])]
	id := mix(hashOf(pcs))
	if !shardOf(id).has(id) {
		keep(id, slices.Clone(pcs))
	}
	return id
}

// callers returns the program counters of the stack, from its caller on, without the skip innermost ones.
func callers(skip int) []uintptr {
	var buf [maxDepth]uintptr
	return append([]uintptr(nil), buf[:runtime.Callers(skip+2, buf[:])]...)
}

func shardOf(id ID) *shard { return &table[id%ID(len(table))] }

// slotOf returns the slot of recent for id. It is set and cleared by the holder of id's shard only, so that a recent stack is kept.
func slotOf(id ID) *atomic.Uint64 { return &recent[uint64(id)%uint64(len(recent))] }

// has reports whether a stack is kept. If so, it is recent from then on.
func (s *shard) has(id ID) bool {
	s.RLock()
	defer s.RUnlock()
	_, kept := s.pcs[id]
	if kept {
		slotOf(id).Store(uint64(id))
	}
	return kept
}

// keep keeps the program counters of a stack. It evicts others if its shard is full, whichever the map has first.
func keep(id ID, pcs []uintptr) {
	s := shardOf(id)
	s.Lock()
	defer s.Unlock()
	if s.pcs == nil {
		s.pcs = make(map[ID][]uintptr)
	}
	if _, kept := s.pcs[id]; kept {
		return
	}
	for other, words := range s.pcs {
		if s.words+len(pcs) <= maxWords/len(table) {
			break
		}
		delete(s.pcs, other)
		s.words -= len(words)
		slotOf(other).CompareAndSwap(uint64(other), 0)
		evicted.Add(1)
	}
	s.pcs[id] = pcs
	s.words += len(pcs)
	slotOf(id).Store(uint64(id))
}

// Lost reports whether the stack was evicted.
func (id ID) Lost() bool {
	if id == 0 || evicted.Load() == 0 {
		return false
	}
	s := shardOf(id)
	s.RLock()
	_, kept := s.pcs[id]
	s.RUnlock()
	if kept {
		return false
	}
	_, kept = interned.Load(id)
	return !kept
}

// Frames returns the frames of the stack, innermost first, inlined calls included. It is nil for a stack that was evicted.
func (id ID) Frames() []runtime.Frame {
	s := shardOf(id)
	s.RLock()
	pcs := s.pcs[id]
	s.RUnlock()
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
