//go:build (amd64 || arm64) && (linux || darwin || windows) && !purego

package stack

// walk hashes the return addresses of up to limit frames of the calling goroutine, the innermost first. It allocates
// nothing and takes little more than a nanosecond for a frame, where runtime.Callers takes thirty.
//
//go:noescape
func walk(limit int) (hash uint64, frames int)

// g returns the address of the calling goroutine's descriptor.
//
//go:noescape
func g() uintptr

// word returns the word at an offset, below maxWord, of the calling goroutine's descriptor.
//
//go:noescape
func word(offset uintptr) uint64
