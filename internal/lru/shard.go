package lru

import (
	"sync"
	"sync/atomic"
)

// A shard is one part of a cache, with a lock of its own.
type shard[K comparable, V any] struct {
	mu      sync.RWMutex
	entries map[K]*entry[K, V]
	ring    []*entry[K, V] // the same entries, in the order in which the hand visits them
	hand    int            // index in ring of the entry that is visited next
	weight  int            // sum of the entries' weights
	max     int            // bound of weight
}

// An entry is one key with its value.
type entry[K comparable, V any] struct {
	key    K
	value  V
	weight int
	slot   int         // index in the shard's ring
	read   atomic.Bool // read since the hand last visited it
}

func (s *shard[K, V]) get(key K) (value V, ok bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	e := s.entries[key]
	if e == nil {
		return value, false
	}
	if !e.read.Load() { // a store would take the cache line from other readers
		e.read.Store(true)
	}
	return e.value, true
}

func (s *shard[K, V]) put(e *entry[K, V]) {
	if e.weight > s.max {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if old := s.entries[e.key]; old != nil {
		s.remove(old)
	}
	for s.weight+e.weight > s.max {
		s.evict()
	}
	e.slot = len(s.ring)
	s.ring = append(s.ring, e)
	s.entries[e.key] = e
	s.weight += e.weight
}

// evict removes the first entry from the hand on that was not read since the hand last visited it. An entry that was
// read gets a second round. The shard must have an entry.
func (s *shard[K, V]) evict() {
	for {
		if s.hand >= len(s.ring) {
			s.hand = 0
		}
		e := s.ring[s.hand]
		if !e.read.Swap(false) {
			s.remove(e)
			return
		}
		s.hand++
	}
}

// remove takes an entry out. The last entry of the ring takes its slot.
func (s *shard[K, V]) remove(e *entry[K, V]) {
	last := len(s.ring) - 1
	moved := s.ring[last]
	s.ring[e.slot], moved.slot = moved, e.slot
	s.ring[last] = nil
	s.ring = s.ring[:last]
	s.weight -= e.weight
	delete(s.entries, e.key)
}
