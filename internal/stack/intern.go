package stack

import (
	"hash/fnv"
	"runtime"
	"slices"
	"strconv"
	"sync"
)

// interned holds stacks that were given to Intern.
var interned sync.Map // of []runtime.Frame by ID

// Intern returns the ID of a stack with the given frames, innermost first. It is for stacks that come from a file or a test
// instead of Capture. Stacks whose frames have the same functions, files and lines have the same ID. Without frames it
// returns 0.
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

// internedFrames returns a copy of the frames that were given to Intern, nil for another stack.
func internedFrames(id ID) []runtime.Frame {
	frames, _ := interned.Load(id)
	list, _ := frames.([]runtime.Frame)
	return slices.Clone(list)
}
