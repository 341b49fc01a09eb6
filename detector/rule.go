package detector

// A Rule is one kind of problem: what it is, what it costs, how to fix it, and the check that finds it. Its texts feed
// every report, the command's explain, and docs/rules.md.
type Rule struct {
	Name    string // kebab-case, stable, never reused
	Title   string // one line without a full stop, for tables
	Since   string // the version that brought it
	Tips    []int  // tips of the ORM article that it detects the "don't" of
	Max     Level  // the surest level it reaches
	Note    string // why what it finds is only a note, which never gates; empty for most rules
	Doc     string // what it is: a sentence or two
	Cost    string // why it costs
	Proof   string // what makes it proven, likely or suspect
	Fix     string // what to do instead
	Quiet   string // what keeps it quiet although it looks alike
	check   func(*pass)
	message func(*Finding) string // what is said of a finding in one line; nil for the title
	asks    bool                  // it asks the source what becomes of rows, and finds nothing without one
	once    bool                  // nothing has to repeat, or the rule counts by itself
}
