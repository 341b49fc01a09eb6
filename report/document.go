package report

import (
	"slices"

	"github.com/nplusgone/nplusgone/finding"
)

// SchemaVersion is the version of the JSON form that this package writes. Fields may be added without a new version, so
// readers must ignore unknown fields. A field that changes its meaning or is removed raises the version.
const SchemaVersion = "nplusgone.report/v1"

// A Document is a whole report: what was found, and what ran. Its zero value is the report of a process in which no
// statement ran. It can be read from its JSON form with encoding/json.
type Document struct {
	Schema   string             `json:"schema"`             // SchemaVersion; Write sets it
	Tool     Tool               `json:"tool,omitzero"`      // the program that wrote the document; optional
	Findings []finding.Finding  `json:"findings"`           // Write sorts them
	Profile  finding.Profile    `json:"profile"`            // what ran
	Runs     []finding.TestRun  `json:"runs,omitempty"`     // one for each package whose kept runs are in the document
	Deferred []finding.Deferred `json:"deferred,omitempty"` // statements that can be judged once the source is available
}

// A Tool is the program that wrote a document.
type Tool struct {
	Name    string `json:"name"`
	Version string `json:"version,omitempty"`
}

// Incomplete returns why the absence of findings in d is inconclusive; see Stream.Incomplete.
func (d *Document) Incomplete() []string { return d.stream().Incomplete() }

// stream returns d, normalized and sorted, as a Stream. d is not changed, and nil is an empty document.
func (d *Document) stream() *Stream {
	if d == nil {
		d = &Document{}
	}
	findings := make([]finding.Finding, 0, len(d.Findings))
	for _, f := range d.Findings {
		findings = append(findings, finding.Normalize(f))
	}
	finding.Sort(findings)
	s := &Stream{Tool: d.Tool, Profile: finding.NormalizeProfile(d.Profile), Runs: slices.Clone(d.Runs), Deferred: d.Deferred}
	for i := range findings {
		s.Tally.Add(KindOf(&findings[i]), findings[i].Level, findings[i].SetAsideBy())
	}
	s.Each = func(kinds Kind, fn func(*finding.Finding) error) error {
		for i := range findings {
			if kinds&KindOf(&findings[i]) == 0 {
				continue
			}
			if err := fn(&findings[i]); err != nil {
				return err
			}
		}
		return nil
	}
	return s
}
