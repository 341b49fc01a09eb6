package finding_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nplusgone/nplusgone/finding"
)

// Proves the order: position, then rule, identity and scope, and of equal ones the better first.
func TestSort(t *testing.T) {
	at := func(file string, line int, rule, identity, scope string, level finding.Level) finding.Finding {
		return finding.Finding{Rule: rule, Identity: identity, Scope: scope, Level: level, CallSite: finding.Position{File: file, Line: line}}
	}
	want := []finding.Finding{
		at("a.go", 9, "z", "1", "s", finding.Likely),
		at("a.go", 10, "a", "1", "s", finding.Likely),
		at("a.go", 10, "b", "1", "s", finding.Likely),
		at("a.go", 10, "b", "2", "s", finding.Likely),
		at("a.go", 10, "b", "2", "t", finding.Proven),
		at("a.go", 10, "b", "2", "t", finding.Likely),
		at("b.go", 1, "a", "0", "a", finding.Likely),
	}
	got := append([]finding.Finding{}, want...)
	for range 20 {
		rand.Shuffle(len(got), func(i, j int) { got[i], got[j] = got[j], got[i] })
		finding.Sort(got)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("(-want +got):\n%s", diff)
		}
	}
}

// Proves the policy, each step against all that come after it: the first of two findings is kept.
func TestBetter(t *testing.T) {
	rich := func(f finding.Finding) finding.Finding { // more of everything that comes later in the policy
		f.Scope, f.Evidence, f.Snippet = "A", make([]finding.Evidence, 9), make([]finding.SnippetLine, 9)
		return f
	}
	base := finding.Finding{Identity: "1", Level: finding.Likely, Scope: "B", Message: "m"}
	with := func(change func(*finding.Finding)) finding.Finding {
		f := base
		change(&f)
		return f
	}
	for _, tt := range []struct {
		name    string
		kept, f finding.Finding
	}{
		{"a finding that counts, before a note", base, rich(with(func(f *finding.Finding) { f.Note, f.Level, f.Count = "why", finding.Proven, 99 }))},
		{"a new one, before a known one", base, rich(with(func(f *finding.Finding) { f.Known, f.Level, f.Count = "why", finding.Proven, 99 }))},
		{"the higher level, before the higher count", with(func(f *finding.Finding) { f.Level = finding.Proven }), rich(with(func(f *finding.Finding) { f.Count, f.Loop = 99, &finding.Position{} }))},
		{"a loop, before a parent and a count", with(func(f *finding.Finding) { f.Loop = &finding.Position{} }), rich(with(func(f *finding.Finding) { f.Parent, f.Count = &finding.Parent{}, 99 }))},
		{"a parent, before a count", with(func(f *finding.Finding) { f.Parent = &finding.Parent{} }), rich(with(func(f *finding.Finding) { f.Count = 99 }))},
		{"a fix, before a count", with(func(f *finding.Finding) { f.Fix.SQL = "SELECT 1" }), rich(with(func(f *finding.Finding) { f.Count = 99 }))},
		{"the higher count, before more evidence", with(func(f *finding.Finding) { f.Count = 3 }), rich(with(func(f *finding.Finding) { f.Count = 2 }))},
		{"the worst run's count, not the sum", with(func(f *finding.Finding) { f.Count = 8 }), rich(with(func(f *finding.Finding) { f.Count, f.Worst = 20, 7 }))},
		{"more evidence", with(func(f *finding.Finding) { f.Evidence = make([]finding.Evidence, 1) }), base},
		{"the first scope by name", with(func(f *finding.Finding) { f.Scope = "A" }), base},
	} {
		if !finding.Better(&tt.kept, &tt.f) || finding.Better(&tt.f, &tt.kept) {
			t.Errorf("%s: not so", tt.name)
		}
	}
	if finding.Better(&base, &base) {
		t.Error("a finding is better than itself")
	}
}

// Proves that normalizing writes lists, orders statements, rounds times, and leaves its argument alone.
func TestNormalize(t *testing.T) {
	f := finding.Finding{Statements: []finding.StatementStat{{Text: "b", Milliseconds: 1.23456}, {Text: "a", Milliseconds: math.NaN()}, {Text: "c", Milliseconds: 2}}}
	want := finding.Finding{
		Level: finding.Suspect, Members: []string{}, Evidence: []finding.Evidence{},
		Statements: []finding.StatementStat{{Text: "c", Milliseconds: 2}, {Text: "b", Milliseconds: 1.235}, {Text: "a"}},
	}
	if diff := cmp.Diff(want, finding.Normalize(f)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if f.Level != 0 || f.Statements[0].Milliseconds != 1.23456 {
		t.Errorf("the argument was changed: %+v", f)
	}
	if diff := cmp.Diff(want, finding.Normalize(want)); diff != "" {
		t.Errorf("normalizing twice is something else:\n%s", diff)
	}
}

// Proves that a set keeps the best finding of each identity, in order, and at most as many findings as its limit.
func TestSet(t *testing.T) {
	f := func(identity string, count int) finding.Finding {
		return finding.Finding{Identity: identity, Count: count, CallSite: finding.Position{File: identity + ".go"}}
	}
	s := finding.Set{Max: 3}
	for _, tt := range []struct {
		f     finding.Finding
		added bool
	}{
		{f("b", 2), true}, {f("a", 2), true}, {f("a", 2), false}, {f("b", 3), true}, {f("b", 2), false},
		{f("", 1), true}, {f("c", 9), false}, {f("", 1), false}, {f("a", 4), true},
	} {
		if got := s.Add(tt.f); got != tt.added {
			t.Errorf("%q with %d: added %v, want %v", tt.f.Identity, tt.f.Count, got, tt.added)
		}
	}
	if diff := cmp.Diff([]finding.Finding{f("", 1), f("a", 4), f("b", 3)}, s.Findings()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
