//go:build linux

package stack

// g returns the address of the calling goroutine's descriptor.
//
//go:noescape
func g() uintptr
