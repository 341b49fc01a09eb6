package stack

import (
	"testing"
)

// Proves that goroutines which exist at the same time have different numbers, and that one keeps its number while its
// stack grows.
func TestGoroutinesHaveDifferentNumbers(t *testing.T) {
	if g() == 0 {
		if n := Goroutine(); n != 0 {
			t.Errorf("the number is %d, want 0 on this platform", n)
		}
		return
	}
	const goroutines = 100
	numbers, done := make(chan uint32), make(chan struct{})
	defer close(done)
	for range goroutines {
		go func() {
			before := Goroutine()
			if after := deep(1000); after != before {
				t.Errorf("the number changed from %d to %d", before, after)
			}
			numbers <- before
			<-done
		}()
	}
	seen := map[uint32]bool{Goroutine(): true}
	for range goroutines {
		n := <-numbers
		if seen[n] {
			t.Errorf("two goroutines have the number %d", n)
		}
		seen[n] = true
	}
}

// deep makes the stack grow.
func deep(n int) uint32 {
	var room [64]byte
	if n == 0 {
		return Goroutine()
	}
	defer func() { _ = room[n%64] }()
	return deep(n - 1)
}

// Proves that a number is that of one goroutine only: a goroutine that gets the descriptor of one that has ended has another.
func TestLaterGoroutinesHaveOtherNumbers(t *testing.T) {
	if g() == 0 {
		t.Skip("numbers are not known on this platform")
	}
	if idOffset == 0 {
		t.Fatal("the offset of the ID is not known in this release of Go")
	}
	seen, descriptors := map[uint32]bool{}, map[uintptr]bool{}
	type one struct {
		number     uint32
		id         uint64
		descriptor uintptr
	}
	const goroutines = 1000
	for range goroutines {
		ch := make(chan one)
		go func() { ch <- one{Goroutine(), idOfTrace(), g()} }()
		o := <-ch
		if seen[o.number] || uint64(o.number) != o.id&0xffffffff {
			t.Fatalf("the goroutine %d has the number %d, seen before: %v", o.id, o.number, seen[o.number])
		}
		seen[o.number], descriptors[o.descriptor] = true, true
	}
	if len(descriptors) == goroutines {
		t.Error("no descriptor was used again, so this proves nothing")
	}
}
