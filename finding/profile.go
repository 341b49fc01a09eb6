package finding

import "slices"

// A Profile sums up what ran, and what of it could not be checked.
type Profile struct {
	Scopes   []ScopeProfile `json:"scopes"`             // one entry for each name, the slowest first
	Unscoped *Unscoped      `json:"unscoped,omitempty"` // statements that belonged to no scope; nil for none

	// EmptyScopes counts the requests and jobs without a statement that are not in Scopes.
	EmptyScopes int `json:"emptyScopes,omitempty"`

	// SetAside counts the findings that do not count because of a mitigation, by mitigation: {cache, 8}. A report sets it
	// from its findings.
	SetAside []SetAside `json:"setAside,omitempty"`

	// UnreadTypes are the Go types of arguments whose values could not be read, sorted: example.com/shop.Money. Such a value is
	// unknown: it neither equals another value nor is constant.
	UnreadTypes []string `json:"unreadTypes,omitempty"`

	// RowUse sums up what the scopes say of the use of rows; nil if no rule asked for it.
	RowUse *RowUse `json:"rowUse,omitempty"`

	// NotChecked says what was not checked, and why: "TestList: a rule panicked, so this scope has no findings". If there is
	// an entry, the absence of findings is inconclusive.
	NotChecked []string `json:"notChecked,omitempty"`
}

// A ScopeProfile sums up all scopes of one name.
type ScopeProfile struct {
	Name         string          `json:"name"`                  // of the test, the route's pattern, or the job
	Scopes       int             `json:"scopes"`                // how many scopes had the name
	Statements   int             `json:"statements"`            // that ran in them
	Errors       int             `json:"errors,omitempty"`      // statements for which the driver returned an error
	Rows         int             `json:"rows"`                  // rows that the statements returned
	Milliseconds float64         `json:"milliseconds"`          // time in the driver, reading the rows included
	Slowest      []StatementStat `json:"slowest,omitempty"`     // at most 3, by total time
	Repeated     []StatementStat `json:"repeated,omitempty"`    // at most 3 that ran more than once, by count
	Shed         string          `json:"shed,omitempty"`        // what was not kept because of the memory limit; the sums are complete, the findings may not be
	UnreadTypes  []string        `json:"unreadTypes,omitempty"` // as in Profile, of these scopes
	NotChecked   []string        `json:"notChecked,omitempty"`  // as in Profile, of these scopes, without the scope's name
	RowUse       *RowUse         `json:"rowUse,omitempty"`      // nil if no rule asked for it
	Package      string          `json:"package,omitempty"`     // import path of the package whose tests ran it, in a kept run
}

// A RowUse says for how many queries the source shows how their rows are used. The rules about the use of rows report nothing of
// the others.
type RowUse struct {
	Queries int      `json:"queries"`           // SELECTs of the application, each once for a call stack and a scope, for which a rule asked
	Known   int      `json:"known"`             // those whose use of rows is known
	Unknown []string `json:"unknown,omitempty"` // why it is not, different reasons, sorted; at most 8
}

// maxReasons is the number of reasons in a RowUse.
const maxReasons = 8

// Add returns the sum of two RowUses, either of which may be nil. The arguments are not changed.
func (u *RowUse) Add(other *RowUse) *RowUse {
	switch {
	case other == nil:
		return u
	case u == nil:
		u = &RowUse{}
	}
	sum := &RowUse{Queries: u.Queries + other.Queries, Known: u.Known + other.Known}
	sum.Unknown = distinct(slices.Concat(u.Unknown, other.Unknown))
	sum.Unknown = sum.Unknown[:min(len(sum.Unknown), maxReasons)]
	return sum
}

// Title returns the name of the scopes, with their package in a kept run: "TestList of example.com/shop".
func (s *ScopeProfile) Title() string {
	name := s.Name
	if name == "" {
		name = "(no name)"
	}
	if s.Package != "" {
		name += " of " + s.Package
	}
	return name
}

// Unscoped counts the statements that belonged to no scope. They are not checked.
type Unscoped struct {
	Statements int `json:"statements"`
}

// A SetAside says how many findings one mitigation set aside.
type SetAside struct {
	Mitigation string `json:"mitigation"` // name: cache
	Findings   int    `json:"findings"`
}

// A TestRun says of one package's tests whether what they recorded is complete.
type TestRun struct {
	Package string `json:"package"`           // import path
	Whole   bool   `json:"whole"`             // all tests of the package were selected, and ran to their end
	Missing string `json:"missing,omitempty"` // why the record is incomplete; the absence of findings is inconclusive then
	Untyped string `json:"untyped,omitempty"` // why rules about the use of rows did not run for some of the package
}

// A Deferred is a statement that ran in a process without source and whose judgement is deferred until the source is
// available, as to `nplusgone report -source`: its rows may have been fetched for nothing. No value of an argument or a
// row is in it.
type Deferred struct {
	Scope        string   `json:"scope"`             // the request or job
	Dialect      string   `json:"dialect"`           // the SQL dialect that Text is read in
	Text         string   `json:"text"`              // normalised SQL
	Columns      []string `json:"columns,omitempty"` // names of the result's columns
	Count        int      `json:"count"`             // how often it ran
	Rows         int      `json:"rows"`              // rows of all results
	Most         int      `json:"most"`              // rows of the longest result
	Drained      int      `json:"drained"`           // results that were read to the end
	Left         int      `json:"left,omitempty"`    // results that were closed before their end
	Wide         []int    `json:"wide,omitempty"`    // for each column, the bytes of its long values
	Milliseconds float64  `json:"milliseconds"`      // time in the driver, reading rows included
	Stack        []Call   `json:"stack"`             // from the caller of database/sql outwards
}
