package driver

import (
	"io"
	"os"
	"testing"
)

// Broken makes a wrapper that panics when it records a statement.
func Broken() Option { return optionFunc(func(w *wrapper) { w.database = nil }) }

// Stderr returns what is written to standard error while do runs.
func Stderr(t *testing.T, do func()) string {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	said := make(chan []byte)
	go func() {
		text, _ := io.ReadAll(r)
		said <- text
	}()
	old := os.Stderr
	os.Stderr = w
	func() {
		defer func() { os.Stderr = old; _ = w.Close() }()
		do()
	}()
	return string(<-said)
}
