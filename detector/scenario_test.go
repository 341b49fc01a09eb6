package detector_test

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nplusgone/nplusgone/detector"
	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/analysis"
	"github.com/nplusgone/nplusgone/internal/scenario"
)

var update = flag.Bool("update", false, "rewrite the expected findings in testdata/rules")

// scenarios returns the files of testdata/rules, by rule.
func scenarios(t *testing.T) map[string][]string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("..", "testdata", "rules", "*", "*.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	byRule := make(map[string][]string)
	for _, file := range files {
		rule := filepath.Base(filepath.Dir(file))
		byRule[rule] = append(byRule[rule], file)
	}
	return byRule
}

// promise returns what a scenario's name says, and whether it says that the rule fires.
func promise(file string) (sentence string, fires bool) {
	name := strings.TrimSuffix(filepath.Base(file), ".txtar")
	word, sentence, _ := strings.Cut(name, "-")
	return sentence, word == "fires"
}

// Proves, for each scenario, that the detector finds exactly what the file expects, and that this is what the file's name says:
// the rule fires, or has no finding that fails a test.
func TestScenarios(t *testing.T) {
	for rule, files := range scenarios(t) {
		for _, file := range files {
			t.Run(rule+"/"+strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
				checkScenario(t, rule, file)
			})
		}
	}
}

func checkScenario(t *testing.T, rule, file string) {
	t.Helper()
	s, err := scenario.Read(file)
	if err != nil {
		t.Fatal(err)
	}
	findings, err := s.Run(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	got := s.Render(findings)
	if *update {
		if err := os.WriteFile(file, s.Format(got), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if diff := cmp.Diff(s.Want, got); diff != "" {
		t.Errorf("%s\n%s\nfindings differ (-want +got):\n%s", filepath.ToSlash(file), s.Doc, diff)
	}
	least := detector.DefaultLevel
	if r, ok := analysis.RuleNamed(rule); ok {
		least = min(least, r.Max) // a rule may report suspects only
	}
	counts := slices.ContainsFunc(findings, func(f finding.Finding) bool {
		r, _ := analysis.RuleNamed(f.Rule)
		return f.Rule == rule && (f.Gates(least) || r.Note != "" && f.Note == r.Note)
	})
	if _, fires := promise(file); fires != counts {
		t.Errorf("%s: has a finding of %s that counts: %v", filepath.ToSlash(file), rule, counts)
	}
}
