package cases

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/nplusgone/nplusgone/finding"
)

// figures say how the reports of some tests compare with their wants.
type figures struct {
	tests, wrong         int
	hits, misses, alarms int
}

// precision returns the share of the reported findings that are wanted.
func (f *figures) precision() float64 { return share(f.hits, f.alarms) }

// recall returns the share of the wanted findings that are reported.
func (f *figures) recall() float64 { return share(f.hits, f.misses) }

func share(part, rest int) float64 {
	if part+rest == 0 {
		return 1
	}
	return float64(part) / float64(part+rest)
}

// add compares r with w and returns what is wrong. It returns nothing if r is as wanted.
func (f *figures) add(w want, r *run) (faults []string) {
	f.tests++
	switch {
	case r.broken != "":
		f.misses += w.required()
		faults = []string{r.broken}
	case r.results[w.test] == "":
		f.misses += w.required()
		faults = []string{"the test did not run"}
	case w.result != "":
		faults = f.addResult(w, r)
	default:
		faults = f.addFindings(w, r)
	}
	if len(faults) > 0 {
		f.wrong++
	}
	return faults
}

// required returns how many findings w requires.
func (w want) required() (n int) {
	if w.result == "FAIL" {
		return 1
	}
	for _, f := range w.wanted {
		if !f.optional {
			n++
		}
	}
	return n
}

func (f *figures) addResult(w want, r *run) []string {
	got := r.results[w.test]
	switch {
	case w.result == "PASS" && got == "PASS":
		return nil
	case w.result == "PASS":
		f.alarms++
		return []string{"the test fails: " + abbreviate(r.said(w.test))}
	case got != "FAIL":
		f.misses++
		return []string{"the test passes"}
	case !strings.Contains(r.said(w.test), w.output):
		f.misses++
		return []string{"the test fails with other output: " + abbreviate(r.said(w.test))}
	}
	f.hits++
	return nil
}

func (f *figures) addFindings(w want, r *run) (faults []string) {
	if r.statements == 0 {
		f.misses += w.required()
		return []string{"no statement ran in a scope"}
	}
	for _, e := range w.wanted {
		var met []finding.Finding
		for _, got := range r.findings {
			if e.matches(got) {
				met = append(met, got)
			}
		}
		violated := func(f finding.Finding) bool { return len(e.violations(f)) > 0 }
		switch {
		case len(met) == 0 && e.optional:
		case len(met) == 0:
			f.misses++
			faults = append(faults, "missing "+e.text)
		case !slices.ContainsFunc(met, func(f finding.Finding) bool { return !violated(f) }):
			f.misses++
			faults = append(faults, fmt.Sprintf("%s: %s", e.text, strings.Join(e.violations(met[0]), "; ")))
		case !e.optional:
			f.hits++
		}
	}
	gating := false
	for _, got := range r.findings {
		if !got.Gates(finding.Likely) {
			continue
		}
		gating = true
		if !slices.ContainsFunc(w.wanted, func(e wanted) bool { return e.matches(got) }) {
			f.alarms++
			faults = append(faults, "not wanted: "+describe(got))
		}
	}
	if r.results[w.test] != "PASS" && !gating {
		faults = append(faults, "the test fails without a finding: "+abbreviate(r.said(w.test)))
	}
	if len(faults) > 0 {
		faults = append(faults, "got "+describeAll(r.findings))
	}
	return faults
}

// matches reports whether w is about f: rule, level, position and statements.
func (w wanted) matches(f finding.Finding) bool {
	return slices.Contains(w.rules, f.Rule) && slices.Contains(w.levels, levelOf(f)) &&
		(w.positions == nil || slices.Contains(w.positions, positionOf(f))) &&
		!slices.ContainsFunc(w.conditions, func(c condition) bool { return c.key == "sql" && !c.holds(f) })
}

// violations returns a text for each condition that f violates.
func (w wanted) violations(f finding.Finding) (texts []string) {
	for _, c := range w.conditions {
		if !c.holds(f) {
			texts = append(texts, fmt.Sprintf("%s%s%q is violated by %q", c.key, c.operator, c.value, textsOf(f, c.key)))
		}
	}
	return texts
}

func (c condition) holds(f finding.Finding) bool {
	texts := textsOf(f, c.key)
	if c.operator == "=" {
		return slices.Contains(texts, c.value)
	}
	found := slices.ContainsFunc(texts, func(t string) bool { return strings.Contains(t, c.value) })
	return found == (c.operator == "~")
}

// textsOf returns the texts of f that a condition with the given key compares.
func textsOf(f finding.Finding, key string) (texts []string) {
	switch key {
	case "sql":
		for _, s := range f.Statements {
			texts = append(texts, s.Text)
		}
	case "fix":
		texts = []string{f.Fix.SQL, f.Fix.Text}
	case "parent":
		if f.Parent != nil {
			texts = append([]string{f.Parent.Text}, f.Parent.Candidates...)
		}
	case "message":
		texts = []string{f.Message}
	case "evidence":
		for _, e := range f.Evidence {
			texts = append(texts, e.Text)
		}
	case "count":
		texts = []string{strconv.Itoa(f.Count)}
	case "saved":
		texts = []string{strconv.Itoa(f.Saved)}
	}
	for i := range texts {
		texts[i] = oneLine(texts[i])
	}
	return texts
}

func levelOf(f finding.Finding) string {
	if f.Note != "" {
		return "note"
	}
	return f.Level.String()
}

func positionOf(f finding.Finding) string {
	p := f.Position()
	return fmt.Sprintf("%s:%d", p.File, p.Line)
}

func describe(f finding.Finding) string {
	sql := ""
	if len(f.Statements) > 0 {
		sql = abbreviate(f.Statements[0].Text)
	}
	return fmt.Sprintf("%s %s @%s (%s; %s)", f.Rule, levelOf(f), positionOf(f), f.Message, sql)
}

func describeAll(findings []finding.Finding) string {
	if len(findings) == 0 {
		return "nothing"
	}
	texts := make([]string, len(findings))
	for i, f := range findings {
		texts[i] = describe(f)
	}
	return strings.Join(texts, "; ")
}

// abbreviate shortens a long text in its middle.
func abbreviate(text string) string {
	const half = 200
	if r := []rune(text); len(r) > 2*half {
		return string(r[:half]) + " … " + string(r[len(r)-half:])
	}
	return text
}
