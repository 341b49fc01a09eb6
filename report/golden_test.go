package report_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/samples"
	"github.com/nplusgone/nplusgone/report"
)

var update = flag.Bool("update", false, "update the golden reports in testdata/report")

// checkGolden compares got with a file of testdata/report, or updates the file with -update.
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
		t.Errorf("%s differs; go test ./report -update updates it (-want +got):\n%s", name, diff)
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

// Proves that every format says both how many statements the scope of a merged finding ran, and how many ran in all runs.
func TestCountsOfAMergedFinding(t *testing.T) {
	f := samples.LazyComments() // 50 queries
	f.Count, f.Worst, f.ScopeCount, f.Saved, f.Turns = 80, 50, 50, 78, 80
	doc := &report.Document{Findings: []finding.Finding{f}}
	for _, format := range report.Formats() {
		got := written(t, format, doc, report.Options{})
		want := []string{"50 queries, one per row; 1 would be enough (here; 80 in all runs)"}
		switch format {
		case "json":
			want = []string{`"message": "50 queries, one per row; 1 would be enough"`, `"count": 80`, `"scopeCount": 50`, `"worst": 50`}
		case "text":
			want = append(want, "the fix removes 78 round trips in all runs; at most 50 round trips in one run")
		}
		for _, w := range want {
			if !strings.Contains(got, w) {
				t.Errorf("%s does not say %q:\n%s", format, w, got)
			}
		}
	}
}

// Proves what complete reports look like in every format.
func TestGoldenReports(t *testing.T) {
	for _, test := range []struct {
		name   string
		format string
		doc    *report.Document
		opts   report.Options
	}{
		{"findings.txt", "text", samples.Everything(), report.Options{}},
		{"verbose.txt", "text", samples.Everything(), report.Options{Verbose: true, MaxSQL: 80}},
		{"findings.json", "json", samples.Everything(), report.Options{}},
		{"empty.json", "json", &report.Document{}, report.Options{}},
		{"findings.sarif", "sarif", samples.Everything(), report.Options{Rules: samples.Rules()}},
		{"empty.sarif", "sarif", &report.Document{}, report.Options{}},
		{"findings.github", "github", samples.Everything(), report.Options{}},
		{"empty.github", "github", &report.Document{}, report.Options{}},
		{"findings.md", "markdown", samples.Everything(), report.Options{}},
		{"empty.md", "markdown", &report.Document{}, report.Options{}},
		{"findings.gitlab.json", "gitlab", samples.Everything(), report.Options{}},
		{"empty.gitlab.json", "gitlab", &report.Document{}, report.Options{}},
		{"findings.junit.xml", "junit", samples.Everything(), report.Options{}},
		{"empty.junit.xml", "junit", &report.Document{}, report.Options{}},
		{"known.txt", "text", reports()["known"], report.Options{}},
		{"clean.txt", "text", &report.Document{Profile: samples.Profile()}, report.Options{}},
		{"unusual.txt", "text", samples.Unusual(), report.Options{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := written(t, test.format, test.doc, test.opts)
			checkGolden(t, test.name, got)
		})
	}
}

// Proves that the JSON form has everything that the text form shows: what encoding/json reads back renders the same.
func TestTextRendersFromWrittenJSON(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "testdata", "report", "findings.json"))
	if err != nil {
		t.Fatal(err)
	}
	var doc report.Document
	if err := json.Unmarshal(text, &doc); err != nil {
		t.Fatal(err)
	}
	checkGolden(t, "findings.txt", written(t, "text", &doc, report.Options{}))
}
