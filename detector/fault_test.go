package detector

import (
	"bytes"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/nplusgone/nplusgone/internal/analysis"
	"github.com/nplusgone/nplusgone/internal/fault"
)

// faulty is a source that panics.
type faulty struct{ analysis.Source }

func (faulty) Loops([]analysis.Frame) ([]analysis.Loop, bool) { panic("a loop without a begin") }
func (faulty) Generated(string, string) bool                  { return false }
func (faulty) Line(string, int) string                        { return "" }

// Proves that a panic in the analysis of a scope discards its findings, is recorded for each scope, and is printed with one stack, and
// does not touch the scopes after it.
func TestPanicIsRecorded(t *testing.T) {
	fault.Reset()
	defer fault.Reset()
	printed := stderr(t, func() {
		for range 2 {
			ctx, s := begin(t, WithSource(faulty{}))
			repeatedly(s, 3)
			if got := s.End(ctx); got != nil {
				t.Errorf("findings %v, want none", got)
			}
		}
	})
	if n, stacks := strings.Count(printed, "was not checked"), strings.Count(printed, "[running]:"); n != 2 || stacks != 1 {
		t.Errorf("the panic is printed %d times with %d stacks, want 2 and 1:\n%s", n, stacks, printed)
	}
	want := `the scope "TestPanicIsRecorded" was not checked: nplusgone panicked: a loop without a begin`
	if got := Faults(); len(got) != 2 || got[0] != want || got[1] != want {
		t.Errorf("faults %q, want %q twice", got, want)
	}
	ctx, s := begin(t)
	repeatedly(s, 3)
	if got := len(s.End(ctx)); got != 1 {
		t.Errorf("a scope after the panic has %d findings, want 1", got)
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
