package finding

import (
	"cmp"
	"fmt"
)

// A Finding is one problem that a rule found in one scope. It is plain data, and no value of an argument is in it.
type Finding struct {
	// Rule is the name of the rule: "n-plus-one".
	Rule string `json:"rule"`

	// Level says how certain the finding is: Proven.
	Level Level `json:"level"`

	// Identity is what a baseline knows the finding by: "4c1f0a9b7d2e6538". It stays the same when lines move and counts
	// change. It covers all Members.
	Identity string `json:"identity"`

	// Members are the identities of the statements that the finding combines, sorted; one for a finding of one statement.
	Members []string `json:"members"`

	// Note says why the finding does not count: "the loop is in a _test.go file". It is empty for a finding that counts.
	Note string `json:"note,omitempty"`

	// Message says what happened, in one line: "20 queries, one per row; 1 would be enough".
	Message string `json:"message"`

	// Count is how many statements ran: 20.
	Count int `json:"count"`

	// Turns is how many turns the loop made in the scope, so that the counts are consistent: 6 when 12 statements are 2 for each of
	// 6 rows. It is 0 when unknown.
	Turns int `json:"turns,omitempty"`

	// Saved is how many round trips the fix removes: 19 when 20 statements become 1.
	Saved int `json:"saved,omitempty"`

	// Scope is the name of the test, request or job: "GET /posts".
	Scope string `json:"scope"`

	// Loop is the loop that repeated the statements: posts.go:16. It is nil when no loop is known.
	Loop *Position `json:"loop,omitempty"`

	// LoopFrom says how Loop is known: Measured or Inferred. It is empty when no loop is known, and for findings of the library, which
	// infers all loops.
	LoopFrom string `json:"loopFrom,omitempty"`

	// OtherLoop is a second loop that explains the repetition as well: users.go:40, when both loops made as many turns.
	OtherLoop *Position `json:"otherLoop,omitempty"`

	// Calls are the user's calls from the loop down to the statement, outermost first: posts.go:18, which calls Comments,
	// then comments.go:40, which runs the statement.
	Calls []Position `json:"calls,omitempty"`

	// CallSite is the innermost frame of the user's code above the statement: comments.go:40.
	CallSite Position `json:"callSite"`

	// Parent is the earlier statement whose rows the loop uses. It is nil when none is known.
	Parent *Parent `json:"parent,omitempty"`

	// Statements are what ran, one entry for each fingerprint, the slowest first.
	Statements []StatementStat `json:"statements"`

	// Evidence is what was observed, the most important first.
	Evidence []Evidence `json:"evidence"`

	// Mitigations are the reasons that lowered the finding, the deciding one first: {cache, suspect, "the statement runs
	// only when a shared cache misses"}.
	Mitigations []Mitigation `json:"mitigations,omitempty"`

	// Fix says what to do instead.
	Fix Fix `json:"fix"`

	// Snippet is the source around the loop; empty when the source is not available.
	Snippet []SnippetLine `json:"snippet,omitempty"`

	// Stack is the call stack of the first of the statements, from the caller of database/sql outwards: blog.(*Store).Comments
	// at comments.go:40, then blog.(*Store).ListPosts at posts.go:18, then net/http.HandlerFunc.ServeHTTP without a file. With it,
	// loops are found once the source is available.
	Stack []Call `json:"stack,omitempty"`

	// Worst is the most statements of one run, in a merged report where Count adds several runs up: 50. It is 0 otherwise.
	Worst int `json:"worst,omitempty"`

	// ScopeCount is how many of the statements ran in Scope, which Message is about, in a merged report where Count adds several runs up:
	// 30. It is 0 otherwise.
	ScopeCount int `json:"scopeCount,omitempty"`

	// Package is the import path of the package whose tests found it, in a kept run: "example.com/blog/store".
	Package string `json:"package,omitempty"`

	// Known says why a baseline accepts the finding; it is empty for a finding that is new.
	Known string `json:"known,omitempty"`
}

// How the loop of a finding is known.
const (
	Measured = "measured" // counters in the loops of the source showed which of them turned
	Inferred = "inferred" // it follows from the order of the statements, their stacks, and the source
)

// Milliseconds returns the time that the finding's statements took in the driver.
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

// Key returns the identity of f, or its rule and position for a finding that has none.
func (f *Finding) Key() string {
	if f.Identity != "" {
		return f.Identity
	}
	p := f.Position()
	return fmt.Sprintf("%s %s:%d", f.Rule, p.File, p.Line)
}

