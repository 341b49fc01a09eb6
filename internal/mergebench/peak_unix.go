//go:build unix

package main

import (
	"fmt"
	"os"
	"runtime"
	"syscall"
)

// peak returns the maximum memory of a process that has ended.
func peak(p *os.ProcessState) string {
	usage, ok := p.SysUsage().(*syscall.Rusage)
	if !ok {
		return "memory unknown"
	}
	bytes := usage.Maxrss
	if runtime.GOOS != "darwin" {
		bytes <<= 10 // in kilobytes
	}
	return fmt.Sprintf("at most %d MiB of memory", bytes>>20)
}
