package report

import (
	"bufio"
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/printable"
)

// What readers make of SARIF 2.1.0, as of GitHub's code scanning:
//
//   - It shows the first location only, and no result without one. A file is relative to the repository's root, with
//     slashes, percent-encoded.
//   - It knows an alert again by partialFingerprints.primaryLocationLineHash, and by nothing else. Where that is missing, the
//     action that uploads the file makes one from the source lines, which changes with them. So ours is the identity.
//   - It shows at most 5,000 results of a run, those of the highest severity, and refuses a run of more than 25,000, or a file
//     of more than 10 MB compressed.
//   - Steps of a code flow are shown as a path. Rule help is shown as Markdown, a result's text as plain text in which [x](1)
//     would be a link; so brackets are escaped.
//   - It does not read suppressions or baselineState. Other readers hide what is suppressed.
//
// The types below are what is written of the format's many, one result at a time: libraries hold a whole report.

type sarifResult struct {
	RuleID              string             `json:"ruleId"`
	RuleIndex           *int               `json:"ruleIndex,omitempty"`
	Level               string             `json:"level"`
	Message             sarifMessage       `json:"message"`
	Locations           []sarifLocation    `json:"locations"`
	CodeFlows           []sarifCodeFlow    `json:"codeFlows,omitempty"`
	PartialFingerprints map[string]string  `json:"partialFingerprints"`
	OccurrenceCount     int                `json:"occurrenceCount,omitempty"`
	Suppressions        []sarifSuppression `json:"suppressions,omitempty"`
	Properties          map[string]any     `json:"properties"`
}

type sarifMessage struct {
	Text     string `json:"text"`
	Markdown string `json:"markdown,omitempty"`
}

type sarifLocation struct {
	Physical *sarifPhysical `json:"physicalLocation,omitempty"`
	Logical  []sarifLogical `json:"logicalLocations,omitempty"`
	Message  *sarifMessage  `json:"message,omitempty"`
}

type sarifPhysical struct {
	Artifact sarifArtifact `json:"artifactLocation"`
	Region   *sarifRegion  `json:"region,omitempty"`
}

type sarifArtifact struct {
	URI  string `json:"uri"`
	Base string `json:"uriBaseId,omitempty"`
}

type sarifRegion struct {
	StartLine int `json:"startLine"`
}

type sarifLogical struct {
	Name string `json:"fullyQualifiedName"`
	Kind string `json:"kind"`
}

type sarifCodeFlow struct {
	ThreadFlows []sarifThreadFlow `json:"threadFlows"`
}

type sarifThreadFlow struct {
	Locations []sarifStep `json:"locations"`
}

type sarifStep struct {
	Location   sarifLocation `json:"location"`
	Nesting    int           `json:"nestingLevel"`
	Importance string        `json:"importance"`
}

type sarifSuppression struct {
	Kind          string `json:"kind"`
	Justification string `json:"justification,omitempty"`
}

// writeSARIF writes one run with all rules and a result for each finding.
func writeSARIF(w *bufio.Writer, v *Stream, opts Options) error {
	w.WriteString("{\n  \"$schema\": \"https://json.schemastore.org/sarif-2.1.0.json\",\n  \"version\": \"2.1.0\",\n  \"runs\": [\n    {\n")
	members := []struct {
		name  string
		value any
	}{
		{"tool", sarifTool(v.Tool, opts.Rules)},
		{"automationDetails", map[string]string{"id": "nplusgone/"}},
		{"invocations", sarifInvocations(v.Runs)},
		{"originalUriBaseIds", map[string]any{sarifRoot: map[string]any{"description": sarifMessage{Text: "The root of the repository."}}}},
		{"columnKind", "utf16CodeUnits"},
	}
	for _, m := range members {
		fmt.Fprintf(w, "      %q: ", m.name)
		if err := writeValue(w, m.value, "      "); err != nil {
			return err
		}
		w.WriteString(",\n")
	}
	w.WriteString("      \"results\": [")
	n := 0
	err := v.Each(AllKinds, func(f *finding.Finding) error {
		w.WriteString(separator(n) + "\n        ")
		n++
		return writeValue(w, resultOf(f, opts), "        ")
	})
	if err != nil {
		return err
	}
	if n > 0 {
		w.WriteString("\n      ")
	}
	w.WriteString("]\n    }\n  ]\n}\n")
	return nil
}

