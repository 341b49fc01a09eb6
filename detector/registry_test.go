package detector_test

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/analysis"
)

// The minimum number of scenarios of a rule.
const (
	leastFires = 3
	leastQuiet = 5
)

var (
	ruleName  = regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`)
	ruleSince = regexp.MustCompile(`^v\d+\.\d+\.\d+$`)
)

// Proves that each rule has all texts that reports and documents need, and a unique name.
func TestRulesAreComplete(t *testing.T) {
	taken := make(map[string]bool)
	for _, r := range analysis.Rules() {
		t.Run(r.Name, func(t *testing.T) {
			for field, text := range map[string]string{
				"Title": r.Title, "Doc": r.Doc, "Cost": r.Cost, "Proof": r.Proof, "Fix": r.Fix, "Quiet": r.Quiet,
			} {
				if strings.TrimSpace(text) == "" {
					t.Errorf("%s is missing", field)
				}
				if sentence := strings.HasSuffix(text, "."); sentence == (field == "Title") {
					t.Errorf("%s ends with a full stop: %v", field, sentence)
				}
			}
			if !ruleName.MatchString(r.Name) {
				t.Errorf("the name %q is not in kebab case", r.Name)
			}
			if !ruleSince.MatchString(r.Since) {
				t.Errorf("Since is %q, which is not a version", r.Since)
			}
			if r.Max < finding.Suspect || r.Max > finding.Proven {
				t.Errorf("Max is %v, which is not a level", r.Max)
			}
			if taken[r.Name] {
				t.Error("another rule has the same name")
			}
			taken[r.Name] = true
			if found, ok := analysis.RuleNamed(r.Name); !ok || found != r {
				t.Errorf("RuleNamed returns %v, %v", found, ok)
			}
		})
	}
}

// Proves that each rule has scenarios in which it fires and in which it does not, and that each scenario belongs to a rule and is
// named after what it shows.
func TestRulesHaveScenarios(t *testing.T) {
	byRule := scenarios(t)
	for _, r := range analysis.Rules() {
		fires, quiet := 0, 0
		for _, file := range byRule[r.Name] {
			sentence, fire := promise(file)
			switch {
			case fire:
				fires++
			case strings.HasPrefix(filepath.Base(file), "quiet-"):
				quiet++
			default:
				t.Errorf("%s: the name begins with neither fires- nor quiet-", filepath.ToSlash(file))
			}
			if strings.Count(sentence, "-") < 1 {
				t.Errorf("%s: the name has fewer than two words", filepath.ToSlash(file))
			}
		}
		if fires < leastFires || quiet < leastQuiet {
			t.Errorf("%s fires in %d scenarios (want %d) and does not in %d (want %d)", r.Name, fires, leastFires, quiet, leastQuiet)
		}
		delete(byRule, r.Name)
	}
	for name := range byRule {
		t.Errorf("testdata/rules/%s: there is no such rule", name)
	}
}

// Proves that callers cannot change the list of rules.
func TestRulesReturnsACopy(t *testing.T) {
	analysis.Rules()[0] = nil
	if analysis.Rules()[0] == nil {
		t.Error("the list has lost its first rule")
	}
}
