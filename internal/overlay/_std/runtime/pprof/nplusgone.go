package pprof

import (
	"internal"
	"unsafe"
)

// nplusKeep returns the labels that a goroutine is about to get, with the scope that it has.
func nplusKeep(labels unsafe.Pointer) unsafe.Pointer { return internal.KeepLabel(labels) }

// A NplusLoop is the counter of a loop. Files of the application that nplusgone has rewritten use it.
type NplusLoop = internal.Loop

// NplusLoops records that a file of the application has loops with counters.
func NplusLoops(loops []NplusLoop, lines string) bool { return internal.Loops(loops, lines) }
