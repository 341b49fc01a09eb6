package stack

import (
	"bytes"
	"runtime"
	"strconv"
)

// maxWord is the size, in bytes, of the part of a goroutine's descriptor that is searched for its ID. Descriptors are larger
// since Go 1.5; the ID is at 152 or 160 in Go 1.25 to 1.27.
const maxWord = 256

// idOffset is where descriptors have the goroutine's ID; 0 if that is not known.
var idOffset = findID()

// Goroutine returns a number that distinguishes the calling goroutine from all others: the low half of its ID, which the
// runtime gives to one goroutine only. If the runtime's layout is not known, it is made of the descriptor's address, and a
// later goroutine may have the same one. It is 0 on a platform where the number is not known without cost.
func Goroutine() uint32 {
	if idOffset > 0 {
		return uint32(word(idOffset))
	}
	p := uint64(g())
	return uint32(p>>5) ^ uint32(p>>37) // descriptors are at least 32 bytes apart
}

// findID returns the only offset at which the descriptors of several goroutines have their IDs; 0 if there is none.
func findID() uintptr {
	if g() == 0 {
		return 0
	}
	const goroutines = 4
	var matches [maxWord / 8]int
	done := make(chan struct{})
	for range goroutines {
		go func() {
			defer func() { done <- struct{}{} }()
			id := idOfTrace()
			for i := range matches {
				if id != 0 && word(uintptr(i*8)) == id {
					matches[i]++
				}
			}
		}()
		<-done
	}
	offset := 0
	for i, n := range matches {
		switch {
		case n < goroutines:
		case offset > 0:
			return 0 // two words have it
		default:
			offset = i * 8
		}
	}
	return uintptr(offset)
}

// idOfTrace returns the calling goroutine's ID as its traceback has it: "goroutine 18 [running]:". It is 0 if the traceback
// begins otherwise.
func idOfTrace() uint64 {
	var buf [64]byte
	text, _ := bytes.CutPrefix(buf[:runtime.Stack(buf[:], false)], []byte("goroutine "))
	number, _, _ := bytes.Cut(text, []byte(" "))
	id, _ := strconv.ParseUint(string(number), 10, 64)
	return id
}
