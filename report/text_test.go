package report_test

import (
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/samples"
	"github.com/nplusgone/nplusgone/report"
)

// Proves what the last line says, in particular when nothing was checked.
func TestSummary(t *testing.T) {
	scopes := func(statements int, ms float64) finding.Profile {
		return finding.Profile{Scopes: []finding.ScopeProfile{{Name: "TestA", Scopes: 2, Statements: statements, Milliseconds: ms}}}
	}
	outside := func(p finding.Profile) finding.Profile {
		p.Unscoped = &finding.Unscoped{Statements: 57}
		return p
	}
	for _, test := range []struct {
		name     string
		findings []finding.Finding
		profile  finding.Profile
		want     string
	}{
		{"findings and a note", []finding.Finding{samples.LazyComments(), samples.SettingsTwice(), samples.LikelyAuthors(), samples.LoopInTest()}, scopes(1_120, 33.04),
			"3 findings (2 proven, 1 likely), 1 note; 1,120 statements in 2 scopes, 33 ms"},
		{"clean", nil, scopes(120, 33), "no findings; 120 statements in 2 scopes, 33 ms"},
		{"clean, unmeasured", nil, scopes(1, 0), "no findings; 1 statement in 2 scopes"},
		{"only a note", []finding.Finding{samples.LoopInTest()}, scopes(5, 2_345), "no findings, 1 note; 5 statements in 2 scopes, 2.3 s"},
		{"some outside", nil, outside(scopes(9, 1)), "no findings; 9 statements in 2 scopes, 1 ms; 57 statements outside every scope"},
		{"all outside", nil, outside(finding.Profile{}),
			"nothing was checked: 57 statements ran, but outside every scope; give each test, request or job a scope"},
		{"idle scopes", nil, scopes(0, 0), "nothing was checked: no statement ran in 2 scopes"},
		{"nothing at all", nil, finding.Profile{}, "nothing was checked: no statement ran on a watched database"},
		{"findings without a profile", []finding.Finding{samples.LikelyAuthors()}, finding.Profile{}, "1 finding (1 likely)"},
	} {
		t.Run(test.name, func(t *testing.T) {
			lines := strings.Split(strings.TrimSpace(written(t, "text", &report.Document{Findings: test.findings, Profile: test.profile}, report.Options{})), "\n")
			if diff := cmp.Diff(test.want, lines[len(lines)-1]); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if len(test.findings) == 0 && len(lines) != 1 {
				t.Errorf("a report without findings has %d lines, want 1", len(lines))
			}
		})
	}
}

// Proves that Block returns a finding's part of the text report, for findings and notes, and that it begins with file:line.
func TestBlockIsThePartOfTheReport(t *testing.T) {
	whole := written(t, "text", samples.Everything(), report.Options{})
	for _, f := range samples.Everything().Findings {
		block := report.Block(f)
		if !strings.Contains(whole, block+"\n\n") {
			t.Errorf("the report does not contain the block\n%s", block)
		}
		if !regexp.MustCompile(`^[\w/]+\.go:\d+: `).MatchString(block) {
			t.Errorf("the block does not start with file:line: %q", block)
		}
	}
}

// Proves that the text without its colour codes is the text without colour.
func TestColourChangesOnlyColour(t *testing.T) {
	for _, doc := range []*report.Document{samples.Everything(), samples.Unusual(), {}} {
		for _, opts := range []report.Options{{}, {Verbose: true}} {
			plain := written(t, "text", doc, opts)
			opts.Color = true
			painted := written(t, "text", doc, opts)
			if painted == plain {
				t.Error("nothing is painted")
			}
			if diff := cmp.Diff(plain, regexp.MustCompile("\x1b\\[[0-9;]+m").ReplaceAllString(painted, "")); diff != "" {
				t.Errorf("colour changed the text (-plain +painted):\n%s", diff)
			}
		}
	}
}

