package pprof

import (
	"internal"
	"unsafe"
)

// nplusKeep returns the labels that a goroutine is about to get, with the scope that it has.
func nplusKeep(labels unsafe.Pointer) unsafe.Pointer { return internal.KeepLabel(labels) }
