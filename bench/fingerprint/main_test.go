package main

import "testing"

// Proves that every reader reads all statements without an error, and is measured.
func TestEveryReaderIsMeasured(t *testing.T) {
	if len(statements) != 30 {
		t.Errorf("%d statements, not 30", len(statements))
	}
	lines := measure(2)
	if len(lines) != len(readers) {
		t.Fatalf("%d lines for %d readers", len(lines), len(readers))
	}
	for _, l := range lines {
		if l.nanoseconds <= 0 || l.ratio <= 0 {
			t.Errorf("%+v", l)
		}
		if l.name == baseline && l.ratio != 1 {
			t.Errorf("the ratio to itself is %v", l.ratio)
		}
		if l.name == "cached" && l.allocs >= 0.05 {
			t.Errorf("a cached statement allocates %v times", l.allocs)
		}
	}
}
