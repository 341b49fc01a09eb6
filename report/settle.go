package report

import (
	"cmp"
	"math"
	"slices"

	"github.com/nplusgone/nplusgone/finding"
)

// settled returns a copy of d as it is written: in the order of the format, with the schema's version, with [] where
// there is nothing, and with times in whole microseconds. d stays as it is.
func (d *Document) settled() *Document {
	if d == nil {
		d = &Document{}
	}
	s := &Document{Schema: SchemaVersion, Tool: d.Tool, Findings: make([]finding.Finding, 0, len(d.Findings)), Candidates: d.Candidates}
	for _, f := range d.Findings {
		s.Findings = append(s.Findings, settleFinding(f))
	}
	slices.SortStableFunc(s.Findings, compareFindings)
	s.Profile = settleProfile(d.Profile)
	s.Runs = mergeRuns(d.Runs)
	return s
}

func settleFinding(f finding.Finding) finding.Finding {
	// A finding that does not say how sure it is must not fail anybody's build.
	if f.Level < finding.Suspect || f.Level > finding.Proven {
		f.Level = finding.Suspect
	}
	f.Members = orEmpty(f.Members)
	f.Evidence = orEmpty(f.Evidence)
	f.Statements = orEmpty(settleStatements(f.Statements, slowestFirst))
	return f
}

func settleProfile(p finding.Profile) finding.Profile {
	p.Scopes = append([]finding.ScopeProfile{}, p.Scopes...)
	for i := range p.Scopes {
		s := &p.Scopes[i]
		s.Milliseconds = micro(s.Milliseconds)
		s.Slowest, s.Repeated = settleStatements(s.Slowest, slowestFirst), settleStatements(s.Repeated, mostRepeatedFirst)
	}
	slices.SortStableFunc(p.Scopes, func(a, b finding.ScopeProfile) int {
		return cmp.Or(cmp.Compare(b.Milliseconds, a.Milliseconds), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Package, b.Package))
	})
	return p
}

func settleStatements(stats []finding.StatementStat, order func(a, b finding.StatementStat) int) []finding.StatementStat {
	stats = slices.Clone(stats)
	for i := range stats {
		stats[i].Milliseconds = micro(stats[i].Milliseconds)
	}
	slices.SortStableFunc(stats, order)
	return stats
}

// micro rounds milliseconds to whole microseconds. Finer digits are noise, and without them the sums of merged reports
// do not depend on the order of the reports. What is no time, and what JSON cannot hold, counts as 0.
func micro(ms float64) float64 {
	rounded := math.Round(ms*1000) / 1000
	if !(rounded > 0) || math.IsInf(rounded, 1) { // also NaN
		return 0
	}
	return rounded
}

func orEmpty[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}
