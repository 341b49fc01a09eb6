package finding

// A Profile sums up what ran, by scope.
type Profile struct {
	Scopes   []ScopeProfile `json:"scopes"`             // the slowest first
	Unscoped *Unscoped      `json:"unscoped,omitempty"` // statements that belonged to no scope
}

// A ScopeProfile sums up all scopes of one name.
type ScopeProfile struct {
	Name         string          `json:"name"`
	Scopes       int             `json:"scopes"` // how many scopes had the name
	Statements   int             `json:"statements"`
	Errors       int             `json:"errors,omitempty"`
	Rows         int             `json:"rows"`
	Milliseconds float64         `json:"milliseconds"`
	Slowest      []StatementStat `json:"slowest,omitempty"`  // by total time, at most 3
	Repeated     []StatementStat `json:"repeated,omitempty"` // run more than once, by count, at most 3
	Shed         string          `json:"shed,omitempty"`     // what was not kept for want of memory
	Package      string          `json:"package,omitempty"`  // import path of the package whose tests ran it, in a kept run
}

// Unscoped counts the statements that no scope owned.
type Unscoped struct {
	Statements int `json:"statements"`
}
