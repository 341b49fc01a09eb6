// Package baseline keeps the findings that a team knows and lives with for now, so that a check fails on new ones only.
//
// A baseline is a file of JSON objects, one a line and sorted, so that version control merges it line by line. The first
// line names the form; every other one is an entry: one statement of one finding, by its identity. A finding is known
// when all its members are, so fixing one of a dozen statements of a loop makes no new finding. Lines of the source have
// no part in it.
package baseline

import (
	"cmp"
	"slices"

	"github.com/nplusgone/nplusgone/finding"
)

// Schema names the form of the file.
const Schema = "nplusgone.baseline/v1"

// An Entry is one known statement of a finding. Only Identity, Max and Reason mean something to a check; the rest is for
// people, and for telling which entries a run could have seen.
type Entry struct {
	File     string `json:"file"`
	Function string `json:"function,omitempty"`
	Rule     string `json:"rule"`
	Identity string `json:"identity"`
	Package  string `json:"package,omitempty"` // whose tests found it
	Scope    string `json:"scope,omitempty"`   // the test, route or job that it was found in
	SQL      string `json:"sql,omitempty"`     // the statement, normalised, as far as it fits on a line
	Max      int    `json:"max,omitempty"`     // the ceiling: more statements in one run are new; 0 for none
	Reason   string `json:"reason,omitempty"`  // why it may stay
}

// A Baseline is a set of entries. It is not safe for concurrent writing.
type Baseline struct {
	entries map[string]Entry // by identity
	seen    map[string]bool  // identities that a run found, at any level
}

// New returns an empty baseline.
func New() *Baseline { return &Baseline{entries: make(map[string]Entry), seen: make(map[string]bool)} }

// Len returns how many entries there are.
func (b *Baseline) Len() int { return len(b.entries) }

// A Verdict says what a baseline knows of a finding.
type Verdict uint8

// The verdicts.
const (
	Unknown Verdict = iota
	Partly          // some of its members are known, and one is not
	Over            // it is known, and ran more often than its ceiling allows
	Known
)

// Look says what b knows of f, and for what is known or over its ceiling why and how much is allowed.
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

// Why returns what Finding.Known says of f: "" for what is not known.
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

// See notes that a run found f: its entries are not stale.
func (b *Baseline) See(f *finding.Finding) {
	for _, id := range membersOf(f) {
		b.seen[id] = true
	}
}

// Add enters the members of f. Entries that are there keep their reason, and their ceiling unless one is given.
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

// Remove takes entries out.
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

// maxSQL is how many characters of a statement an entry has.
const maxSQL = 160

// sqlOf returns the statement of a member, "" when it is not known.
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

// NewIn returns the statements of f that b does not know.
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

// membersOf returns what f is entered as.
func membersOf(f *finding.Finding) []string {
	if len(f.Members) > 0 {
		return f.Members
	}
	if f.Identity == "" {
		return nil
	}
	return []string{f.Identity}
}
