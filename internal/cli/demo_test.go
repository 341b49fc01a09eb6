package cli

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/analysis"
	"github.com/nplusgone/nplusgone/report"
)

// sqlite says why there is no SQLite: a binary without cgo has a stub.
func sqlite() error {
	db, err := sql.Open("sqlite3", ":memory:")
	if err != nil {
		return err
	}
	defer db.Close()
	return db.Ping()
}

func tourForTest(t *testing.T) *tour {
	t.Helper()
	if err := sqlite(); err != nil {
		t.Skip(err)
	}
	tour, err := takeTour(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return tour
}

// What the demo finds is exactly what the example application says is there: in each bad route one finding, of its rule,
// and in a good route none.
func TestDemo(t *testing.T) {
	for _, s := range tourForTest(t).stops {
		t.Run(s.Bad.Method+" "+s.Bad.Path, func(t *testing.T) {
			if _, ok := analysis.RuleNamed(s.Rule); s.Rule != "" && !ok {
				t.Skipf("there is no rule %s", s.Rule)
			}
			switch rules := rulesOf(s.bad.found); {
			case s.Rule == "" && len(rules) > 0, s.Rule != "" && !slices.Equal(rules, []string{s.Rule}):
				t.Errorf("found %q, want %q only\n%s", rules, s.Rule, blocks(s.bad.found))
			}
			if len(s.good.found) > 0 {
				t.Errorf("%s %s is good, but found was\n%s", s.Good.Method, s.Good.Path, blocks(s.good.found))
			}
			if s.bad.statements == 0 || s.good.statements == 0 || s.good.statements > s.bad.statements && s.Rule != "unbounded-result" {
				t.Errorf("%d statements before the cure, and %d after it", s.bad.statements, s.good.statements)
			}
		})
	}
}

// Every tip has a case, and every rule of a tip is shown at the surest level that it reaches.
func TestDemoShowsEveryRule(t *testing.T) {
	surest := map[string]finding.Level{}
	for _, f := range tourForTest(t).doc.Findings {
		surest[f.Rule] = max(surest[f.Rule], f.Level)
	}
	for _, r := range analysis.Rules() {
		if len(r.Tips) > 0 && surest[r.Name] != r.Max {
			t.Errorf("%s is shown as %v, want %v", r.Name, surest[r.Name], r.Max)
		}
	}
}

// The table of tips has a line for each case, and each of the thirteen tips.
func TestDemoEndsWithTheTips(t *testing.T) {
	tour := tourForTest(t)
	var b strings.Builder
	if err := writeTips(&b, tour.stops); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(b.String()), "\n")[2:]
	tips := map[string]bool{}
	for _, line := range lines[1:] {
		tips[strings.Fields(line)[0]] = true
	}
	if len(lines) != len(tour.stops)+1 || len(tips) != 13 {
		t.Errorf("%d lines with %d tips, want %d with 13:\n%s", len(lines)-1, len(tips), len(tour.stops), &b)
	}
}

// The report is the sum of the requests: each finding is in it once, and no statement ran outside of a request.
func TestDemoReportsWhatTheRequestsShowed(t *testing.T) {
	tour := tourForTest(t)
	var shown, reported []string
	for _, s := range tour.stops {
		for _, f := range slices.Concat(s.bad.found, s.good.found) {
			shown = append(shown, f.Identity)
		}
	}
	for _, f := range tour.doc.Findings {
		reported = append(reported, f.Identity)
	}
	slices.Sort(shown)
	slices.Sort(reported)
	if diff := cmp.Diff(shown, reported); diff != "" {
		t.Errorf("identities (-shown +reported)\n%s", diff)
	}
	if u := tour.doc.Profile.Unscoped; u != nil {
		t.Errorf("%d statements ran outside of every scope", u.Statements)
	}
}

// Two demos find the same, so that a report can be compared with an older one.
func TestDemoIsDeterministic(t *testing.T) {
	first, second := tourForTest(t).doc, tourForTest(t).doc
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

// -format json writes the document that the schema describes, and nothing else.
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
