package nplusgonepgx

import (
	"strings"
	"sync"

	"github.com/nplusgone/nplusgone/internal/stack"
)

// maxStacks is the number of stacks that a tracer remembers. Of further ones the frames are read each time.
const maxStacks = 1 << 14

// stacks are the stacks of statements, and whether package driver is on them.
type stacks struct {
	mu    sync.RWMutex
	known map[stack.ID]bool
}

// recorded reports whether package driver is on a stack: database/sql runs the statement then, and it is recorded there.
func (s *stacks) recorded(id stack.ID) bool {
	s.mu.RLock()
	recorded, known := s.known[id]
	s.mu.RUnlock()
	if known {
		return recorded
	}
	for _, f := range id.Frames() {
		if recorded = strings.HasPrefix(f.Function, "github.com/nplusgone/nplusgone/driver."); recorded {
			break
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.known == nil {
		s.known = make(map[stack.ID]bool)
	}
	if len(s.known) < maxStacks {
		s.known[id] = recorded
	}
	return recorded
}
