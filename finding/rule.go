package finding

// A Rule describes one kind of problem. Its texts are used by every report, by the command's explain, and in
// docs/rules.md.
type Rule struct {
	Name  string // kebab-case and stable: n-plus-one
	Title string // one line without a full stop, for tables
	Since string // the first version that has the rule: v0.1.0
	Tips  []int  // tips of the article "Django ORM Optimization Tips" whose bad example it detects
	Max   Level  // the highest level of its findings
	Note  string // why all its findings are notes; empty for most rules
	Doc   string // what it detects, in a sentence or two
	Cost  string // why it matters
	Proof string // what makes a finding proven, likely or suspect
	Fix   string // what to do instead
	Quiet string // what is not reported although it looks alike
}

// An Exception makes findings that a team accepts into notes, with a reason. A finding has to match all fields that are not
// empty.
type Exception struct {
	Rule        string // name of a rule: n-plus-one
	Function    string // of the loop, or of a call that led to the statement, as findings have it: blog.(*Store).Author
	Table       string // a table of the statement, as in its normalised SQL: authors
	Fingerprint string // of the statement, or at least its first 8 digits: 9e107d9d
	Max         int    // maximum number of statements that is accepted; 0 for any number
	Reason      string // why; required
}
