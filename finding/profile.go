package finding

// A Profile sums up what ran, and what of it could not be checked.
type Profile struct {
	Scopes   []ScopeProfile `json:"scopes"`             // one entry for each name, the slowest first
	Unscoped *Unscoped      `json:"unscoped,omitempty"` // statements that belonged to no scope; nil for none

	// SetAside counts the findings that do not count because of a mitigation, by mitigation: {cache, 8}. A report sets it
	// from its findings.
	SetAside []SetAside `json:"setAside,omitempty"`

	// UnreadTypes are the Go types of arguments whose values could not be read, sorted: example.com/shop.Money. Such a value is
	// unknown: it neither equals another value nor is constant.
	UnreadTypes []string `json:"unreadTypes,omitempty"`

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
	Package      string          `json:"package,omitempty"`     // import path of the package whose tests ran it, in a recorded run
}

// Title returns the name of the scopes, with their package in a recorded run: "TestList of example.com/shop".
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
