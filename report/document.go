package report

import (
	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/analysis"
)

// SchemaVersion names the JSON form that this package writes. Fields may be added without a new version, so readers must
// ignore the ones they do not know; a field that changes or goes away raises it.
const SchemaVersion = schemaPrefix + "1"

const schemaPrefix = "nplusgone.report/v"

// A Document is a whole report: what was found, and what ran. Its zero value is the report of a run in which nothing ran.
type Document struct {
	Schema   string            `json:"schema"`        // SchemaVersion; Write fills it in
	Tool     Tool              `json:"tool,omitzero"` // what wrote the document; optional
	Findings []finding.Finding `json:"findings"`
	Profile  finding.Profile   `json:"profile"`
	Runs     []Run             `json:"runs,omitempty"` // the kept runs that it was merged from, by package

	// Candidates are statements of a run without source that only the source can judge: see detector.Reconsider.
	Candidates []analysis.Candidate `json:"candidates,omitempty"`
}

// A Run says of one package's tests whether their kept runs are whole.
type Run struct {
	Package string `json:"package"`           // its import path
	Whole   bool   `json:"whole"`             // all its tests were asked for, and ran to their end
	Missing string `json:"missing,omitempty"` // why something is missing of it; such a report is no proof that nothing is wrong
	Untyped string `json:"untyped,omitempty"` // why rules about what becomes of rows were silent in some of it
}

// A Tool names the program that wrote a document.
type Tool struct {
	Name    string `json:"name"`
	Version string `json:"version,omitempty"`
}
