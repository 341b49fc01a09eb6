//go:build !amd64

package stack

// walk is not written for this architecture: no frames mean that Capture asks the runtime.
func walk(int) (hash uint64, frames int) { return 0, 0 }
