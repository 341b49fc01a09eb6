package internal

import (
	"internal/runtime/atomic"
	"unsafe"
)

// The kinds of scopes.
const (
	scopeTest    = 1 // tests, subtests, benchmarks, examples, inputs of fuzz tests
	scopeRequest = 2
)

// scopes counts the scopes of the process.
var scopes uint64

// labelKey is the key of the label that carries the number of a scope. Goroutines inherit labels.
const labelKey = "nplusgone.scope"

// A label has the layout of those of runtime/pprof.
type label struct{ key, value string }

// A labelSet has the layout of that of runtime/pprof.
type labelSet struct{ list []label }

//go:linkname getLabels runtime/pprof.runtime_getProfLabel
func getLabels() unsafe.Pointer

//go:linkname setLabels runtime/pprof.runtime_setProfLabel
func setLabels(unsafe.Pointer)

// mark returns the label of a label set that carries a scope; nil if it has none.
//
//go:norace
func mark(p unsafe.Pointer) *label {
	if p == nil {
		return nil
	}
	list := (*labelSet)(p).list
	for i := range list {
		if len(list[i].key) == len(labelKey) && list[i].key == labelKey {
			return &list[i]
		}
	}
	return nil
}

// current returns the scope of the calling goroutine; 0 for none.
//
//go:norace
func current() (id uint64) {
	l := mark(getLabels())
	if l == nil {
		return 0
	}
	for i := 0; i < len(l.value); i++ {
		id = 10*id + uint64(l.value[i]-'0')
	}
	return id
}

// with returns a label set with the labels of p, and l for the label of the scope.
//
//go:norace
func with(p unsafe.Pointer, l label) unsafe.Pointer {
	var had []label
	if p != nil {
		had = (*labelSet)(p).list
	}
	list := make([]label, 0, len(had)+1)
	placed := false
	for i := range had { // the list is in the order of the keys
		if had[i].key == labelKey {
			continue
		}
		if !placed && had[i].key > labelKey {
			list, placed = append(list, l), true
		}
		list = append(list, had[i])
	}
	if !placed {
		list = append(list, l)
	}
	return unsafe.Pointer(&labelSet{list})
}

// KeepLabel returns the label set p, which is about to become that of the calling goroutine, with the scope that the goroutine has.
//
//go:norace
func KeepLabel(p unsafe.Pointer) unsafe.Pointer {
	if !on || mark(p) != nil {
		return p
	}
	if l := mark(getLabels()); l != nil {
		return with(p, *l)
	}
	return p
}

// A Scope is an open scope. The zero value is none.
type Scope struct {
	id     uint64
	before unsafe.Pointer // the labels that the goroutine had
}

// TestBegin begins the scope of a test, a benchmark or an example on the calling goroutine. The root of all tests has no name and no
// scope.
//
//go:norace
func TestBegin(name string) Scope {
	if !on || name == "" {
		return Scope{}
	}
	hash, _ := walk(maxDepth)
	return beginScope(scopeTest, name, hash)
}

// End ends a scope.
//
//go:norace
func (s Scope) End() {
	if s.id == 0 {
		return
	}
	endSpec(s.id)
	setLabels(s.before)
	lock()
	begin(kindEnd)
	putUint(s.id)
	commit()
	unlock()
}

//go:norace
func beginScope(kind byte, name string, hash uint64) Scope {
	s := Scope{id: atomic.Xadd64(&scopes, 1), before: getLabels()}
	parent := current()
	lock()
	text, stack := textID(name), stackID(hash)
	begin(kindScope)
	putUint(s.id)
	putUint(parent)
	putByte(kind)
	putUint(text)
	putUint(stack)
	putUint(goroutine())
	commit()
	unlock()
	setLabels(with(s.before, label{labelKey, decimal(s.id)}))
	return s
}

//go:norace
func decimal(n uint64) string {
	var digits [20]byte
	i := len(digits)
	for {
		i--
		digits[i] = byte('0' + n%10)
		if n /= 10; n == 0 {
			return string(digits[i:])
		}
	}
}

// RequestBegin begins the scope of a request that a server received, on the calling goroutine. Its name is the route, which Route
// adds.
//
//go:norace
func RequestBegin(method, path string) Scope {
	if !on {
		return Scope{}
	}
	hash, _ := walk(maxDepth)
	s := beginScope(scopeRequest, method, hash)
	requests.add(s.id)
	route(s.id, method, "", len(path))
	return s
}

// Route records the pattern that a router has chosen for a request. If the router was called without a server, it begins the scope of
// a request, which the caller ends.
//
//go:norace
func Route(method, pattern, path string) Scope {
	if !on {
		return Scope{}
	}
	var begun Scope
	id := current()
	if !requests.has(id) {
		begun = RequestBegin(method, path)
		id = begun.id
	}
	route(id, method, pattern, len(path))
	return begun
}

//go:norace
func route(id uint64, method, pattern string, path int) {
	lock()
	m, p := textID(method), textID(pattern)
	begin(kindRoute)
	putUint(id)
	putUint(m)
	putUint(p)
	putUint(uint64(path))
	commit()
	unlock()
}

// requests has a bit for each scope that is a request.
var requests bits

// bits is a set of numbers. The lock guards it.
type bits struct{ words []uint64 }

//go:norace
func (b *bits) add(n uint64) {
	lock()
	b.addLocked(n)
	unlock()
}

//go:norace
func (b *bits) has(n uint64) bool {
	lock()
	has := b.hasLocked(n)
	unlock()
	return has
}

//go:norace
func (b *bits) addLocked(n uint64) {
	if n/64 >= uint64(len(b.words)) {
		words := make([]uint64, max(64, 2*(n/64)))
		for i := range b.words {
			words[i] = b.words[i]
		}
		b.words = words
	}
	b.words[n/64] |= 1 << (n % 64)
}

//go:norace
func (b *bits) hasLocked(n uint64) bool {
	return n/64 < uint64(len(b.words)) && b.words[n/64]&(1<<(n%64)) != 0
}
