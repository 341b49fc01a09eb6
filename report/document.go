package report

import (
	"cmp"
	"math"
	"slices"

	"github.com/nplusgone/nplusgone/detector"
)

// SchemaVersion names the JSON form that this package writes. Fields may be added without a new version, so readers must
// ignore the ones they do not know; a field that changes or goes away raises it.
const SchemaVersion = schemaPrefix + "1"

const schemaPrefix = "nplusgone.report/v"

// A Document is a whole report: what was found, and what ran. Its zero value is the report of a run in which nothing ran.
type Document struct {
	Schema   string             `json:"schema"`        // SchemaVersion; Write fills it in
	Tool     Tool               `json:"tool,omitzero"` // what wrote the document; optional
	Findings []detector.Finding `json:"findings"`
	Profile  detector.Profile   `json:"profile"`
}

// A Tool names the program that wrote a document.
type Tool struct {
	Name    string `json:"name"`
	Version string `json:"version,omitempty"`
}

// settled returns a copy of d as it is written: in the order of the format, with the schema's version, with [] where
// there is nothing, and with times in whole microseconds. d stays as it is.
func (d *Document) settled() *Document {
	if d == nil {
		d = &Document{}
	}
	s := &Document{Schema: SchemaVersion, Tool: d.Tool, Findings: make([]detector.Finding, 0, len(d.Findings))}
	for _, f := range d.Findings {
		s.Findings = append(s.Findings, settleFinding(f))
	}
	slices.SortStableFunc(s.Findings, compareFindings)
	s.Profile = settleProfile(d.Profile)
	return s
}

// compareFindings orders findings by where they are, then by what they are. The scope comes last: one place can be
// reported from several.
func compareFindings(a, b detector.Finding) int {
	p, q := a.Place(), b.Place()
	return cmp.Or(
		cmp.Compare(p.File, q.File),
		cmp.Compare(p.Line, q.Line),
		cmp.Compare(a.Rule, b.Rule),
		cmp.Compare(a.Identity, b.Identity),
		cmp.Compare(a.Scope, b.Scope),
	)
}

func settleFinding(f detector.Finding) detector.Finding {
	// A finding that does not say how sure it is must not fail anybody's build.
	if f.Level < detector.Suspect || f.Level > detector.Proven {
		f.Level = detector.Suspect
	}
	f.Members = orEmpty(f.Members)
	f.Evidence = orEmpty(f.Evidence)
	f.Statements = orEmpty(settleStatements(f.Statements))
	return f
}

func settleProfile(p detector.Profile) detector.Profile {
	p.Scopes = append([]detector.ScopeProfile{}, p.Scopes...)
	for i := range p.Scopes {
		s := &p.Scopes[i]
		s.Milliseconds = micro(s.Milliseconds)
		s.Slowest, s.Repeated = settleStatements(s.Slowest), settleStatements(s.Repeated)
	}
	slices.SortStableFunc(p.Scopes, func(a, b detector.ScopeProfile) int {
		return cmp.Or(cmp.Compare(b.Milliseconds, a.Milliseconds), cmp.Compare(a.Name, b.Name))
	})
	return p
}

func settleStatements(stats []detector.StatementStat) []detector.StatementStat {
	stats = slices.Clone(stats)
	for i := range stats {
		stats[i].Milliseconds = micro(stats[i].Milliseconds)
	}
	return stats
}

// micro rounds milliseconds to whole microseconds. Finer digits are noise, and without them the sums of merged reports
// do not depend on the order of the reports. What JSON cannot hold counts as 0.
func micro(ms float64) float64 {
	if math.IsNaN(ms) || math.IsInf(ms, 0) {
		return 0
	}
	return math.Round(ms*1000) / 1000
}

func orEmpty[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}
