package blind_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/testdata/blind"
)

// TestTally proves which findings are hits, misses, false alarms and wrong lines, with findings that no rule made.
func TestTally(t *testing.T) {
	m := marks{"x/a.go:5": {blind.NPlusOne}, "x/a.go:6": {blind.NPlusOne, blind.Duplicate}}
	at := func(rule string, line int) finding.Finding {
		return finding.Finding{Rule: rule, Level: finding.Likely, Loop: &finding.Position{File: "x/a.go", Line: line}}
	}
	call := func(rule string, line int) finding.Finding {
		return finding.Finding{Rule: rule, Level: finding.Likely, CallSite: finding.Position{File: "x/a.go", Line: line}}
	}
	suspect := at(blind.NPlusOne, 5)
	suspect.Level = finding.Suspect
	note := at(blind.NPlusOne, 5)
	note.Note = "only a note"
	nested := at(blind.NPlusOne, 5)
	nested.Loop.File = "testdata/blind/x/a.go"
	either := blind.NPlusOne + " " + blind.Duplicate

	for _, c := range []struct {
		name      string
		want, may []string
		found     []finding.Finding
		err       error
		sum       figures
		lines     string // kinds of the lines, in order
	}{
		{name: "hit", want: []string{blind.NPlusOne}, found: []finding.Finding{at(blind.NPlusOne, 5)}, sum: figures{hits: 1}},
		{name: "hit at a call", want: []string{blind.NPlusOne}, found: []finding.Finding{call(blind.NPlusOne, 5)}, sum: figures{hits: 1}},
		{name: "hit by a path of the outer module", want: []string{blind.NPlusOne}, found: []finding.Finding{nested}, sum: figures{hits: 1}},
		{name: "two findings of one want", want: []string{blind.NPlusOne}, found: []finding.Finding{at(blind.NPlusOne, 5), at(blind.NPlusOne, 6)}, sum: figures{hits: 1}},
		{name: "either rule", want: []string{either}, found: []finding.Finding{at(blind.Duplicate, 6)}, sum: figures{hits: 1}},
		{name: "either rule, on a line of the other", want: []string{either}, found: []finding.Finding{at(blind.Duplicate, 5)},
			sum: figures{misses: 1, wrongLines: 1}, lines: "wrong line, miss"},
		{name: "wrong line", want: []string{blind.NPlusOne}, found: []finding.Finding{at(blind.NPlusOne, 7)},
			sum: figures{misses: 1, wrongLines: 1}, lines: "wrong line, miss"},
		{name: "hit and wrong line", want: []string{blind.NPlusOne}, found: []finding.Finding{at(blind.NPlusOne, 5), at(blind.NPlusOne, 7)},
			sum: figures{hits: 1, wrongLines: 1}, lines: "wrong line"},
		{name: "duplicate without a loop", want: []string{blind.Duplicate}, found: []finding.Finding{call(blind.Duplicate, 99)}, sum: figures{hits: 1}},
		{name: "duplicate with a loop", want: []string{blind.Duplicate}, found: []finding.Finding{at(blind.Duplicate, 99)},
			sum: figures{misses: 1, wrongLines: 1}, lines: "wrong line, miss"},
		{name: "miss", want: []string{blind.NPlusOne}, sum: figures{misses: 1}, lines: "miss"},
		{name: "only suspect", want: []string{blind.NPlusOne}, found: []finding.Finding{suspect}, sum: figures{misses: 1}, lines: "miss"},
		{name: "only a note", want: []string{blind.NPlusOne}, found: []finding.Finding{note}, sum: figures{misses: 1}, lines: "miss"},
		{name: "another rule", want: []string{blind.NPlusOne}, found: []finding.Finding{at(blind.Recursive, 5)},
			sum: figures{misses: 1, alarms: 1}, lines: "false alarm, miss"},
		{name: "quiet", sum: figures{}},
		{name: "suspect in a quiet case", found: []finding.Finding{suspect, note}, sum: figures{}},
		{name: "false alarm on a marked line", found: []finding.Finding{at(blind.NPlusOne, 5)}, sum: figures{alarms: 1}, lines: "false alarm"},
		{name: "may", may: []string{blind.NPlusOne}, found: []finding.Finding{at(blind.NPlusOne, 99)}, sum: figures{accepted: 1}},
		{name: "wanted, but may be on any line", want: []string{blind.NPlusOne}, may: []string{blind.NPlusOne}, found: []finding.Finding{at(blind.NPlusOne, 99)},
			sum: figures{accepted: 1, misses: 1}, lines: "miss"},
		{name: "rule that labels do not name", found: []finding.Finding{at("another-rule", 5)}, sum: figures{uncounted: 1}},
		{name: "broken", err: errors.New("locked"), sum: figures{broken: 1}, lines: "broken"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newTally(m)
			lines := s.add("x", blind.Case{Name: c.name, Want: c.want, May: c.may}, c.found, c.err)
			want := c.sum
			want.cases, want.fire = 1, min(len(c.want), 1)
			if s.total != want || *s.folders["x"] != want {
				t.Errorf("got %+v, want %+v", s.total, want)
			}
			var kinds []string
			for _, line := range lines {
				kind, _, _ := strings.Cut(line, ": ")
				kinds = append(kinds, kind)
			}
			if got := strings.Join(kinds, ", "); got != c.lines {
				t.Errorf("lines are %q, want %q", got, c.lines)
			}
		})
	}
}

// TestFault proves that one false alarm, a recall below the minimum and a broken case fail the test, and that no other one does.
func TestFault(t *testing.T) {
	for _, c := range []struct {
		sum  figures
		want string
	}{
		{figures{hits: 97, misses: 3}, ""},
		{figures{hits: 96, misses: 4}, "recall 0.960, want 0.97 or more"},
		{figures{hits: 999, alarms: 1}, "precision 0.999, want 1.00 or more"},
		{figures{hits: 999, wrongLines: 1}, "precision 0.999, want 1.00 or more"},
		{figures{hits: 9, accepted: 5, uncounted: 5}, ""},
		{figures{hits: 9, broken: 2}, "2 cases return an error when they are watched"},
	} {
		s := newTally(nil)
		s.total = c.sum
		if got := s.fault(); got != c.want {
			t.Errorf("%+v: got %q, want %q", c.sum, got, c.want)
		}
	}
}

// TestSummary proves that the last line has the figures and that findings of other rules are counted by rule.
func TestSummary(t *testing.T) {
	s := newTally(marks{"x/a.go:5": {blind.NPlusOne}})
	f := finding.Finding{Rule: blind.NPlusOne, Level: finding.Proven, Loop: &finding.Position{File: "x/a.go", Line: 5}}
	other := f
	other.Rule = "another-rule"
	s.add("x", blind.Case{Name: "fire", Want: []string{blind.NPlusOne}}, []finding.Finding{f, other, other}, nil)
	s.add("x", blind.Case{Name: "quiet"}, []finding.Finding{f}, nil)
	lines := s.summary()
	if got, want := lines[len(lines)-1], "precision=0.500 recall=1.000 scenarios=2"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if want := "not counted: another-rule: 2 findings"; !slices.Contains(lines, want) {
		t.Errorf("no line %q in %s", want, fmt.Sprint(lines))
	}
}
