package finding

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
