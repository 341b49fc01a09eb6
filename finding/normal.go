package finding

import (
	"math"
	"slices"
)

// Normalize returns f in the form in which reports have it: a level that exists, [] for lists that are always written,
// statements in their order, times in whole microseconds. f itself is not changed.
func Normalize(f Finding) Finding {
	if f.Level < Suspect || f.Level > Proven {
		f.Level = Suspect // an unknown level must not fail a build
	}
	f.Members = notNil(f.Members)
	f.Evidence = notNil(f.Evidence)
	f.Statements = notNil(normalizeStatements(f.Statements, SlowestFirst))
	return f
}

// NormalizeProfile returns p in the form in which reports have it: scopes and their statements in their order, times in
// whole microseconds, what the scopes say of unread types, of the use of rows and of what was not checked also in the profile. p itself is not
// changed.
func NormalizeProfile(p Profile) Profile {
	p.Scopes = append([]ScopeProfile{}, p.Scopes...)
	p.RowUse = nil
	for i := range p.Scopes {
		s := &p.Scopes[i]
		p.UnreadTypes = append(p.UnreadTypes[:len(p.UnreadTypes):len(p.UnreadTypes)], s.UnreadTypes...)
		for _, text := range s.NotChecked {
			p.NotChecked = append(p.NotChecked[:len(p.NotChecked):len(p.NotChecked)], s.Title()+": "+text)
		}
		p.RowUse = p.RowUse.Add(s.RowUse)
		s.Milliseconds = RoundTime(s.Milliseconds)
		s.Slowest = normalizeStatements(s.Slowest, SlowestFirst)
		s.Repeated = normalizeStatements(s.Repeated, MostRepeatedFirst)
	}
	slices.SortStableFunc(p.Scopes, SlowestScopeFirst)
	p.UnreadTypes, p.NotChecked = distinct(p.UnreadTypes), distinct(p.NotChecked)
	return p
}

// distinct returns the different strings in all, sorted; nil for none.
func distinct(all []string) []string {
	if len(all) == 0 {
		return nil
	}
	all = slices.Clone(all)
	slices.Sort(all)
	return slices.Compact(all)
}

func normalizeStatements(stats []StatementStat, order func(a, b StatementStat) int) []StatementStat {
	stats = slices.Clone(stats)
	for i := range stats {
		stats[i].Milliseconds = RoundTime(stats[i].Milliseconds)
	}
	slices.SortStableFunc(stats, order)
	return stats
}

// RoundTime rounds milliseconds to whole microseconds, so that sums do not depend on the order of addition. Negative
// numbers, and numbers that JSON cannot hold, become 0.
func RoundTime(ms float64) float64 {
	rounded := math.Round(ms*1000) / 1000
	if !(rounded > 0) || math.IsInf(rounded, 1) { // the first is also true for NaN
		return 0
	}
	return rounded
}

func notNil[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}
