//go:build !linux

package cli

// lowerPriority does nothing: programs are recorded on Linux only.
func lowerPriority() {}

// terminalSends does nothing: programs are recorded on Linux only.
func terminalSends() bool { return false }
