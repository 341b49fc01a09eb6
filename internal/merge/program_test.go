package merge

import (
	"strings"
	"testing"
)

// Proves that the run of a program which has no end is incomplete, and that a complete one does not show that a finding is gone: a program
// runs what it is asked for.
func TestRunOfAProgram(t *testing.T) {
	for _, ended := range []bool{false, true} {
		r := run{start: Start{Package: "example.com/shop", Main: true, Program: true}, ended: ended, begun: true, open: map[string]int{"GET /": 1}}
		got := r.testRun()
		if incomplete := strings.Contains(got.Missing, "the program still runs"); incomplete == ended || got.Whole {
			t.Errorf("ended %v: missing %q, whole %v", ended, got.Missing, got.Whole)
		}
	}
}
