package analysis

import "github.com/nplusgone/nplusgone/finding"

// A Config says how scopes are analysed.
type Config struct {
	Threshold  int     // executions from which a finding that is not proven is reported
	Rules      []*Rule // the rules that are on
	Source     Source  // nil when the source is not available
	Exceptions []finding.Exception
}