// sarifRoot is what files are relative to.
const sarifRoot = "%SRCROOT%"

func resultOf(f *finding.Finding, opts Options) sarifResult {
	id := f.Key()
	r := sarifResult{
		RuleID: printable.Line(f.Rule), Level: sarifLevel(f, opts), Message: sarifMessage{Text: plainMessage(annotation(f)...)},
		Locations: []sarifLocation{}, CodeFlows: codeFlows(f, opts),
		PartialFingerprints: map[string]string{"nplusgoneIdentity/v1": id, "primaryLocationLineHash": id + ":1"},
		OccurrenceCount:     f.Count,
		Properties:          map[string]any{"evidenceLevel": f.Level, "scope": printable.Line(f.Scope), "members": f.Members},
	}
	if i := slices.IndexFunc(opts.Rules, func(rule *finding.Rule) bool { return rule.Name == f.Rule }); i >= 0 {
		r.RuleIndex = &i
	}
	if at, ok := sarifPlace(f.Position(), opts); ok {
		r.Locations = append(r.Locations, at)
	}
	if f.Known != "" {
		r.Suppressions = []sarifSuppression{{"external", printable.Line(f.Known)}}
	}
	return r
}

func sarifLevel(f *finding.Finding, opts Options) string {
	switch {
	case opts.counts(f):
		return "error"
	case KindOf(f) != Counted:
		return "note"
	}
	return "warning"
}

// sarifPlace returns a location; ok is false when the file is not known.
func sarifPlace(p finding.Position, opts Options) (at sarifLocation, ok bool) {
	if p.File == "" {
		return at, false
	}
	at.Physical = &sarifPhysical{Artifact: sarifArtifact{URI: uriOf(opts.file(p.File)), Base: sarifRoot}}
	if p.Line > 0 {
		at.Physical.Region = &sarifRegion{p.Line}
	}
	if p.Function != "" {
		at.Logical = []sarifLogical{{printable.Line(p.Function), "function"}}
	}
	return at, true
}

// uriOf returns a relative file as a URI reference.
func uriOf(file string) string {
	return (&url.URL{Path: strings.ToValidUTF8(strings.TrimLeft(strings.ReplaceAll(file, "\\", "/"), "/"), "\ufffd")}).String()
}

// codeFlows returns the way from the statement that fetched the rows, by the loop, to the statement that repeats.
func codeFlows(f *finding.Finding, opts Options) []sarifCodeFlow {
	var steps []sarifStep
	step := func(p finding.Position, nesting int, text ...string) {
		if at, ok := sarifPlace(p, opts); ok {
			at.Message = &sarifMessage{Text: plainMessage(text...)}
			steps = append(steps, sarifStep{Location: at, Nesting: nesting, Importance: "essential"})
		}
	}
	if f.Parent != nil {
		step(f.Parent.CallSite, 0, plural(f.Parent.Rows, "row")+" are fetched here", printable.SQL(f.Parent.Text, 0))
	}
	if f.Loop != nil {
		step(*f.Loop, 0, "this loop goes over them")
	}
	for i, s := range f.Statements {
		if i == maxStatements {
			break
		}
		step(cmp.Or(s.CallSite, f.CallSite), 1, "this statement runs "+number(s.Count)+" times", printable.SQL(s.Text, 0))
	}
	if len(steps) < 2 {
		return nil
	}
	return []sarifCodeFlow{{[]sarifThreadFlow{{steps}}}}
}

var brackets = strings.NewReplacer(`\`, `\\`, `[`, `\[`, `]`, `\]`)

// plainMessage joins lines as the text of a message, in which brackets make links.
func plainMessage(lines ...string) string { return brackets.Replace(strings.Join(lines, "\n")) }
