package baseline

import (
	"github.com/nplusgone/nplusgone/finding"
)

// Stale returns the entries that a run could have found again and did not. An entry is judged only if the scope that it was
// found in ran and was checked, or all tests of its package ran and all was checked; others are not stale. See is called
// for every finding before.
func (b *Baseline) Stale(profile finding.Profile, runs []finding.TestRun) []Entry {
	type scope struct{ pkg, name string }
	checked := make(map[scope]bool)
	for _, s := range profile.Scopes {
		checked[scope{s.Package, s.Name}] = len(s.NotChecked) == 0
	}
	complete := make(map[string]bool) // by package
	for _, r := range runs {
		complete[r.Package] = r.Whole && r.Missing == "" && r.Untyped == "" && len(profile.NotChecked) == 0
	}
	var stale []Entry
	for _, e := range b.Entries() {
		if !b.seen[e.Identity] && (checked[scope{e.Package, e.Scope}] || complete[e.Package]) {
			stale = append(stale, e)
		}
	}
	return stale
}
