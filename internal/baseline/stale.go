package baseline

import (
	"github.com/nplusgone/nplusgone/finding"
)

// Stale returns the entries that a run should have found again and did not. What the run did not cover is not stale: an
// entry is judged only when the scope that it was found in ran, or when all tests of its package did. See has to be told
// of every finding before.
func (b *Baseline) Stale(profile finding.Profile, runs []finding.TestRun) []Entry {
	type scope struct{ pkg, name string }
	ran := make(map[scope]bool)
	for _, s := range profile.Scopes {
		ran[scope{s.Package, s.Name}] = true
	}
	whole := make(map[string]bool)
	for _, r := range runs {
		whole[r.Package] = r.Whole && r.Missing == "" && r.Untyped == ""
	}
	var stale []Entry
	for _, e := range b.Entries() {
		if !b.seen[e.Identity] && (ran[scope{e.Package, e.Scope}] || whole[e.Package]) {
			stale = append(stale, e)
		}
	}
	return stale
}
