package flow

import (
	"go/types"
	"sync"
)

// What the method sets of types say. A method set of a data layer's type takes longer to compute than a step of the flow.
var (
	rowsTypes   typeMemory[kind]
	handleTypes typeMemory[bool]
)

// maxTypes bounds the types of a typeMemory.
const maxTypes = 4096

// A typeMemory remembers a fact of each type that it was asked for. It is safe for concurrent use.
type typeMemory[T any] struct {
	mu    sync.Mutex
	known map[*types.Named]T
}

// of returns the fact of a type, as find finds it.
func (m *typeMemory[T]) of(named *types.Named, find func(*types.Named) T) T {
	m.mu.Lock()
	fact, ok := m.known[named]
	m.mu.Unlock()
	if ok {
		return fact
	}
	fact = find(named) // it may ask for other types
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.known == nil || len(m.known) >= maxTypes {
		m.known = make(map[*types.Named]T)
	}
	m.known[named] = fact
	return fact
}
