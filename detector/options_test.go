package detector

import (
	"strings"
	"testing"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/analysis"
)

// Proves that an invalid option is an error that says what is valid.
func TestOptionErrors(t *testing.T) {
	for _, tt := range []struct {
		name   string
		option Option
		want   string
	}{
		{"a threshold of one", WithThreshold(1), "detector: threshold 1 is too small; it must be 2 or more"},
		{"no level", WithLevel(0), "detector: the level is Level(0); it must be Suspect, Likely or Proven"},
		{"a level above the highest", WithLevel(finding.Proven + 1), "detector: the level is Level(4); it must be Suspect, Likely or Proven"},
		{"an unknown rule", WithRules("n-plus-two"), `detector: unknown rule "n-plus-two" (rules: ` + strings.Join(analysis.RuleNames(), ", ") + ")"},
		{"an unknown rule to disable", WithoutRules("n-plus-one", ""), `detector: unknown rule "" (rules: ` + strings.Join(analysis.RuleNames(), ", ") + ")"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d, err := New(WithSource(nil), tt.option, WithThreshold(4))
			if d != nil || err == nil || err.Error() != tt.want {
				t.Errorf("error %v, want %s", err, tt.want)
			}
		})
	}
}

// Proves the defaults, that the last of several options applies, and that disabled rules accumulate.
func TestOptionsCombine(t *testing.T) {
	for _, tt := range []struct {
		name      string
		options   []Option
		threshold int
		level     finding.Level
		rules     string
	}{
		{"none", nil, 3, finding.Likely, strings.Join(analysis.RuleNames(), " ")},
		{"repeated", []Option{WithThreshold(9), WithThreshold(2), WithLevel(finding.Proven), WithLevel(finding.Suspect)}, 2, finding.Suspect, strings.Join(analysis.RuleNames(), " ")},
		{"rules", []Option{WithRules("n-plus-one"), WithRules("duplicate-query", "row-by-row-delete")}, 3, finding.Likely, "duplicate-query row-by-row-delete"},
		{"disabled rules", []Option{WithRules("n-plus-one", "duplicate-query", "row-by-row-delete"), WithoutRules("n-plus-one"), WithoutRules("duplicate-query")}, 3, finding.Likely, "row-by-row-delete"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d, err := New(tt.options...)
			if err != nil {
				t.Fatal(err)
			}
			var names []string
			for _, r := range d.cfg.Rules {
				names = append(names, r.Name)
			}
			if got := strings.Join(names, " "); got != tt.rules {
				t.Errorf("rules %s, want %s", got, tt.rules)
			}
			if d.cfg.Threshold != tt.threshold || d.Level() != tt.level {
				t.Errorf("threshold %d and level %v, want %d and %v", d.cfg.Threshold, d.Level(), tt.threshold, tt.level)
			}
		})
	}
}

// Proves that the options of a detector do not change the rules of another.
func TestOptionsDoNotChangeOtherDetectors(t *testing.T) {
	if _, err := New(WithoutRules(analysis.RuleNames()...)); err != nil {
		t.Fatal(err)
	}
	if d, err := New(); err != nil || len(d.cfg.Rules) != len(analysis.AllRules) || len(analysis.Rules()) != len(analysis.AllRules) {
		t.Errorf("rules are missing after another detector disabled them (%v)", err)
	}
}

// Proves that a likely finding is reported from the threshold on.
func TestThreshold(t *testing.T) {
	for _, tt := range []struct{ threshold, statements, findings int }{
		{2, 2, 1}, {3, 2, 0}, {3, 3, 1}, {10, 9, 0}, {10, 10, 1},
	} {
		ctx, s := begin(t, WithThreshold(tt.threshold))
		repeatedly(s, tt.statements)
		if got := len(s.End(ctx)); got != tt.findings {
			t.Errorf("threshold %d, %d statements: %d findings, want %d", tt.threshold, tt.statements, got, tt.findings)
		}
	}
}
