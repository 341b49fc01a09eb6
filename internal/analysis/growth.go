package analysis

import (
	"fmt"
	"math"
	"slices"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/fingerprint"
)

// Slope is how many statements a row more must cost to be growth. One statement for each row is 1, one for every second
// row a half; lists of keys in chunks of ten are a tenth.
const Slope = 0.5

// A Sized is what the same work did at one size of data.
type Sized struct {
	Rows     int // the size: rows that the work was given
	Uses     []Use
	Findings []finding.Finding
}

// Growth compares the same work at two or more sizes of data, the smallest first, and returns a finding for each shape of
// statement whose count grows with the data: by Slope or more for each row, from each size to the next. It is proven,
// whatever the threshold, because the data was all that differed. What a rule found at the largest size is taken from
// there, with its loop and its fix; a finding that is a note stays one.
func Growth(runs []Sized) []finding.Finding {
	if len(runs) < 2 {
		return nil
	}
	largest := runs[len(runs)-1]
	var findings []finding.Finding
	grown := make(map[string]string) // by fingerprint: how it grew
	var order []Use
	for _, u := range largest.Uses {
		if text, grows := growth(runs, u.Fingerprint.ID); grows {
			if id := u.Fingerprint.ID.String(); grown[id] == "" {
				grown[id] = text
				order = append(order, u)
			}
		}
	}
	told := make(map[string]bool)
	for _, f := range largest.Findings {
		var seen []finding.Evidence
		for _, s := range f.Statements {
			if text := grown[s.Fingerprint]; text != "" {
				seen = append(seen, finding.Evidence{From: "driver", Text: text})
				told[s.Fingerprint] = true
			}
		}
		if seen == nil {
			continue
		}
		f.Level = finding.Proven
		f.Evidence = append(seen, slices.DeleteFunc(slices.Clone(f.Evidence), func(e finding.Evidence) bool { return e.Against })...)
		findings = append(findings, f)
	}
	for _, u := range order {
		if id := u.Fingerprint.ID.String(); !told[id] {
			findings = append(findings, grownAlone(u, grown[id]))
		}
	}
	return findings
}

// growth says how the count of one shape grew over runs, and whether it did with each step.
func growth(runs []Sized, id fingerprint.ID) (text string, grows bool) {
	least := math.Inf(1)
	for i := range runs[1:] {
		a, b := runs[i], runs[i+1]
		least = min(least, float64(b.count(id)-a.count(id))/float64(b.Rows-a.Rows))
	}
	first, last := runs[0], runs[len(runs)-1]
	slope := float64(last.count(id)-first.count(id)) / float64(last.Rows-first.Rows)
	return fmt.Sprintf("its count grew from %d to %d as the data grew from %d rows to %d: a slope of %.3g",
		first.count(id), last.count(id), first.Rows, last.Rows, slope), least >= Slope
}

func (s Sized) count(id fingerprint.ID) int {
	n := 0
	for _, u := range s.Uses {
		if u.Fingerprint.ID == id {
			n += u.Count
		}
	}
	return n
}

// grownAlone makes the finding of a shape that no rule had one for: its calls stand on different lines, recur, or are
// too few for the threshold.
func grownAlone(u Use, text string) finding.Finding {
	rule := ruleOf(u.Fingerprint.Facts.Kind)
	id := digest(rule.Name, u.CallSite.Function, u.Fingerprint.ID.String())
	stat := u.Stat()
	stat.Member = id
	return finding.Finding{
		Rule: rule.Name, Level: finding.Proven, Identity: id, Members: []string{id}, Count: u.Count, CallSite: u.CallSite,
		Message:    fmt.Sprintf("%d statements: their number grows with the data", u.Count),
		Statements: []finding.StatementStat{stat},
		Evidence:   []finding.Evidence{{From: "driver", Text: text}},
		Fix:        finding.Fix{Text: rule.Fix},
	}
}

// ruleOf returns the rule that a statement for each row breaks.
func ruleOf(k fingerprint.Kind) *Rule {
	switch k {
	case fingerprint.Insert, fingerprint.Merge:
		return rowByRowInsert
	case fingerprint.Update:
		return rowByRowUpdate
	case fingerprint.Delete:
		return rowByRowDelete
	}
	return nPlusOne
}

// CheckSizes returns what is wrong with the sizes of a growth check: it needs two or more, each larger than the one
// before.
func CheckSizes(sizes []int) error {
	if len(sizes) < 2 {
		return fmt.Errorf("detector: %d sizes of data show no growth (want 2 or 3)", len(sizes))
	}
	for i, n := range sizes {
		if n < 0 || i > 0 && n <= sizes[i-1] {
			return fmt.Errorf("detector: sizes of data %v do not grow (want the smallest first, none twice, none below 0)", sizes)
		}
	}
	return nil
}
