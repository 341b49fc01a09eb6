package report_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/samples"
	"github.com/nplusgone/nplusgone/report"
)

// Proves what makes a report incomplete, and that no format shows such a report without findings as a success.
func TestAnIncompleteReportIsNeverGreen(t *testing.T) {
	profile := func(notChecked ...string) finding.Profile {
		p := samples.Profile()
		p.NotChecked = notChecked
		return p
	}
	scopeNotChecked := samples.Profile()
	scopeNotChecked.Scopes[0].NotChecked, scopeNotChecked.Scopes[0].Package = []string{"a rule panicked"}, "example.com/a"
	missing := finding.TestRun{Package: "example.com/a", Missing: "its tests did not end"}
	for _, test := range []struct {
		name string
		doc  *report.Document
		want []string
	}{
		{"a run that did not end", &report.Document{Profile: profile(), Runs: []finding.TestRun{{Package: "example.com/b", Whole: true}, missing}}, []string{"example.com/a: its tests did not end"}},
		{"something was not checked", &report.Document{Profile: profile("TestB: a rule panicked", "TestA: a rule panicked")}, []string{"TestA: a rule panicked", "TestB: a rule panicked"}},
		{"something of a scope was not checked", &report.Document{Profile: scopeNotChecked}, []string{"job import-products of example.com/a: a rule panicked"}},
		{"only a note", &report.Document{Profile: profile("TestB: a rule panicked"), Findings: []finding.Finding{samples.LoopInTest()}}, []string{"TestB: a rule panicked"}},
		{"nothing ran", &report.Document{}, []string{"no statement ran on a watched database"}},
		{"no document", nil, []string{"no statement ran on a watched database"}},
		{"nothing ran in a scope", &report.Document{Profile: finding.Profile{Unscoped: &finding.Unscoped{Statements: 2}}}, []string{"2 statements ran, but outside every scope; give each test, request or job a scope"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, test.doc.Incomplete()); diff != "" {
				t.Errorf("reasons (-want +got):\n%s", diff)
			}
			for format, signs := range map[string][]string{
				"text":     {"the result is inconclusive", "nothing was checked: "},
				"github":   {"::error title=nplusgone%3A "},
				"junit":    {"<error message="},
				"sarif":    {`"executionSuccessful": false`},
				"gitlab":   {`"severity": "major"`},
				"markdown": {", but the result is inconclusive\n"},
			} {
				got := written(t, format, test.doc, report.Options{Color: true})
				if !slices.ContainsFunc(signs, func(s string) bool { return strings.Contains(got, s) }) {
					t.Errorf("%s has none of %q:\n%s", format, signs, got)
				}
				if strings.Contains(got, "\x1b[32m") {
					t.Errorf("%s is green: %q", format, got)
				}
				if format == "json" {
					continue
				}
				for _, why := range test.want {
					if why = why[strings.LastIndex(why, ": ")+1:]; !strings.Contains(got, strings.TrimSpace(why)) {
						t.Errorf("%s does not say %q:\n%s", format, why, got)
					}
				}
			}
		})
	}
	complete := &report.Document{Profile: samples.Profile(), Runs: []finding.TestRun{{Package: "example.com/a", Whole: true, Untyped: "no types"}}}
	if got := complete.Incomplete(); len(got) != 0 {
		t.Errorf("a complete report is incomplete: %q", got)
	}
	if got := written(t, "text", complete, report.Options{Color: true}); !strings.Contains(got, "\x1b[32mno findings") {
		t.Errorf("a complete report is not green: %q", got)
	}
}

// Proves that many reasons are cut in text, and all shown with Verbose.
func TestManyReasons(t *testing.T) {
	p := samples.Profile()
	for c := 'a'; c <= 'm'; c++ {
		p.NotChecked = append(p.NotChecked, "Test"+string(c)+": a rule panicked")
		p.UnreadTypes = append(p.UnreadTypes, "example.com/shop.T"+string(c))
	}
	doc := &report.Document{Profile: p}
	got := written(t, "text", doc, report.Options{})
	if n := strings.Count(got, "a rule panicked"); n != 10 || !strings.Contains(got, "\nnot checked: 3 more: -v shows them\n") || !strings.Contains(got, "shop.Ti and 5 more\n") {
		t.Errorf("%d reasons in\n%s", n, got)
	}
	got = written(t, "text", doc, report.Options{Verbose: true})
	if n := strings.Count(got, "a rule panicked"); n != 13 {
		t.Errorf("%d reasons with Verbose in\n%s", n, got)
	}
}

// Proves that many suspects and notes become one line each, that Verbose shows them, that suspects are shown where they
// count, and that the report ends with the mitigations.
func TestManySuspectsAndNotesAreFolded(t *testing.T) {
	doc := &report.Document{Profile: samples.Profile(), Findings: []finding.Finding{samples.LazyComments()}}
	for i := range 6 {
		suspect, note := samples.CachedUsers(), samples.SeededTags()
		suspect.Identity, note.Identity = "s"+string(rune('0'+i)), "n"+string(rune('0'+i))
		suspect.Loop.Line, note.Loop.Line = i, i
		if i == 0 {
			suspect.Mitigations[0].Name = "fixed-loop"
		}
		doc.Findings = append(doc.Findings, suspect, note)
	}
	for _, test := range []struct {
		opts            report.Options
		suspects, notes int
	}{
		{report.Options{}, 0, 0},
		{report.Options{Verbose: true}, 6, 6},
		{report.Options{Level: finding.Suspect}, 6, 0},
	} {
		got := written(t, "text", doc, test.opts)
		suspects, notes := strings.Count(got, "n-plus-one (suspect)"), strings.Count(got, ": note: ")
		if suspects != test.suspects || notes != test.notes {
			t.Errorf("%+v: %d suspects and %d notes shown, want %d and %d", test.opts, suspects, notes, test.suspects, test.notes)
		}
		for line, want := range map[string]bool{"6 suspects not shown: -v shows them\n": suspects == 0, "6 notes not shown: -v shows them\n": notes == 0} {
			if strings.Contains(got, line) != want {
				t.Errorf("%+v: %q is there: %v, want %v", test.opts, line, !want, want)
			}
		}
		if !strings.Contains(got, "\n12 findings set aside: 6 test-data, 5 cache, 1 fixed-loop\n7 findings (1 proven, 6 suspect), 6 notes; ") {
			t.Errorf("%+v ends with %q", test.opts, got[max(len(got)-300, 0):])
		}
	}
	var back report.Document
	if err := json.Unmarshal([]byte(written(t, "json", doc, report.Options{})), &back); err != nil {
		t.Fatal(err)
	}
	want := []finding.SetAside{{Mitigation: "test-data", Findings: 6}, {Mitigation: "cache", Findings: 5}, {Mitigation: "fixed-loop", Findings: 1}}
	if diff := cmp.Diff(want, back.Profile.SetAside); diff != "" || len(back.Findings) != 13 {
		t.Errorf("%d findings in JSON; set aside (-want +got):\n%s", len(back.Findings), diff)
	}
}
