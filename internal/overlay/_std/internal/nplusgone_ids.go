package internal

import (
	"runtime"
	"unsafe"
)

// A table maps 64-bit hashes to numbers from 1, in the order in which they were added. The lock guards it.
type table struct {
	slots []struct{ hash, id uint64 } // a power of two; free where the id is 0
	n     uint64
}

// maxTable is the number of entries of a table. Later texts and stacks have the number 0.
const maxTable = 1 << 17

// id returns the number of a hash, and whether it was added now. It is 0 if the table is full.
//
//go:norace
func (t *table) id(hash uint64) (id uint64, added bool) {
	if 2*t.n >= uint64(len(t.slots)) {
		t.grow()
	}
	mask := uint64(len(t.slots) - 1)
	for i := hash & mask; ; i = (i + 1) & mask {
		switch s := &t.slots[i]; {
		case s.id == 0:
			if t.n >= maxTable {
				return 0, false
			}
			t.n++
			s.hash, s.id = hash, t.n
			return t.n, true
		case s.hash == hash:
			return s.id, false
		}
	}
}

//go:norace
func (t *table) grow() {
	old := t.slots
	t.slots = make([]struct{ hash, id uint64 }, max(1024, 2*len(old)))
	mask := uint64(len(t.slots) - 1)
	for j := range old {
		if old[j].id == 0 {
			continue
		}
		i := old[j].hash & mask
		for t.slots[i].id != 0 {
			i = (i + 1) & mask
		}
		t.slots[i] = old[j]
	}
}

var texts, stacks table

// textID returns the number of a text, which is written once. It is 0 for a text beyond the table.
//
//go:norace
func textID(s string) uint64 {
	id, added := texts.id(hashText(s))
	if added {
		begin(kindText)
		putUint(id)
		putString(s)
		commit()
	}
	return id
}

// hashText returns a hash of a text.
//
//go:norace
//go:nocheckptr
func hashText(s string) uint64 {
	h := uint64(len(s)) * 0x9e3779b97f4a7c15
	i := 0
	for ; i+8 <= len(s); i += 8 {
		h = (h ^ *(*uint64)(unsafe.Add(unsafe.Pointer(unsafe.StringData(s)), i))) * 0xd6e8feb86659fd93
		h ^= h >> 32
	}
	for ; i < len(s); i++ {
		h = (h ^ uint64(s[i])) * 0xd6e8feb86659fd93
	}
	h ^= h >> 29
	return h*0x9e3779b97f4a7c15 ^ h>>32
}

// maxDepth is the number of frames of a stack that are recorded.
const maxDepth = 256

// A frame is a call of a stack.
type frame struct {
	function, file, line uint64
	hash                 uint64 // of the file's name
}

// stackID returns the number of the calling goroutine's stack, whose frames are written once. hash is that of walk.
//
//go:norace
func stackID(hash uint64) uint64 {
	var pcs [maxDepth]uintptr
	n := 0
	if hash == 0 { // there is no walk for this processor
		n = runtime.Callers(2, pcs[:])
		for i := range n {
			hash = (hash ^ uint64(pcs[i])) * 0x9e3779b97f4a7c15
		}
	}
	hash ^= hash >> 32
	hash *= 0xd6e8feb86659fd93
	hash ^= hash >> 32
	id, added := stacks.id(hash)
	if !added {
		return id
	}
	if n == 0 {
		n = runtime.Callers(2, pcs[:])
	}
	var frames [2 * maxDepth]frame
	count, sql := 0, false
	for next := runtime.CallersFrames(pcs[:n]); count < len(frames); count++ {
		f, more := next.Next()
		sql = sql || findSQL(id, f.Function)
		frames[count] = frame{textID(f.Function), textID(f.File), uint64(f.Line), hashText(f.File)}
		if !more {
			count++
			break
		}
	}
	begin(kindStack)
	putUint(id)
	for i := range count {
		putUint(frames[i].function)
		putUint(frames[i].file)
		putUint(frames[i].line)
	}
	commit()
	findLoops(id, &frames, count)
	return id
}
