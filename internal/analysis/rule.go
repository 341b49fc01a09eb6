package analysis

import (
	"slices"

	"github.com/nplusgone/nplusgone/finding"
)

// A Rule is the texts of one kind of problem and the check that detects it.
type Rule struct {
	finding.Rule
	check    func(*Pass)
	requires []*Rule                       // rules whose hits the check looks at; they are checked before it
	message  func(*finding.Finding) string // the finding's message; nil for the title
	asks     bool                          // the check needs the source's view of how rows are used, and reports nothing without it
	once     bool                          // no repetition is needed, or the rule has its own minimum
}

// sees reports whether r's check may look at the hits of other.
func (r *Rule) sees(other *Rule) bool {
	return r == other || slices.ContainsFunc(r.requires, func(q *Rule) bool { return q.sees(other) })
}

// inOrder returns rules, each behind those that it requires.
func inOrder(rules []*Rule) []*Rule {
	var ordered []*Rule
	var add func(*Rule)
	add = func(r *Rule) {
		if slices.Contains(ordered, r) {
			return
		}
		for _, q := range r.requires {
			add(q)
		}
		ordered = append(ordered, r)
	}
	for _, r := range rules {
		add(r)
	}
	return ordered
}
