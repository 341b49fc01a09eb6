package report

import (
	"fmt"
	"io"
	"os"
)

// spoolMemory is how many bytes a spool holds in memory.
const spoolMemory = 4 << 20

// A spool keeps bytes that have to be read again: in memory while they are few, then in a temporary file.
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
			return 0, fmt.Errorf("making room for a large report: %w", err)
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

// close removes what the spool holds.
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
