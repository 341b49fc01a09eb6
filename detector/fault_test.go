package detector

import (
	"bytes"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/analysis"
	"github.com/nplusgone/nplusgone/internal/fault"
)

// faulty is a source that panics.
type faulty struct{ analysis.Source }

func (faulty) Loops([]analysis.Frame) ([]analysis.Loop, bool) { panic("a loop without a begin") }
func (faulty) Generated(string, string) bool                  { return false }
func (faulty) PassesOn(analysis.Frame) bool                   { return false }
func (faulty) Line(string, int) string                        { return "" }

// Proves that a panic in the analysis of a scope discards its findings, is recorded for each scope, is printed with one stack, and
// does not affect later scopes.
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

// faultyCallSite is a source that panics only when it is asked about a call site.
type faultyCallSite struct{ onlyLoop }

func (faultyCallSite) Generated(string, string) bool { panic("a file without a name") }

// Proves that a scope whose analysis panicked is in the profile as not checked, with its sums, once; that the recorder receives it
// so; and that the profile of another detector has the fault as one of the process.
func TestPanicIsInTheProfile(t *testing.T) {
	for name, tt := range map[string]struct {
		source analysis.Source
		want   string
	}{
		"a rule":      {faulty{}, "a rule panicked: a loop without a begin"},
		"a call site": {faultyCallSite{}, "a rule panicked: a file without a name"},
	} {
		t.Run(name, func(t *testing.T) {
			fault.Reset()
			defer fault.Reset()
			var recorded []finding.ScopeProfile
			defer Record(func(sums finding.ScopeProfile, _ []finding.Finding) { recorded = append(recorded, sums) })()
			d, err := New(WithSource(tt.source))
			if err != nil {
				t.Fatal(err)
			}
			stderr(t, func() {
				for range 2 {
					ctx, s := d.Begin(t.Context(), "GET /posts")
					repeatedly(s, 3)
					s.End(ctx)
				}
			})
			p := d.Profile()
			if len(p.NotChecked) != 0 || len(p.Scopes) != 1 || p.Scopes[0].Scopes != 2 || p.Scopes[0].Statements != 6 {
				t.Errorf("the profile is %+v, want one name with 2 scopes and 6 statements", p)
			}
			for i, sums := range append(recorded, p.Scopes...) {
				if len(sums.NotChecked) != 1 || sums.NotChecked[0] != tt.want {
					t.Errorf("scope %d is not checked because of %q, want %q once", i, sums.NotChecked, tt.want)
				}
			}
			if len(recorded) != 2 {
				t.Errorf("the recorder received %d scopes, want 2", len(recorded))
			}
			other, err := New()
			if err != nil {
				t.Fatal(err)
			}
			if got := other.Profile().NotChecked; len(got) != 2 {
				t.Errorf("another detector has %q, want the two faults of the process", got)
			}
		})
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
