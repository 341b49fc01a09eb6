package finding

// An Exception sets findings aside that a team has decided to live with: they become notes, with the reason. All fields
// that are not empty have to fit.
type Exception struct {
	Rule        string // name of a rule
	Function    string // of the loop or of a call that led to the statement, as findings show it: blog.(*Store).Author
	Table       string // that the statement names, as its normal form spells it
	Fingerprint string // ID of the statement, or the first 8 of its digits or more
	Max         int    // up to how many statements are fine; 0 for any number
	Reason      string // why; it has to be given
}
