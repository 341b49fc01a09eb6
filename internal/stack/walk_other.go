//go:build !amd64 || !linux

package stack

// walk is written and tried for linux on amd64 only: elsewhere no frames mean that Capture asks the runtime.
func walk(int) (hash uint64, frames int) { return 0, 0 }
