package logsink

import "sync"

// maxIdentities is how many findings a Sink remembers as logged. A program has far fewer, because an identity is a place
// in its code. When it has more, the oldest are forgotten and may be logged again.
const maxIdentities = 10_000

// identities is a bounded set that drops the oldest elements. Its zero value is empty. It is safe for concurrent use.
type identities struct {
	mu     sync.Mutex
	set    map[string]struct{}
	order  []string // in the order of adding; a ring once it is full
	oldest int      // index of the oldest element of a full ring
}

// add reports whether id was not in the set, and adds it.
func (s *identities) add(id string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.set[id]; ok {
		return false
	}
	if s.set == nil {
		s.set = map[string]struct{}{}
	}
	s.set[id] = struct{}{}
	if len(s.order) < maxIdentities {
		s.order = append(s.order, id)
		return true
	}
	delete(s.set, s.order[s.oldest])
	s.order[s.oldest] = id
	s.oldest = (s.oldest + 1) % maxIdentities
	return true
}
