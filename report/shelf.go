package report

import (
	"fmt"
	"os"
	"sync"
)

// maxOpen is how many files a shelf holds open: fewer than any system allows, and enough that most are never closed.
const maxOpen = 200

// A shelf opens files by number when something in them is asked for, and closes them again when there are many. It may be
// read concurrently.
type shelf struct {
	paths []string

	mu    sync.Mutex
	open  map[int]*os.File
	order []int // of opening; the oldest is closed first
}

// add returns the number of the first path.
func (s *shelf) add(paths ...string) int {
	s.paths = append(s.paths, paths...)
	return len(s.paths) - len(paths)
}

func (s *shelf) readAt(i int, p []byte, at int64) error {
	s.mu.Lock() // also while reading: a file must not be closed under a reader, and reading is short beside decoding
	defer s.mu.Unlock()
	file, ok := s.open[i]
	if !ok {
		var err error
		if file, err = os.Open(s.paths[i]); err != nil {
			return fmt.Errorf("report: reading a finding again: %w", err)
		}
		if s.open == nil {
			s.open = make(map[int]*os.File)
		}
		if len(s.order) == maxOpen {
			s.open[s.order[0]].Close()
			delete(s.open, s.order[0])
			s.order = s.order[1:]
		}
		s.open[i] = file
		s.order = append(s.order, i)
	}
	if _, err := file.ReadAt(p, at); err != nil {
		return fmt.Errorf("report: reading a finding of %q again: %w", s.paths[i], err)
	}
	return nil
}

func (s *shelf) close() {
	for _, file := range s.open {
		file.Close()
	}
	s.open, s.order = nil, nil
}
