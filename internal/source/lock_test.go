package source_test

import (
	"strings"
	"testing"

	"github.com/nplusgone/nplusgone/internal/analysis"
)

// Proves that types decide whether a line takes a lock: a method of a type that can be released, by whatever field or
// interface, and not a word. Without types, it is the syntax of a call of a method without arguments.
func TestLocks(t *testing.T) {
	const text = `package store

import "sync"

type keeper struct{ sync.RWMutex }

type door struct{}

func (door) Lock() {}

func Lock() {}

func F(k *keeper, m *sync.Mutex, l sync.Locker, d door) {
	k.Lock() // embedded
	k.RLock() // reads
	m.Lock() // mutex
	l.Lock() // interface
	d.Lock() // a door
	Lock() // a function
	println("x.Lock()") // a text
	m.Unlock() // releases
	k.RUnlock()
}
`
	fr := analysis.Frame{Function: "example.com/shop/store.F", File: "store/store.go", Line: 14}
	for _, tt := range []struct {
		at      string
		typed   bool
		untyped bool
	}{
		{"// embedded", true, true}, {"// reads", true, true}, {"// mutex", true, true}, {"// interface", true, true},
		{"// a door", false, true}, {"// a function", false, false}, {"// a text", false, false}, {"// releases", false, false},
	} {
		line := strings.Count(text[:strings.Index(text, tt.at)], "\n") + 1
		if got := shop(t, text).Locks(fr, line, line); got != tt.typed {
			t.Errorf("with types, %s takes a lock: %v, want %v", tt.at, got, tt.typed)
		}
		if got := shop(t, text+"func broken() { return 1 }\n").Locks(fr, line, line); got != tt.untyped {
			t.Errorf("without types, %s takes a lock: %v, want %v", tt.at, got, tt.untyped)
		}
	}
}
