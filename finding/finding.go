package finding

import (
	"cmp"
	"fmt"
	"strings"
)

// A Level says how sure a finding is. Levels are ordered: a higher one is surer.
type Level uint8

// The levels of evidence.
const (
	Suspect Level = iota + 1 // a heuristic: shown, never gated by default
	Likely                   // same statement, same full stack, a loop
	Proven                   // data or language facts leave no other reading
)

var levelNames = map[Level]string{Suspect: "suspect", Likely: "likely", Proven: "proven"}

// String returns the lower-case name of l, which ParseLevel reads back.
func (l Level) String() string {
	if name, ok := levelNames[l]; ok {
		return name
	}
	return fmt.Sprintf("Level(%d)", uint8(l))
}

// ParseLevel returns the level that name names: suspect, likely or proven, in any case.
func ParseLevel(name string) (Level, error) {
	for l, n := range levelNames {
		if strings.EqualFold(n, name) {
			return l, nil
		}
	}
	return 0, fmt.Errorf("detector: unknown level %q (want suspect, likely or proven)", name)
}

// MarshalText implements encoding.TextMarshaler with the form of String.
func (l Level) MarshalText() ([]byte, error) { return []byte(l.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (l *Level) UnmarshalText(text []byte) (err error) {
	*l, err = ParseLevel(string(text))
	return err
}

// A Finding is one problem that a rule found in one scope: plain data, with no value of any argument in it.
type Finding struct {
	Rule       string          `json:"rule"`
	Level      Level           `json:"level"`
	Identity   string          `json:"identity"`        // stable over moved lines and other counts; of all Members together
	Members    []string        `json:"members"`         // one per statement that the finding rolls up, sorted
	Note       string          `json:"note,omitempty"`  // why the finding is only a note and never gates; empty for a finding that counts
	Message    string          `json:"message"`         // what happened, in one line
	Count      int             `json:"count"`           // statements that ran
	Saved      int             `json:"saved,omitempty"` // round trips that the fix would save
	Scope      string          `json:"scope"`
	Loop       *Position       `json:"loop,omitempty"`
	CallSite   Position        `json:"callSite"`
	Parent     *Parent         `json:"parent,omitempty"`
	Statements []StatementStat `json:"statements"` // the slowest first
	Evidence   []Evidence      `json:"evidence"`   // what was seen, in the order of its weight
	Fix        Fix             `json:"fix"`
	Snippet    []SnippetLine   `json:"snippet,omitempty"` // the source around the loop
	Worst      int             `json:"worst,omitempty"`   // the most statements of one run, where Count adds several up
	Package    string          `json:"package,omitempty"` // import path of the package whose tests found it, in a kept run
	Known      string          `json:"known,omitempty"`   // why a baseline lets it pass; empty for a finding that is new

	Turns       int          `json:"turns,omitempty"`       // turns of the loop in the scope, as far as they are known
	Calls       []Position   `json:"calls,omitempty"`       // the user's calls from the loop down to the statement, the outermost first
	OtherLoop   *Position    `json:"otherLoop,omitempty"`   // a second loop that explains the repeats as well
	Mitigations []Mitigation `json:"mitigations,omitempty"` // why the repeats may be right as they are
}

// A Mitigation is a reason why a finding was lowered or made a note.
type Mitigation struct {
	Name   string `json:"name"`   // kebab-case, stable
	Effect string `json:"effect"` // suspect or note
	Text   string `json:"text"`
}

// Milliseconds returns the time that the finding's statements took.
func (f *Finding) Milliseconds() float64 {
	var ms float64
	for _, s := range f.Statements {
		ms += s.Milliseconds
	}
	return ms
}

// Rows returns how many rows the finding's statements returned.
func (f *Finding) Rows() (n int) {
	for _, s := range f.Statements {
		n += s.Rows
	}
	return n
}

// Position returns where the finding is reported: at its loop, or at its call site when no loop is known.
func (f *Finding) Position() Position {
	if f.Loop != nil {
		return *f.Loop
	}
	return f.CallSite
}

// Gates reports whether f fails a check at the given level: it is at least that sure, more than a note, and not known
// to a baseline.
func (f *Finding) Gates(at Level) bool { return f.Note == "" && f.Known == "" && f.Level >= at }

// Most returns the most statements that one run counted: what a ceiling is compared with.
func (f *Finding) Most() int { return cmp.Or(f.Worst, f.Count) }

// A Parent is the earlier statement whose result fed the loop.
type Parent struct {
	Text       string   `json:"text"`
	CallSite   Position `json:"callSite"`
	Rows       int      `json:"rows"`
	Columns    []string `json:"columns,omitempty"`    // the columns whose values became the arguments
	Candidates []string `json:"candidates,omitempty"` // other statements that explain the arguments as well, when none is named for sure
	Parent     *Parent  `json:"parent,omitempty"`     // of a parent that is itself one of many: M×N+1 statements
}

// A StatementStat sums up the statements of one fingerprint.
type StatementStat struct {
	Fingerprint  string   `json:"fingerprint"`
	Text         string   `json:"text"`
	Count        int      `json:"count"`
	Milliseconds float64  `json:"milliseconds"` // time in the driver, rows included
	Rows         int      `json:"rows"`         // rows returned
	CallSite     Position `json:"callSite"`
	Member       string   `json:"member,omitempty"` // of a finding: which of its Members the statement is
}

// An Evidence is one observation that a finding rests on, or that limits its level.
type Evidence struct {
	From    string `json:"from"` // where it was observed: driver, stack, source or sql
	Text    string `json:"text"`
	Against bool   `json:"against,omitempty"` // it limits the level of the finding, and does not support it
}

// A Fix says what to do instead.
type Fix struct {
	Text string `json:"text"`
	SQL  string `json:"sql,omitempty"` // the statement to use instead, when it can be written down
}

// A SnippetLine is one line of source.
type SnippetLine struct {
	Number int    `json:"number"`
	Text   string `json:"text"`           // tabs kept
	Mark   string `json:"mark,omitempty"` // loop or statement
}
