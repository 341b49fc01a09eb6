package cli

import (
	"os"
	"strconv"
	"syscall"
	"unsafe"
)

// lowPriority is the nice value of the analysis while a program runs.
const lowPriority = 10

// lowerPriority lowers the priority of this process, so that its work does not slow the program that it watches.
func lowerPriority() {
	tasks, err := os.ReadDir("/proc/self/task") // threads that begin later have the priority of the one that starts them
	if err != nil {
		return
	}
	for _, task := range tasks {
		if id, err := strconv.Atoi(task.Name()); err == nil {
			_ = syscall.Setpriority(syscall.PRIO_PROCESS, id, lowPriority)
		}
	}
}

// terminalSends reports whether a terminal sends its signals to this process and to the ones that it starts: it runs in the foreground of
// one.
func terminalSends() bool {
	terminal, err := os.Open("/dev/tty")
	if err != nil {
		return false
	}
	defer terminal.Close()
	var foreground int32
	_, _, errno := syscall.Syscall(syscall.SYS_IOCTL, terminal.Fd(), syscall.TIOCGPGRP, uintptr(unsafe.Pointer(&foreground)))
	return errno == 0 && int(foreground) == syscall.Getpgrp()
}
