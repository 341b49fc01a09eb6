package internal

import "runtime"

// maxWord is the size, in bytes, of the part of a goroutine's descriptor that is searched for its ID.
const maxWord = 256

// idOffset is where descriptors have the goroutine's ID; 0 if that is not known.
var idOffset uintptr

// goroutine returns the ID of the calling goroutine; 0 if it is not known.
//
//go:norace
func goroutine() uint64 {
	if idOffset == 0 {
		return 0
	}
	return word(idOffset)
}

// findGoroutineID sets idOffset: the only offset at which the descriptors of several goroutines have their IDs.
func findGoroutineID() {
	if g() == 0 {
		return
	}
	const goroutines = 4
	var matches [maxWord / 8]int
	done := make(chan bool)
	for range goroutines {
		go func() {
			id := idOfTrace()
			for i := range matches {
				if id != 0 && word(uintptr(i*8)) == id {
					matches[i]++
				}
			}
			done <- true
		}()
		<-done
	}
	for i, n := range matches {
		switch {
		case n < goroutines:
		case idOffset > 0:
			idOffset = 0 // two words have it
			return
		default:
			idOffset = uintptr(i * 8)
		}
	}
}

// idOfTrace returns the calling goroutine's ID as its traceback has it: "goroutine 18 [running]:".
func idOfTrace() (id uint64) {
	var buf [64]byte
	n := runtime.Stack(buf[:], false)
	for _, c := range buf[len("goroutine "):n] {
		if c < '0' || c > '9' {
			return id
		}
		id = 10*id + uint64(c-'0')
	}
	return 0
}
