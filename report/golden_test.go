package report_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/report"
)

var update = flag.Bool("update", false, "write the golden reports in testdata/report anew")

// checkGolden compares got with a file of testdata/report, or writes the file when asked to.
func checkGolden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("..", "testdata", "report", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.ReplaceAll(string(want), "\r\n", "\n"), got); diff != "" {
		t.Errorf("%s differs; go test ./report -update writes it anew (-want +got):\n%s", name, diff)
	}
}

func written(t *testing.T, format string, doc *report.Document, opts report.Options) string {
	t.Helper()
	var out bytes.Buffer
	if err := report.Write(&out, format, doc, opts); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// Proves how whole reports look, in every format.
func TestGoldenReports(t *testing.T) {
	for _, test := range []struct {
		name   string
		format string
		doc    *report.Document
		opts   report.Options
	}{
		{"findings.txt", "text", everything(), report.Options{}},
		{"verbose.txt", "text", everything(), report.Options{Verbose: true, MaxSQL: 80}},
		{"findings.json", "json", everything(), report.Options{}},
		{"empty.json", "json", &report.Document{}, report.Options{}},
		{"findings.sarif", "sarif", everything(), report.Options{}},
		{"empty.sarif", "sarif", &report.Document{}, report.Options{}},
		{"findings.github", "github", everything(), report.Options{}},
		{"empty.github", "github", &report.Document{}, report.Options{}},
		{"findings.md", "markdown", everything(), report.Options{}},
		{"empty.md", "markdown", &report.Document{}, report.Options{}},
		{"findings.gitlab.json", "gitlab", everything(), report.Options{}},
		{"empty.gitlab.json", "gitlab", &report.Document{}, report.Options{}},
		{"findings.junit.xml", "junit", everything(), report.Options{}},
		{"empty.junit.xml", "junit", &report.Document{}, report.Options{}},
		{"known.txt", "text", reports()["known"], report.Options{}},
		{"clean.txt", "text", &report.Document{Profile: profile()}, report.Options{}},
		{"unusual.txt", "text", unusual(), report.Options{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := written(t, test.format, test.doc, test.opts)
			if test.format == "sarif" { // the rules change with the detector, and are tested against it
				_, results, _ := strings.Cut(got, `      "automationDetails"`)
				got = "…\n      \"automationDetails\"" + results
			}
			checkGolden(t, test.name, got)
		})
	}
}

// Proves that the JSON golden is a source for the text golden: what is read back renders the same.
func TestTextRendersFromWrittenJSON(t *testing.T) {
	doc, err := report.ReadFile(filepath.Join("..", "testdata", "report", "findings.json"))
	if err != nil {
		t.Fatal(err)
	}
	checkGolden(t, "findings.txt", written(t, "text", doc, report.Options{}))
}

// unusual has what real reports rarely have: no place, no evidence, several candidates, many statements, hostile text.
func unusual() *report.Document {
	many := likelyAuthors()
	many.Rule, many.Identity, many.Count = "n-plus-one", "many", 80_000
	many.Message = "80000 statements, 8 for each row, where 8 would do"
	many.Parent = &finding.Parent{
		Text: "SELECT id, tenant_id FROM accounts", Rows: 10_000, Columns: []string{"tenant_id", "id"},
		Candidates: []string{"SELECT tenant_id, id FROM tenants", "SELECT id FROM archive"},
	}
	many.Statements = nil
	for _, table := range []string{"a", "b", "c", "d", "e", "f", "g", "h"} {
		many.Statements = append(many.Statements, finding.StatementStat{Text: "SELECT * FROM " + table, Count: 10_000, Milliseconds: 1500})
	}
	hostile := finding.Finding{
		Rule: "n-plus-one\x1b[2J", Level: finding.Suspect, Message: "beep\a\r\nERROR",
		Scope:    "GET /\u202egnp.x\u2066\u009b31m",
		Note:     "",
		CallSite: finding.Position{File: "::error file=a.go::b\nc.go", Line: 1},
		Statements: []finding.StatementStat{
			{Text: "SELECT\n\t1\rFROM \"\x1b]0;title\a\" -- \xff ##vso[task.complete] ☃", Count: 1},
		},
		Evidence: []finding.Evidence{{Text: "::stop-commands::x"}, {Text: "::set-output name=a::b"}},
		Fix:      finding.Fix{Text: "Do not.", SQL: "SELECT 1\r\n\t::text\x00"},
		Snippet:  []finding.SnippetLine{{Number: 1, Text: "x := \"\u2067\""}, {Number: 1002, Text: strings.Repeat("long ", 40), Mark: "loop"}},
	}
	return &report.Document{Findings: []finding.Finding{many, hostile, {}}}
}
