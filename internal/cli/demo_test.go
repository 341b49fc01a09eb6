package cli

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/analysis"
	"github.com/nplusgone/nplusgone/report"
)

// sqlite returns why SQLite cannot be used: a binary without cgo has a stub.
func sqlite() error {
	db, err := sql.Open("sqlite3", ":memory:")
	if err != nil {
		return err
	}
	defer db.Close()
	return db.Ping()
}

// demoOnce is shared: TestDemoIsDeterministic shows that any other demo is the same.
var demoOnce = sync.OnceValues(func() (*demo, error) { return runDemo(context.Background()) })

func demoForTest(t *testing.T) *demo {
	t.Helper()
	if err := sqlite(); err != nil {
		t.Skip(err)
	}
	d, err := demoOnce()
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// Proves that the demo finds what the example application says is there: one finding of its rule on each bad route, and
// none on a good route.
func TestDemo(t *testing.T) {
	for _, c := range demoForTest(t).cases {
		t.Run(c.Bad.Method+" "+c.Bad.Path, func(t *testing.T) {
			if _, ok := analysis.RuleNamed(c.Rule); c.Rule != "" && !ok {
				t.Fatalf("there is no rule %s", c.Rule)
			}
			switch rules := rulesOf(c.bad.found); {
			case c.Rule == "" && len(rules) > 0, c.Rule != "" && !slices.Equal(rules, []string{c.Rule}):
				t.Errorf("found %q, want %q only\n%s", rules, c.Rule, blocks(c.bad.found))
			}
			if len(c.good.found) > 0 {
				t.Errorf("%s %s is good, but has findings\n%s", c.Good.Method, c.Good.Path, blocks(c.good.found))
			}
			if c.bad.statements == 0 || c.good.statements == 0 || c.good.statements > c.bad.statements && c.Rule != "unbounded-result" {
				t.Errorf("%d statements on the bad route, %d on the good one", c.bad.statements, c.good.statements)
			}
		})
	}
}

// Proves that the demo shows every rule that has a tip, at the rule's highest level.
func TestDemoShowsEveryRule(t *testing.T) {
	highest := map[string]finding.Level{}
	for _, f := range demoForTest(t).doc.Findings {
		highest[f.Rule] = max(highest[f.Rule], f.Level)
	}
	for _, r := range analysis.Rules() {
		if len(r.Tips) > 0 && highest[r.Name] != r.Max {
			t.Errorf("%s is shown as %v, want %v", r.Name, highest[r.Name], r.Max)
		}
	}
}

// Proves that the summary has a line for each of the thirteen tips and fits on a screen, and that the table of costs has
// a line for each case.
func TestDemoSummary(t *testing.T) {
	d := demoForTest(t)
	var summary, costs strings.Builder
	if err := errors.Join(writeSummary(&summary, d), writeCosts(&costs, d)); err != nil {
		t.Fatal(err)
	}
	for tip := 1; tip <= 13; tip++ {
		if n := strings.Count(summary.String(), fmt.Sprintf("\n%3d  ", tip)); n != 1 {
			t.Errorf("tip %d has %d lines, want 1:\n%s", tip, n, &summary)
		}
	}
	for line := range strings.Lines(summary.String()) {
		if len(line) > 110 {
			t.Errorf("a line has %d characters: %s", len(line), line)
		}
	}
	if n := strings.Count(strings.TrimSpace(costs.String()), "\n") - 2; n != len(d.cases) {
		t.Errorf("the table of costs has %d lines, want %d:\n%s", n, len(d.cases), &costs)
	}
	if d.example().Rule != "n-plus-one" {
		t.Error("there is no n-plus-one to show")
	}
}

// Proves that the report has each finding of the requests once, and that no statement ran outside of a request.
func TestDemoReportsWhatTheRequestsFound(t *testing.T) {
	d := demoForTest(t)
	var shown, reported []string
	for _, c := range d.cases {
		for _, f := range slices.Concat(c.bad.found, c.good.found) {
			shown = append(shown, f.Identity)
		}
	}
	for _, f := range d.doc.Findings {
		reported = append(reported, f.Identity)
	}
	slices.Sort(shown)
	slices.Sort(reported)
	if diff := cmp.Diff(shown, reported); diff != "" {
		t.Errorf("identities (-shown +reported)\n%s", diff)
	}
	if u := d.doc.Profile.Unscoped; u != nil {
		t.Errorf("%d statements ran outside of every scope", u.Statements)
	}
}

// Proves that two demos find the same, so that a report can be compared with an older one.
func TestDemoIsDeterministic(t *testing.T) {
	first := demoForTest(t).doc
	again, err := runDemo(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	second := again.doc
	timeless := cmp.FilterPath(func(p cmp.Path) bool {
		return slices.Contains([]string{".Milliseconds", ".Profile"}, p.Last().String())
	}, cmp.Ignore())
	fastFirst := cmp.Transformer("byText", func(s []finding.StatementStat) []string {
		texts := make([]string, len(s))
		for i := range s {
			texts[i] = s[i].Text
		}
		slices.Sort(texts)
		return texts
	})
	if diff := cmp.Diff(first, second, timeless, fastFirst); diff != "" {
		t.Error(diff)
	}
}

// Proves that -format json writes the document that the schema describes, and no other text.
func TestDemoJSONFitsTheSchema(t *testing.T) {
	if err := sqlite(); err != nil {
		t.Skip(err)
	}
	var stdout, stderr bytes.Buffer
	if code := Run([]string{"demo", "-format", "json"}, strings.NewReader(""), &stdout, &stderr); code != 0 {
		t.Fatalf("exit code %d: %s", code, &stderr)
	}
	if stderr.Len() > 0 {
		t.Errorf("standard error: %s", &stderr)
	}
	schema := compile(t, report.JSONSchema())
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(stdout.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	if err := schema.Validate(document); err != nil {
		t.Error(err)
	}
	var doc report.Document
	if err := json.Unmarshal(stdout.Bytes(), &doc); err != nil || len(doc.Findings) == 0 || doc.Tool.Name != "nplusgone" {
		t.Errorf("%d findings by %q, %v", len(doc.Findings), doc.Tool.Name, err)
	}
}

func compile(t *testing.T, text []byte) *jsonschema.Schema {
	t.Helper()
	parsed, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("report.schema.json", parsed); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("report.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func rulesOf(findings []finding.Finding) (rules []string) {
	for _, f := range findings {
		rules = append(rules, f.Rule)
	}
	return rules
}

func blocks(findings []finding.Finding) string {
	var all []string
	for _, f := range findings {
		all = append(all, report.Block(f))
	}
	return strings.Join(all, "\n\n")
}