// Gates reports whether f fails a check at the given level: it has that level or a higher one, and is neither a note nor
// known to a baseline.
func (f *Finding) Gates(at Level) bool { return f.Note == "" && f.Known == "" && f.Level >= at }

// Most returns the most statements of one run. A baseline compares its ceilings with it.
func (f *Finding) Most() int { return cmp.Or(f.Worst, f.Count) }

// Headline returns Message, and how many statements ran in all runs if Message is about one of several.
func (f *Finding) Headline() string {
	if f.ScopeCount == 0 || f.ScopeCount == f.Count {
		return f.Message
	}
	return fmt.Sprintf("%s (here; %d in all runs)", f.Message, f.Count)
}

// PerTurn returns how many statements each turn of the loop ran, or 0 when that is unknown or differs between turns.
func (f *Finding) PerTurn() int {
	if f.Turns <= 0 || f.Count%f.Turns != 0 {
		return 0
	}
	return f.Count / f.Turns
}

// MainEvidence returns the text of the most important evidence that supports f, "" when there is none.
func (f *Finding) MainEvidence() string {
	for _, e := range f.Evidence {
		if !e.Against {
			return e.Text
		}
	}
	return ""
}

// A Parent is the earlier statement whose rows the loop uses.
type Parent struct {
	Text       string   `json:"text"`                 // normalised SQL: SELECT id FROM posts LIMIT ?
	CallSite   Position `json:"callSite"`             // where it was issued: posts.go:12
	Rows       int      `json:"rows"`                 // rows that it returned: 20
	Columns    []string `json:"columns,omitempty"`    // the columns whose values became the arguments: id
	Candidates []string `json:"candidates,omitempty"` // SQL of other statements that explain the arguments as well, when none is certain
	Parent     *Parent  `json:"parent,omitempty"`     // the parent's own parent, where the parent is repeated itself: M×N+1 statements
}

// A StatementStat sums up the statements of one fingerprint.
type StatementStat struct {
	Fingerprint  string   `json:"fingerprint"`      // identifies the normalised SQL: 9e107d9d372bb6826bd81d3542a419d6
	Text         string   `json:"text"`             // normalised SQL: SELECT * FROM comments WHERE post_id = ?
	Count        int      `json:"count"`            // how often it ran: 20
	Milliseconds float64  `json:"milliseconds"`     // time in the driver, reading the rows included: 4.1
	Rows         int      `json:"rows"`             // rows that all executions returned: 60
	CallSite     Position `json:"callSite"`         // where it was issued: comments.go:40
	Member       string   `json:"member,omitempty"` // in a finding: which of its Members the statement is
}

// An Evidence is one observation that supports a finding or limits its level.
type Evidence struct {
	From    string `json:"from"`              // where it was observed: driver, stack, source or sql
	Text    string `json:"text"`              // a clause: all 20 arguments are the values of posts.id from the earlier query, in row order
	Against bool   `json:"against,omitempty"` // it limits the level, and does not support the finding
}

// The effects of mitigations.
const (
	EffectSuspect = "suspect" // the finding is a suspect at most
	EffectNote    = "note"    // the finding is a note
)

// A Mitigation is a reason to lower a finding. It does not remove the finding.
type Mitigation struct {
	Name   string `json:"name"`   // kebab-case and stable: cache
	Effect string `json:"effect"` // EffectSuspect or EffectNote
	Text   string `json:"text"`   // what was observed: the statement runs only when a shared cache misses
}

// SetAsideBy returns the name of the mitigation because of which f does not count, "" if there is none: f counts, or does
// not count for another reason.
func (f *Finding) SetAsideBy() string {
	var effect string
	switch {
	case f.Note != "":
		effect = EffectNote
	case f.Level == Suspect:
		effect = EffectSuspect
	}
	for _, m := range f.Mitigations {
		if m.Effect == effect {
			return m.Name
		}
	}
	return ""
}

// A Fix says what to do instead.
type Fix struct {
	Text string `json:"text"`          // in words: Load all comments with one statement.
	SQL  string `json:"sql,omitempty"` // the statement to use instead, when it can be given: SELECT * FROM comments WHERE post_id IN (?, ?, …)
}

// A SnippetLine is one line of source.
type SnippetLine struct {
	Number int    `json:"number"`         // counted from 1
	Text   string `json:"text"`           // the line, with its tabs
	Mark   string `json:"mark,omitempty"` // loop or statement, on the lines that the finding is about
}
