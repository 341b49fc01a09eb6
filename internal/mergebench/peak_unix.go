//go:build unix

package main

import (
	"fmt"
	"os"
	"runtime"
	"syscall"
)

// peak says how much memory a process that has ended held at most.
func peak(p *os.ProcessState) string {
	usage, ok := p.SysUsage().(*syscall.Rusage)
	if !ok {
		return "memory unknown"
	}
	bytes := usage.Maxrss
	if runtime.GOOS != "darwin" {
		bytes <<= 10 // it counts kilobytes
	}
	return fmt.Sprintf("at most %d MiB of memory", bytes>>20)
}
