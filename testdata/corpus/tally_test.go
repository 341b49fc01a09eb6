package corpus_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/analysis"
	"github.com/nplusgone/nplusgone/testdata/corpus"
)

// minRecall is the share of wanted findings below which the corpus fails. One false alarm fails it at any share.
const minRecall = 0.95

// A tally sums up how the findings compare with the labels.
type tally struct {
	scenarios, firing, quiet int
	hits, misses, alarms     int
	unbuilt, noContext       int // wants of rules that are not built; misses without a context
}

func (s *tally) add(t *testing.T, name string, c corpus.Case, found []finding.Finding, marks marks) {
	t.Helper()
	s.scenarios++
	if len(c.Want) > 0 {
		s.firing++
	} else {
		s.quiet++
	}
	if c.Why == "" || c.Name == "" {
		t.Errorf("%s: a case needs a name and a reason", name)
	}
	wants := strings.Fields(strings.Join(c.Want, " "))
	hit := map[string]bool{}
	for _, f := range found {
		advice := adviceOf(f)
		if !f.Gates(finding.Likely) && !advice {
			continue
		}
		place := f.Position()
		at := marks[fmt.Sprintf("%s:%d", place.File, place.Line)]
		switch {
		case slices.Contains(wants, f.Rule) && (slices.Contains(at, f.Rule) || f.Rule == corpus.Duplicate && f.Loop == nil):
			hit[f.Rule] = true
		case advice, slices.Contains(c.May, f.Rule):
		case slices.ContainsFunc(at, func(rule string) bool { return slices.Contains(wants, rule) && !built(rule) }):
			// The rule that this line wants is not there yet; what another one says of it is not wrong.
		default:
			s.alarms++
			kind := "false alarm"
			if slices.Contains(wants, f.Rule) {
				kind = "wrong line"
			}
			t.Errorf(kind+": %s: want %q, got %s (%v) at %s:%d: %s\n\t%s", name, c.Want, f.Rule, f.Level, place.File, place.Line, f.Message, c.Why)
		}
	}
	for _, want := range c.Want {
		rules := strings.Fields(want)
		switch {
		case slices.ContainsFunc(rules, func(rule string) bool { return hit[rule] }):
			s.hits++
		case !slices.ContainsFunc(rules, built):
			s.unbuilt++
		default:
			s.misses++
			if c.NoContext {
				s.noContext++
			}
			t.Logf("miss: %s: want %s, got %s (context handed on: %v)\n\t%s", name, want, summary(found), !c.NoContext, c.Why)
		}
	}
}

// adviceOf reports whether f is of a rule that only makes notes: it can be wanted, and does no harm where it is not.
func adviceOf(f finding.Finding) bool {
	r, ok := analysis.RuleNamed(f.Rule)
	return ok && r.Note != "" && f.Note == r.Note
}

func (s *tally) report(t *testing.T) {
	t.Helper()
	precision, recall := ratio(s.hits, s.hits+s.alarms), ratio(s.hits, s.hits+s.misses)
	if recall < minRecall {
		t.Errorf("recall %.3f, want %.2f or more", recall, minRecall)
	}
	t.Logf("%d fire, %d quiet; %d hits, %d misses (%d of them without a context), %d false alarms; %d wants of rules that are not built",
		s.firing, s.quiet, s.hits, s.misses, s.noContext, s.alarms, s.unbuilt)
	t.Logf("precision=%.3f recall=%.3f scenarios=%d", precision, recall, s.scenarios)
}

func ratio(part, whole int) float64 {
	if whole == 0 {
		return 1
	}
	return float64(part) / float64(whole)
}

func built(rule string) bool {
	_, ok := analysis.RuleNamed(rule)
	return ok
}

func summary(found []finding.Finding) string {
	if len(found) == 0 {
		return "nothing"
	}
	var parts []string
	for _, f := range found {
		level := f.Level.String()
		if f.Note != "" {
			level = "a note: " + f.Note
		}
		parts = append(parts, fmt.Sprintf("%s (%s) at %s:%d", f.Rule, level, f.Position().File, f.Position().Line))
	}
	return strings.Join(parts, ", ")
}
