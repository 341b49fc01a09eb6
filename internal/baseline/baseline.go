// Package baseline stores the findings that a team accepts for now, so that a check fails only on new ones.
//
// A baseline is a file of JSON objects, one per line and sorted, so that version control merges it line by line. The first
// line has the version of the form. Each other line is an entry for one statement of one finding, with its identity. A
// finding is known when all its members have an entry, so fixing one of several statements in a loop does not make a new
// finding. Line numbers are not part of an entry.
package baseline

import (
	"cmp"
	"slices"

	"github.com/nplusgone/nplusgone/finding"
)

// Schema is the version of the file's form.
const Schema = "nplusgone.baseline/v1"

// An Entry is one known statement of a finding. A check uses Identity, Max and Reason. The other fields are for people, and
// to decide which entries a run could have found.
type Entry struct {
	File     string `json:"file"`
	Function string `json:"function,omitempty"`
	Rule     string `json:"rule"`
	Identity string `json:"identity"`
	Package  string `json:"package,omitempty"` // import path of the package whose tests found it
	Scope    string `json:"scope,omitempty"`   // name of the test, route or job that it was found in
	SQL      string `json:"sql,omitempty"`     // normalised SQL, at most maxSQL characters
	Max      int    `json:"max,omitempty"`     // ceiling: more statements in one run are a new finding; 0 for no ceiling
	Reason   string `json:"reason,omitempty"`  // why it is accepted
}

// A Baseline is a set of entries. Look and Why may be called concurrently; methods that change it may not.
type Baseline struct {
	entries map[string]Entry // by identity
	seen    map[string]bool  // identities that a run found, at any level; set by See
}

// New returns an empty baseline.
func New() *Baseline { return &Baseline{entries: make(map[string]Entry), seen: make(map[string]bool)} }

// Len returns how many entries there are.
func (b *Baseline) Len() int { return len(b.entries) }

// A Verdict says whether a finding is in a baseline.
type Verdict uint8

// The verdicts.
const (
	Unknown Verdict = iota // none of its members has an entry
	Partly                 // some of its members have an entry
	Over                   // all have one, and the finding ran more often than its ceiling
	Known                  // all have one
)

// Look returns whether f is in b. For Known and Over it also returns the reason, and for Over the ceiling.
func (b *Baseline) Look(f *finding.Finding) (v Verdict, reason string, ceiling int) {
	members := membersOf(f)
	known, unlimited := 0, false
	for _, id := range members {
		e, ok := b.entries[id]
		if !ok {
			continue
		}
		known++
		reason = cmp.Or(reason, e.Reason)
		ceiling = max(ceiling, e.Max)
		unlimited = unlimited || e.Max == 0
	}
	switch {
	case known == 0:
		return Unknown, "", 0
	case known < len(members):
		return Partly, "", 0
	case !unlimited && f.Most() > ceiling:
		return Over, reason, ceiling
	}
	return Known, reason, 0
}

// Why returns the value of Finding.Known for f: why b accepts it, or "" if it does not.
func (b *Baseline) Why(f *finding.Finding) string {
	v, reason, _ := b.Look(f)
	if v != Known {
		return ""
	}
	if reason == "" {
		return "it is in the baseline"
	}
	return "it is in the baseline: " + reason
}

// See records that a run found f, so that its entries are not stale.
func (b *Baseline) See(f *finding.Finding) {
	for _, id := range membersOf(f) {
		b.seen[id] = true
	}
}

// Add adds an entry for each member of f. An existing entry keeps its reason, and its ceiling if ceiling is 0.
func (b *Baseline) Add(f *finding.Finding, ceiling int) {
	at := f.Position()
	for _, id := range membersOf(f) {
		had := b.entries[id]
		b.entries[id] = Entry{
			File: at.File, Function: at.Function, Rule: f.Rule, Identity: id, Package: f.Package, Scope: f.Scope,
			SQL: sqlOf(f, id), Max: cmp.Or(ceiling, had.Max), Reason: had.Reason,
		}
	}
}

// Remove removes entries.
func (b *Baseline) Remove(entries []Entry) {
	for _, e := range entries {
		delete(b.entries, e.Identity)
	}
}

// Entries returns all entries, in the order of the file.
func (b *Baseline) Entries() []Entry {
	all := make([]Entry, 0, len(b.entries))
	for _, e := range b.entries {
		all = append(all, e)
	}
	slices.SortFunc(all, func(x, y Entry) int {
		return cmp.Or(cmp.Compare(x.File, y.File), cmp.Compare(x.Function, y.Function), cmp.Compare(x.Rule, y.Rule), cmp.Compare(x.Identity, y.Identity))
	})
	return all
}

// maxSQL is the maximum length of a statement in an entry, in characters.
const maxSQL = 160

// sqlOf returns the statement of a member, "" when it is unknown.
func sqlOf(f *finding.Finding, id string) string {
	for _, s := range f.Statements {
		if s.Member != id && len(f.Statements) > 1 {
			continue
		}
		if text := []rune(s.Text); len(text) > maxSQL {
			return string(text[:maxSQL]) + "…"
		}
		return s.Text
	}
	return ""
}

// NewIn returns the statements of f that have no entry.
func (b *Baseline) NewIn(f *finding.Finding) (sql []string) {
	for _, id := range membersOf(f) {
		if _, ok := b.entries[id]; !ok {
			if text := sqlOf(f, id); text != "" {
				sql = append(sql, text)
			}
		}
	}
	return sql
}

// membersOf returns the identities of the entries for f.
func membersOf(f *finding.Finding) []string {
	if len(f.Members) > 0 {
		return f.Members
	}
	if f.Identity == "" {
		return nil
	}
	return []string{f.Identity}
}
