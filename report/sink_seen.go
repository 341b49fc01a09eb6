package report

import "sync"

// rememberedIdentities bounds how many findings a LogSink remembers as logged. Identities are places in the code, so a
// program has far fewer; should it have more, the oldest are forgotten and may be logged again.
const rememberedIdentities = 10_000

// identities is a bounded set that forgets the oldest first. Its zero value is empty. It may be used concurrently.
type identities struct {
	mu    sync.Mutex
	known map[string]struct{}
	order []string // as they came; a ring once it is full
	next  int      // the oldest of a full ring
}

// add reports whether id was not in the set, and adds it.
func (s *identities) add(id string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.known[id]; ok {
		return false
	}
	if s.known == nil {
		s.known = map[string]struct{}{}
	}
	s.known[id] = struct{}{}
	if len(s.order) < rememberedIdentities {
		s.order = append(s.order, id)
		return true
	}
	delete(s.known, s.order[s.next])
	s.order[s.next] = id
	s.next = (s.next + 1) % rememberedIdentities
	return true
}
