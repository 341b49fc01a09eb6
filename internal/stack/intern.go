package stack

import (
	"hash/fnv"
	"runtime"
	"slices"
	"strconv"
	"sync"
)

// interned holds stacks that were told rather than captured. Only replays and tests tell any.
var interned sync.Map // of []runtime.Frame by ID

// Intern returns the ID of a stack that is told instead of captured, innermost frame first. Function, file and line of
// its frames decide: the same ones give the same ID. No frames are no stack.
func Intern(frames []runtime.Frame) ID {
	if len(frames) == 0 {
		return 0
	}
	h := fnv.New64a()
	for _, f := range frames {
		for _, part := range [...]string{f.Function, f.File, strconv.Itoa(f.Line)} {
			h.Write([]byte(part))
			h.Write([]byte{0})
		}
	}
	id := ID(max(h.Sum64(), 1))
	interned.LoadOrStore(id, slices.Clone(frames))
	return id
}

// told returns a copy of the frames of a stack that was told, nil for any other.
func told(id ID) []runtime.Frame {
	frames, _ := interned.Load(id)
	list, _ := frames.([]runtime.Frame)
	return slices.Clone(list)
}
