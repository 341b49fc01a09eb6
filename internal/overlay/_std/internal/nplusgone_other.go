//go:build !amd64

package internal

// Without assembly for the processor, stacks are hashed by their program counters, and goroutines have no numbers.

func walk(int) (hash uint64, frames int) { return 0, 0 }

func g() uintptr { return 0 }

func word(uintptr) uint64 { return 0 }