// Proves that every format escapes text from outside.
func TestHostileTextIsHarmless(t *testing.T) {
	for _, format := range report.Formats() {
		for line := range strings.Lines(written(t, format, samples.Unusual(), report.Options{Verbose: true})) {
			line = strings.TrimSuffix(line, "\n")
			for _, r := range line {
				if !unicode.IsPrint(r) {
					t.Errorf("%s: %U is in %q", format, r, line)
				}
			}
			if format == "text" && (strings.HasPrefix(strings.TrimSpace(line), "::") || strings.Contains(line, "##vso[")) {
				t.Errorf("%s: a CI system would run %q", format, line)
			}
		}
	}
}

// Proves what Options.MaxSQL does.
func TestMaxSQL(t *testing.T) {
	f := samples.ImportRows()
	f.Fix, f.Statements = finding.Fix{}, f.Statements[:1]
	for limit, want := range map[int]int{-1: len(f.Statements[0].Text), 0: 243, 40: 43, 1: 4} {
		got := written(t, "text", &report.Document{Findings: []finding.Finding{f}}, report.Options{MaxSQL: limit})
		m := regexp.MustCompile(`(?m)^    query      (.*?)(  .*)?$`).FindStringSubmatch(got)
		if m == nil || len([]rune(m[1])) > want {
			t.Errorf("MaxSQL %d: the statement is %q, want at most %d characters", limit, m, want)
		}
	}
}

// Proves how the loop's turns and the calls to the statement are shown.
func TestTurnsAndCalls(t *testing.T) {
	call := func(line int, function string) finding.Position {
		return finding.Position{File: "a.go", Line: line, Function: function}
	}
	base := finding.Finding{
		Rule: "n-plus-one", Level: finding.Likely, Count: 12, CallSite: call(9, "blog.(*Store).Author"),
		Loop: &finding.Position{File: "a.go", Line: 1, Function: "blog.List"}, Statements: []finding.StatementStat{{Text: "SELECT 1", Count: 12}},
	}
	chain := func(n int) (calls []finding.Position) {
		for i := range n {
			calls = append(calls, call(i+2, "blog.f"+string(rune('a'+i))))
		}
		return calls
	}
	for _, test := range []struct {
		name  string
		turns int
		calls []finding.Position
		want  string
	}{
		{"unknown turns, no calls", 0, nil, "loop a.go:1 in blog.List / call a.go:9 (*Store).Author"},
		{"a query in each turn", 12, nil, "loop a.go:1 in blog.List / call a.go:9 (*Store).Author"},
		{"several in each turn", 6, nil, "loop a.go:1 in blog.List; 6 turns, 2 queries each / call a.go:9 (*Store).Author"},
		{"not as many in each turn", 5, nil, "loop a.go:1 in blog.List; 5 turns / call a.go:9 (*Store).Author"},
		{"a call of the loop's function", 0, []finding.Position{call(2, "blog.List"), call(9, "blog.(*Store).Author")}, "loop a.go:1 in blog.List / calls a.go:2 -> a.go:9 (*Store).Author"},
		{"of another package", 0, []finding.Position{call(2, "blog.List"), call(9, "store.Author"), call(10, "store.Author")}, "loop a.go:1 in blog.List / calls a.go:2 -> a.go:9 store.Author -> a.go:10"},
		{"as many as fit", 0, chain(6), "loop a.go:1 in blog.List / calls a.go:2 fa -> a.go:3 fb -> a.go:4 fc -> a.go:5 fd -> a.go:6 fe -> a.go:7 ff"},
		{"too many", 0, chain(9), "loop a.go:1 in blog.List / calls a.go:2 fa -> a.go:3 fb -> … 4 calls … -> a.go:8 fg -> a.go:9 fh -> a.go:10 fi"},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := base
			f.Turns, f.Calls = test.turns, test.calls
			rows := strings.Split(report.Block(f), "\n")[1:]
			var got []string
			for _, row := range rows {
				if fields := strings.Fields(row); fields[0] == "loop" || strings.HasPrefix(fields[0], "call") {
					got = append(got, strings.Join(fields, " "))
				}
			}
			if diff := cmp.Diff(test.want, strings.Join(got, " / ")); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
