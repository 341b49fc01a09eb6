package merge

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"testing"
)

// Proves that a fileSet reads from more files than it holds open, concurrently and in any order, and that close closes all.
func TestFileSet(t *testing.T) {
	const files = maxOpenFiles + 50
	dir := t.TempDir()
	var s fileSet
	for i := range files {
		path := filepath.Join(dir, fmt.Sprint(i))
		if err := os.WriteFile(path, fmt.Appendf(nil, "file %03d", i), 0o600); err != nil {
			t.Fatal(err)
		}
		if got := s.add(path); got != i {
			t.Fatalf("file %d has the number %d", i, got)
		}
	}
	var reading sync.WaitGroup
	for range 4 {
		reading.Go(func() {
			for _, i := range rand.Perm(files) {
				got := make([]byte, 3)
				if err := s.readAt(i, got, 5); err != nil || string(got) != fmt.Sprintf("%03d", i) {
					t.Errorf("file %d: %q, %v", i, got, err)
				}
			}
		})
	}
	reading.Wait()
	if n := len(s.open); n != maxOpenFiles || n != len(s.order) {
		t.Errorf("%d files are open, want %d", n, maxOpenFiles)
	}
	s.close()
	if len(s.open) != 0 {
		t.Errorf("%d files are open after close", len(s.open))
	}
	if err := s.readAt(0, make([]byte, 99), 0); err == nil {
		t.Error("no error for reading beyond the end of a file")
	}
	s.close()
}

// Proves that a spool returns what was written to it, below and above its limit in memory.
func TestSpool(t *testing.T) {
	var s spool
	defer s.close()
	chunk := make([]byte, spoolMemory/3)
	for i := range 5 {
		for j := range chunk {
			chunk[j] = byte(i)
		}
		at := s.size
		if _, err := s.Write(chunk); err != nil {
			t.Fatal(err)
		}
		if inMemory := s.file == nil; inMemory != (i < 3) {
			t.Errorf("after %d chunks in memory: %v", i+1, inMemory)
		}
		for k := range i + 1 {
			got := make([]byte, 2)
			if _, err := s.ReadAt(got, int64(k)*int64(len(chunk))+7); err != nil || got[0] != byte(k) || got[1] != byte(k) {
				t.Errorf("chunk %d of %d: %v, %v", k, i+1, got, err)
			}
		}
		if _, err := s.ReadAt(make([]byte, 1), at+int64(len(chunk))); err == nil {
			t.Error("no error for reading beyond the end")
		}
	}
}
