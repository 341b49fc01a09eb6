// Package fault records panics in nplusgone's own code, so that a run in which one happened counts as not checked.
package fault

import (
	"fmt"
	"os"
	"runtime/debug"
	"sync"
)

// maxFaults bounds how many faults are kept; the same one may come with every scope.
const maxFaults = 100

var faults struct {
	mu        sync.Mutex
	all       []string
	callbacks int
}

// Report records a recovered panic; what says what its effect is, as in "the scope X was not checked". It prints the
// fault to standard error, and the stack of the first one. It is called in the deferred function that recovered, and may
// be used concurrently. Faults beyond the first 100 are neither kept nor printed. It returns the text of the fault.
func Report(what string, recovered any) (text string) {
	text = fmt.Sprintf("%s: nplusgone panicked: %v", what, recovered)
	faults.mu.Lock()
	defer faults.mu.Unlock()
	if len(faults.all) >= maxFaults {
		return text
	}
	fmt.Fprintf(os.Stderr, "nplusgone: %s\n", text)
	if len(faults.all) == 0 {
		fmt.Fprintf(os.Stderr, "%s\nThis is a bug in nplusgone, not in your program: please report it.\n", debug.Stack())
	}
	faults.all = append(faults.all, text)
	return text
}

// Callback prints a recovered panic of a function that the application has passed, such as a sink, with its stack. It is no
// fault: what was recorded is checked. It is called in the deferred function that recovered, and may be used concurrently.
// Panics beyond the first 100 are not printed.
func Callback(what string, recovered any) {
	faults.mu.Lock()
	defer faults.mu.Unlock()
	if faults.callbacks++; faults.callbacks <= maxFaults {
		fmt.Fprintf(os.Stderr, "nplusgone: %s panicked: %v\n%s", what, recovered, debug.Stack())
	}
}

// All returns the faults so far, in order.
func All() []string {
	faults.mu.Lock()
	defer faults.mu.Unlock()
	return append([]string(nil), faults.all...)
}

// Reset forgets the faults. It is for tests.
func Reset() {
	faults.mu.Lock()
	defer faults.mu.Unlock()
	faults.all, faults.callbacks = nil, 0
}
