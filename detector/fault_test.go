package detector

import (
	"bytes"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/nplusgone/nplusgone/internal/analysis"
)

// faulty is a source with a fault of ours.
type faulty struct{ analysis.Source }

func (faulty) Loops([]analysis.Frame) ([]analysis.Loop, bool) { panic("a loop without a begin") }
func (faulty) Generated(string, string) bool                  { return false }
func (faulty) Line(string, int) string                        { return "" }

// Proves that a fault of ours costs a scope its findings and nobody else anything, and is told once.
func TestFaultIsToldOnce(t *testing.T) {
	faulted.Store(false)
	defer faulted.Store(false)
	said := stderr(t, func() {
		for range 2 {
			ctx, s := begin(t, WithSource(faulty{}))
			repeatedly(s, 3)
			if got := s.End(ctx); got != nil {
				t.Errorf("findings %v, want none", got)
			}
		}
	})
	if n := strings.Count(said, "a loop without a begin"); n != 1 {
		t.Errorf("the fault is told %d times:\n%s", n, said)
	}
	ctx, s := begin(t)
	repeatedly(s, 3)
	if got := len(s.End(ctx)); got != 1 {
		t.Errorf("a scope after the fault has %d findings, want 1", got)
	}
}

// stderr returns what fn writes to the process's standard error.
func stderr(t *testing.T, fn func()) string {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	old := os.Stderr
	os.Stderr = w
	read := make(chan string)
	go func() {
		var b bytes.Buffer
		io.Copy(&b, r)
		read <- b.String()
	}()
	defer func() { os.Stderr = old }()
	fn()
	w.Close()
	return <-read
}
