package cases

import (
	"strings"
	"testing"

	"github.com/nplusgone/nplusgone/finding"
)

// mark is the position that the wants of these tests name.
var mark = map[string]string{"loop": "a/a.go:7"}

// found returns a proven n-plus-one at mark, with changes.
func found(change func(*finding.Finding)) finding.Finding {
	f := finding.Finding{
		Rule:       "n-plus-one",
		Level:      finding.Proven,
		Message:    "5 queries, one per row",
		Loop:       &finding.Position{File: "a/a.go", Line: 7},
		Statements: []finding.StatementStat{{Text: "SELECT a\nFROM t"}},
		Evidence:   []finding.Evidence{{Text: "repeated at a/a.go:7"}},
		Parent:     &finding.Parent{Text: "SELECT id FROM p"},
		Count:      5,
	}
	if change != nil {
		change(&f)
	}
	return f
}

// TestAdd proves which reports are as wanted, and how each counts in the figures.
func TestAdd(t *testing.T) {
	exact := found(nil)
	elsewhere := found(func(f *finding.Finding) { f.Loop.Line = 9 })
	suspect := found(func(f *finding.Finding) { f.Level = finding.Suspect })
	note := found(func(f *finding.Finding) { f.Note = "a loop of the test" })
	for _, c := range []struct {
		name  string
		text  string
		found []finding.Finding
		want  figures
	}{
		{"found as wanted", "n-plus-one proven @loop", []finding.Finding{exact}, figures{tests: 1, hits: 1}},
		{"one of several levels", "n-plus-one likely|proven @loop", []finding.Finding{exact}, figures{tests: 1, hits: 1}},
		{"no position wanted", "n-plus-one proven", []finding.Finding{exact}, figures{tests: 1, hits: 1}},
		{"nothing found", "n-plus-one proven @loop", nil, figures{tests: 1, wrong: 1, misses: 1}},
		{"another position", "n-plus-one proven @loop", []finding.Finding{elsewhere}, figures{tests: 1, wrong: 1, misses: 1, alarms: 1}},
		{"another rule", "duplicate-query proven @loop", []finding.Finding{exact}, figures{tests: 1, wrong: 1, misses: 1, alarms: 1}},
		{"a level too low", "n-plus-one likely|proven @loop", []finding.Finding{suspect}, figures{tests: 1, wrong: 1, misses: 1}},
		{"a note is not its level", "n-plus-one proven @loop", []finding.Finding{note}, figures{tests: 1, wrong: 1, misses: 1}},
		{"a wanted note", "n-plus-one note @loop", []finding.Finding{note}, figures{tests: 1, hits: 1}},
		{"one more", "n-plus-one proven @loop", []finding.Finding{exact, elsewhere}, figures{tests: 1, wrong: 1, hits: 1, alarms: 1}},
		{"one more suspect", "n-plus-one proven @loop", []finding.Finding{exact, suspect}, figures{tests: 1, hits: 1}},
		{"silent", "silent", []finding.Finding{suspect, note}, figures{tests: 1}},
		{"not silent", "silent", []finding.Finding{exact}, figures{tests: 1, wrong: 1, alarms: 1}},
		{"optional and missing", "?n-plus-one proven @loop", nil, figures{tests: 1}},
		{"optional and found", "?n-plus-one proven @loop", []finding.Finding{exact}, figures{tests: 1}},
		{"conditions that hold", `n-plus-one proven @loop sql~"a FROM t" parent~"FROM p" evidence~"@loop" message!~"node" count=5`, []finding.Finding{exact}, figures{tests: 1, hits: 1}},
		{"another statement", `n-plus-one proven @loop sql~"FROM u"`, []finding.Finding{exact}, figures{tests: 1, wrong: 1, misses: 1, alarms: 1}},
		{"a condition that is violated", `n-plus-one proven @loop message!~"one per row"`, []finding.Finding{exact}, figures{tests: 1, wrong: 1, misses: 1}},
		{"another count", `n-plus-one proven @loop count=6`, []finding.Finding{exact}, figures{tests: 1, wrong: 1, misses: 1}},
	} {
		w, err := parseWant("a", "TestA: "+c.text, mark)
		if err != nil {
			t.Fatal(err)
		}
		var got figures
		faults := got.add(w, &run{results: map[string]string{"TestA": "PASS"}, statements: 5, findings: c.found})
		if got != c.want || (len(faults) > 0) != (c.want.wrong > 0) {
			t.Errorf("%s: got %+v, %q; want %+v", c.name, got, faults, c.want)
		}
	}
}

// TestAddOfRuns proves that a run that says nothing about nplusgone is never right, and that results of tests count.
func TestAddOfRuns(t *testing.T) {
	const output = "=== RUN   TestA\n    a_test.go:3: n-plus-one at a.go:7\n--- FAIL: TestA (0.00s)\nFAIL\n"
	passed, failed := map[string]string{"TestA": "PASS"}, map[string]string{"TestA": "FAIL"}
	for _, c := range []struct {
		name string
		text string
		run  run
		want figures
	}{
		{"broken", "silent", run{broken: "panic"}, figures{tests: 1, wrong: 1}},
		{"broken with a want", "n-plus-one proven @loop", run{broken: "panic"}, figures{tests: 1, wrong: 1, misses: 1}},
		{"did not run", "silent", run{statements: 1}, figures{tests: 1, wrong: 1}},
		{"skipped", "silent", run{statements: 1, results: map[string]string{"TestA": "SKIP"}}, figures{tests: 1, wrong: 1}},
		{"no statement", "silent", run{results: passed}, figures{tests: 1, wrong: 1}},
		{"fails without a finding", "silent", run{results: failed, statements: 1, output: output}, figures{tests: 1, wrong: 1}},
		{"passes as wanted", "passes", run{results: passed}, figures{tests: 1}},
		{"fails though it must pass", "passes", run{results: failed, output: output}, figures{tests: 1, wrong: 1, alarms: 1}},
		{"fails as wanted", `fails ~"n-plus-one"`, run{results: failed, output: output}, figures{tests: 1, hits: 1}},
		{"fails for another reason", `fails ~"duplicate-query"`, run{results: failed, output: output}, figures{tests: 1, wrong: 1, misses: 1}},
		{"passes though it must fail", "fails", run{results: passed}, figures{tests: 1, wrong: 1, misses: 1}},
	} {
		w, err := parseWant("a", "TestA: "+c.text, mark)
		if err != nil {
			t.Fatal(err)
		}
		var got figures
		faults := got.add(w, &c.run)
		if got != c.want || (len(faults) > 0) != (c.want.wrong > 0) {
			t.Errorf("%s: got %+v, %q; want %+v", c.name, got, faults, c.want)
		}
	}
}

// TestParseWantErrors proves that a mistake in a want file is an error.
func TestParseWantErrors(t *testing.T) {
	for line, message := range map[string]string{
		"TestA silent":                               "no colon",
		"TestA: ":                                    "wants nothing",
		"TestA: loud":                                "cannot parse",
		"TestA: n-plus-two proven @loop":             "n-plus-two",
		"TestA: n-plus-one certain @loop":            "unknown level",
		"TestA: n-plus-one proven @loopB":            "the mark loopB",
		`TestA: n-plus-one proven color~"red"`:       "cannot parse the condition",
		`TestA: n-plus-one proven evidence~"@callB"`: "the mark callB",
	} {
		if _, err := parseWant("a", line, mark); err == nil || !strings.Contains(err.Error(), message) {
			t.Errorf("%s: got the error %v, want one with %q", line, err, message)
		}
	}
}
