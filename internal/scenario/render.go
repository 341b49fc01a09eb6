package scenario

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/nplusgone/nplusgone/finding"
)

// Render writes findings down, one line each, and below each the details that the scenario wants to see of it. A note is
// always shown: it decides whether a finding counts.
func (s *Scenario) Render(findings []finding.Finding) string {
	var b strings.Builder
	wanted := wantedKeys(s.Want)
	for i, f := range findings {
		p := f.Position()
		fmt.Fprintf(&b, "%s:%d: %s (%s): %s\n", p.File, p.Line, f.Rule, f.Level, f.Message)
		for _, d := range details(f) {
			if key, _, _ := strings.Cut(d, ":"); key == "note" || i < len(wanted) && wanted[i][key] {
				fmt.Fprintf(&b, "\t%s\n", d)
			}
		}
	}
	return b.String()
}

// wantedKeys returns, for each finding of a want part, the keys of the details below it.
func wantedKeys(want string) []map[string]bool {
	var keys []map[string]bool
	for line := range strings.Lines(want) {
		detail, ok := strings.CutPrefix(line, "\t")
		if !ok {
			keys = append(keys, make(map[string]bool))
		} else if key, _, _ := strings.Cut(detail, ":"); len(keys) > 0 {
			keys[len(keys)-1][key] = true
		}
	}
	return keys
}

// details returns all that can be said of a finding, as lines that begin with a key.
func details(f finding.Finding) []string {
	var lines []string
	add := func(key, text string) {
		if text != "" {
			lines = append(lines, key+": "+text)
		}
	}
	add("note", f.Note)
	if p := f.Parent; p != nil {
		add("parent", fmt.Sprintf("%s:%d %s of %s", p.CallSite.File, p.CallSite.Line, strings.Join(p.Columns, ", "), p.Text))
		for _, c := range p.Candidates {
			add("candidate", c)
		}
	}
	for _, e := range f.Evidence {
		add(e.From, e.Text)
	}
	for _, s := range f.Statements {
		add("statement", fmt.Sprintf("%d of %s", s.Count, s.Text))
	}
	add("fix", cmp.Or(f.Fix.SQL, f.Fix.Text))
	return lines
}
