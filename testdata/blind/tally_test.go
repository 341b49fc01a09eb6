package blind_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/testdata/blind"
)

// TestBlind fails below these figures.
const (
	minPrecision = 1.00
	minRecall    = 0.97
)

// counted are the rules that labels name. Findings of other rules are counted apart.
var counted = []string{blind.NPlusOne, blind.Duplicate, blind.RowInsert, blind.RowUpdate, blind.RowDelete, blind.Recursive}

// figures say how the findings of some cases compare with their labels.
type figures struct {
	cases, fire         int
	hits, misses        int // wanted findings
	alarms, wrongLines  int // findings that count against precision
	broken              int // cases that return an error only when they are watched
	accepted, uncounted int // findings of rules on which reviewers differ; of rules that labels do not name
}

// A tally compares findings with labels, case by case.
type tally struct {
	marks   marks
	total   figures
	folders map[string]*figures
	others  map[string]int // findings of rules that labels do not name, by rule
}

func newTally(m marks) *tally {
	return &tally{marks: m, folders: map[string]*figures{}, others: map[string]int{}}
}

// add judges what was found in a case. It returns one line for each false alarm, wrong line, miss and error.
func (s *tally) add(folder string, c blind.Case, found []finding.Finding, err error) (lines []string) {
	sum := figures{cases: 1}
	say := func(kind, got string) {
		lines = append(lines, fmt.Sprintf("%s: %s/%s: want %q, got %s. Why: %s", kind, folder, c.Name, c.Want, got, c.Why))
	}
	if len(c.Want) > 0 {
		sum.fire = 1
	}
	if err != nil {
		sum.broken++
		say("broken", "the error "+err.Error())
	}
	wants := wantedRules(c)
	hit := map[string]bool{}
	for _, f := range found {
		switch {
		case !f.Gates(finding.Likely):
		case !slices.Contains(counted, f.Rule):
			sum.uncounted++
			s.others[f.Rule]++
		case slices.Contains(wants, f.Rule) && s.accepts(f):
			hit[f.Rule] = true
		case slices.Contains(c.May, f.Rule):
			sum.accepted++
		case slices.Contains(wants, f.Rule):
			sum.wrongLines++
			say("wrong line", describe(f))
		default:
			sum.alarms++
			say("false alarm", describe(f))
		}
	}
	for _, want := range c.Want {
		if slices.ContainsFunc(strings.Fields(want), func(rule string) bool { return hit[rule] }) {
			sum.hits++
			continue
		}
		sum.misses++
		say("miss", describeAll(found))
	}
	if s.folders[folder] == nil {
		s.folders[folder] = &figures{}
	}
	s.folders[folder].add(sum)
	s.total.add(sum)
	return lines
}

// accepts reports whether the position of f is marked for its rule. A duplicate without a loop is accepted anywhere,
// because several calls have an equal claim.
func (s *tally) accepts(f finding.Finding) bool {
	return f.Rule == blind.Duplicate && f.Loop == nil || slices.Contains(s.marks[positionOf(f)], f.Rule)
}

func (s *tally) precision() float64 {
	return ratio(s.total.hits, s.total.hits+s.total.alarms+s.total.wrongLines)
}

func (s *tally) recall() float64 { return ratio(s.total.hits, s.total.hits+s.total.misses) }

// summary returns the figures of each folder, of the rules that are not counted, and of all cases.
func (s *tally) summary() (lines []string) {
	for _, name := range slices.Sorted(maps.Keys(s.folders)) {
		lines = append(lines, fmt.Sprintf("%-12s %s", name, s.folders[name]))
	}
	for _, rule := range slices.Sorted(maps.Keys(s.others)) {
		lines = append(lines, fmt.Sprintf("not counted: %s: %d findings", rule, s.others[rule]))
	}
	return append(lines, "all          "+s.total.String(),
		fmt.Sprintf("precision=%.3f recall=%.3f scenarios=%d", s.precision(), s.recall(), s.total.cases))
}

// fault returns why the test fails, or nothing.
func (s *tally) fault() string {
	switch {
	case s.total.broken > 0:
		return fmt.Sprintf("%d cases return an error when they are watched", s.total.broken)
	case s.precision() < minPrecision:
		return fmt.Sprintf("precision %.3f, want %.2f or more", s.precision(), minPrecision)
	case s.recall() < minRecall:
		return fmt.Sprintf("recall %.3f, want %.2f or more", s.recall(), minRecall)
	}
	return ""
}

func (f *figures) add(g figures) {
	f.cases += g.cases
	f.fire += g.fire
	f.hits += g.hits
	f.misses += g.misses
	f.alarms += g.alarms
	f.wrongLines += g.wrongLines
	f.broken += g.broken
	f.accepted += g.accepted
	f.uncounted += g.uncounted
}

func (f figures) String() string {
	return fmt.Sprintf("%3d fire, %3d quiet: %3d hits, %2d misses, %2d false alarms, %2d wrong lines, %2d broken; %2d accepted, %2d not counted",
		f.fire, f.cases-f.fire, f.hits, f.misses, f.alarms, f.wrongLines, f.broken, f.accepted, f.uncounted)
}

// wantedRules returns the rules that the wants of c name, alternatives included.
func wantedRules(c blind.Case) []string { return strings.Fields(strings.Join(c.Want, " ")) }

// positionOf returns the loop of a finding, or its call where it has no loop, as "file:line" relative to this module.
func positionOf(f finding.Finding) string {
	p := f.Position()
	return fmt.Sprintf("%s:%d", strings.TrimPrefix(p.File, "testdata/blind/"), p.Line)
}

func describeAll(found []finding.Finding) string {
	if len(found) == 0 {
		return "nothing"
	}
	parts := make([]string, len(found))
	for i, f := range found {
		parts[i] = describe(f)
	}
	return strings.Join(parts, "; ")
}

func ratio(part, whole int) float64 {
	if whole == 0 {
		return 1
	}
	return float64(part) / float64(whole)
}
