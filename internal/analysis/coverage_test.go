package analysis_test

import (
	"path/filepath"
	"slices"
	"testing"

	"github.com/nplusgone/nplusgone/internal/analysis"
	"github.com/nplusgone/nplusgone/internal/scenario"
)

// Proves that each mitigation of the table applies in at least one scenario.
func TestEachMitigationHasAScenario(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("..", "..", "testdata", "rules", "*", "*.txtar"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%d scenarios: %v", len(files), err)
	}
	var applied []string
	for _, file := range files {
		s, err := scenario.Read(file)
		if err != nil {
			t.Fatal(err)
		}
		findings, err := s.Run(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range findings {
			for _, m := range f.Mitigations {
				applied = append(applied, m.Name)
			}
		}
	}
	for _, m := range analysis.Mitigations() {
		if !slices.Contains(applied, m.Name) {
			t.Errorf("no scenario has a finding with the mitigation %s", m.Name)
		}
	}
}
