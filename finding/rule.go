package finding

// A Rule describes one kind of problem: what it is, what it costs, and how to fix it. Its texts are written once and feed
// every report, the command's explain, and docs/rules.md.
type Rule struct {
	Name  string // kebab-case, stable, never used again for another rule
	Title string // one line without a full stop, for tables
	Since string // the first version that has the rule
	Tips  []int  // tips of the article "Django ORM Optimization Tips" whose "don't" it detects
	Max   Level  // the highest level it reports
	Note  string // why its findings are notes, which never fail a check; empty for most rules
	Doc   string // what it detects: a sentence or two
	Cost  string // why it matters
	Proof string // what makes a finding proven, likely or suspect
	Fix   string // what to do instead
	Quiet string // what is not reported although it looks alike
}
