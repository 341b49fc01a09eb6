package analysis

import "github.com/nplusgone/nplusgone/finding"

// A rule is the texts of one kind of problem and the check that detects it.
type Rule struct {
	finding.Rule
	check   func(*Pass)
	message func(*finding.Finding) string // the finding's message; nil for the title
	asks    bool                          // the check needs the source's view of how rows are used, and reports nothing without it
	once    bool                          // no repetition is needed, or the rule has its own minimum
}
