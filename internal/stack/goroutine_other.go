//go:build !linux || !amd64

package stack

func g() uintptr { return 0 }
