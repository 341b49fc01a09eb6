package examples

import (
	"strings"
	"testing"

	"github.com/nplusgone/nplusgone/internal/analysis"
)

// Proves that every rule has a bad and a good example on database/sql and on GORM.
func TestEveryRuleHasExamples(t *testing.T) {
	for _, r := range analysis.Rules() {
		examples := Of(r.Name)
		if len(examples) != 2 {
			t.Errorf("%s has %d examples, want 2", r.Name, len(examples))
		}
		for _, e := range examples {
			for _, code := range []string{e.Bad, e.Good} {
				if !strings.HasPrefix(code, "func ") || !strings.HasSuffix(code, "\n}") || strings.Contains(code, "\t") {
					t.Errorf("%s on %s is no function:\n%s", r.Name, e.Layer, code)
				}
				for line := range strings.Lines(code) {
					if len(line) > 140 {
						t.Errorf("%s on %s has a line of %d bytes: %s", r.Name, e.Layer, len(line), line)
					}
				}
			}
		}
	}
}

// Proves that an unknown rule has no examples.
func TestNoExamplesOfNothing(t *testing.T) {
	if got := Of("no-such-rule"); got != nil {
		t.Errorf("Of = %v, want none", got)
	}
}
