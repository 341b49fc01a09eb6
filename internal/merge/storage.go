package merge

import (
	"fmt"
	"io"
	"os"
	"sync"
)

// spoolMemory is how many bytes a spool keeps in memory.
const spoolMemory = 4 << 20

// A spool keeps bytes that are read again: up to spoolMemory in memory, more in a temporary file.
type spool struct {
	memory []byte
	file   *os.File
	size   int64
}

// Write implements io.Writer.
func (s *spool) Write(p []byte) (int, error) {
	if s.file == nil && len(s.memory)+len(p) > spoolMemory {
		file, err := os.CreateTemp("", "nplusgone-report-*")
		if err != nil {
			return 0, fmt.Errorf("creating a temporary file for a large report: %w", err)
		}
		s.file = file
		if _, err := file.Write(s.memory); err != nil {
			return 0, err
		}
		s.memory = nil
	}
	s.size += int64(len(p))
	if s.file != nil {
		return s.file.Write(p)
	}
	s.memory = append(s.memory, p...)
	return len(p), nil
}

// ReadAt implements io.ReaderAt.
func (s *spool) ReadAt(p []byte, at int64) (int, error) {
	if s.file != nil {
		return s.file.ReadAt(p, at)
	}
	if at >= int64(len(s.memory)) {
		return 0, io.EOF
	}
	n := copy(p, s.memory[at:])
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

// close discards the bytes and removes the temporary file.
func (s *spool) close() error {
	s.memory = nil
	if s.file == nil {
		return nil
	}
	name := s.file.Name()
	err := s.file.Close()
	if removed := os.Remove(name); err == nil {
		err = removed
	}
	s.file = nil
	return err
}

// maxOpenFiles is how many files a fileSet holds open: below every system's limit, and enough that most stay open.
const maxOpenFiles = 200

// A fileSet opens files by number when they are read, and closes the one that was opened first when too many are open.
// It may be read concurrently.
type fileSet struct {
	paths []string

	mu    sync.Mutex
	open  map[int]*os.File
	order []int // numbers of the open files, in the order of opening
}

// add returns the number of the first path.
func (s *fileSet) add(paths ...string) int {
	s.paths = append(s.paths, paths...)
	return len(s.paths) - len(paths)
}

func (s *fileSet) readAt(i int, p []byte, at int64) error {
	s.mu.Lock() // also while reading, so that no file is closed under a reader; decoding takes much longer than reading
	defer s.mu.Unlock()
	file, ok := s.open[i]
	if !ok {
		var err error
		if file, err = os.Open(s.paths[i]); err != nil {
			return fmt.Errorf("merge: reading a finding again: %w", err)
		}
		if s.open == nil {
			s.open = make(map[int]*os.File)
		}
		if len(s.order) == maxOpenFiles {
			s.open[s.order[0]].Close()
			delete(s.open, s.order[0])
			s.order = s.order[1:]
		}
		s.open[i] = file
		s.order = append(s.order, i)
	}
	if _, err := file.ReadAt(p, at); err != nil {
		return fmt.Errorf("merge: reading a finding of %q again: %w", s.paths[i], err)
	}
	return nil
}

func (s *fileSet) close() {
	for _, file := range s.open {
		file.Close()
	}
	s.open, s.order = nil, nil
}
