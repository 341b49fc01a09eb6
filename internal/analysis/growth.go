package analysis

import (
	"fmt"
	"math"
	"slices"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/fingerprint"
)

// A Sized is what the same work did at one size of data.
type Sized struct {
	Rows     int // the size: number of rows that the work was given
	Uses     []Use
	Findings []finding.Finding
}

// Growth compares the same work at two or more sizes of data, the smallest first. It returns a finding for each fingerprint
// whose count grows by [Slope] or more for each additional row, from each size to the next. The findings are proven, whatever
// the threshold, because only the size of the data differed. If a rule reported the statement at the largest size, that
// finding is returned, with its loop and its fix; a note stays a note.
func Growth(runs []Sized) []finding.Finding {
	if len(runs) < 2 {
		return nil
	}
	largest := runs[len(runs)-1]
	var findings []finding.Finding
	grown := make(map[string]string) // by fingerprint: how the count grew
	var order []Use
	for _, u := range largest.Uses {
		if text, grows := growth(runs, u.Fingerprint.ID); grows {
			if id := u.Fingerprint.ID.String(); grown[id] == "" {
				grown[id] = text
				order = append(order, u)
			}
		}
	}
	reported := make(map[string]bool) // by fingerprint
	for _, f := range largest.Findings {
		var evidence []finding.Evidence
		for _, s := range f.Statements {
			if text := grown[s.Fingerprint]; text != "" {
				evidence = append(evidence, finding.Evidence{From: "driver", Text: text})
				reported[s.Fingerprint] = true
			}
		}
		if evidence == nil {
			continue
		}
		f.Level = finding.Proven
		f.Evidence = append(evidence, slices.DeleteFunc(slices.Clone(f.Evidence), func(e finding.Evidence) bool { return e.Against })...)
		findings = append(findings, f)
	}
	for _, u := range order {
		if id := u.Fingerprint.ID.String(); !reported[id] {
			findings = append(findings, growthFinding(u, grown[id]))
		}
	}
	return findings
}

// growth says how the count of one fingerprint grew over runs, and whether it grew from each size to the next.
func growth(runs []Sized, id fingerprint.ID) (text string, grows bool) {
	least := math.Inf(1)
	for i := range runs[1:] {
		a, b := runs[i], runs[i+1]
		least = min(least, float64(b.count(id)-a.count(id))/float64(b.Rows-a.Rows))
	}
	first, last := runs[0], runs[len(runs)-1]
	slope := float64(last.count(id)-first.count(id)) / float64(last.Rows-first.Rows)
	return fmt.Sprintf("the count grew from %d to %d as the data grew from %d rows to %d: by %.3g for each additional row",
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

// growthFinding returns the finding for a fingerprint that no rule reported: its calls are on different lines or in a
// recursion, or there are fewer of them than the threshold.
func growthFinding(u Use, text string) finding.Finding {
	rule := perRowRule(u.Fingerprint.Facts.Effect())
	id := digest(rule.Name, u.CallSite.Function, u.Fingerprint.ID.String())
	stat := u.Stat()
	stat.Member = id
	return finding.Finding{
		Rule: rule.Name, Level: finding.Proven, Identity: id, Members: []string{id}, Count: u.Count, CallSite: u.CallSite,
		Message:    fmt.Sprintf("%d %s: their number grows with the data", u.Count, plural(u.Fingerprint.Facts.Effect())),
		Statements: []finding.StatementStat{stat},
		Evidence:   []finding.Evidence{{From: "driver", Text: text}},
		Fix:        finding.Fix{Text: rule.Fix},
	}
}

// perRowRule returns the rule about one statement of kind k for each row.
func perRowRule(k fingerprint.Kind) *Rule {
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

// CheckSizes returns an error unless sizes has at least two sizes, each larger than the one before.
func CheckSizes(sizes []int) error {
	if len(sizes) < 2 {
		return fmt.Errorf("detector: growth needs at least 2 sizes of data, not %d", len(sizes))
	}
	for i, n := range sizes {
		if n < 0 || i > 0 && n <= sizes[i-1] {
			return fmt.Errorf("detector: sizes of data must be ascending and not negative, not %v", sizes)
		}
	}
	return nil
}
