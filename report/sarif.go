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

// How GitHub's code scanning reads SARIF 2.1.0:
//
//   - It shows only the first location, and no result without one. A file is relative to the repository's root, with
//     slashes, percent-encoded.
//   - It recognises an alert by partialFingerprints.primaryLocationLineHash alone. Where that is missing, the action that
//     uploads the file computes it from the source lines, so that it changes with them. Here it is the finding's identity.
//   - It shows at most 5,000 results of a run, those of the highest severity, and refuses a run of more than 25,000 and a
//     file of more than 10 MB compressed.
//   - It shows the steps of a code flow as a path. A rule's help is Markdown. A result's text is plain text in which [x](1)
//     would be a link, so brackets are escaped.
//   - It ignores suppressions and baselineState. Other readers hide suppressed results.
//
// The types below are the part of the format that is written here. Results are written one at a time; SARIF libraries
// hold a whole report in memory.

type sarifResult struct {
	RuleID              string             `json:"ruleId"`
	RuleIndex           *int               `json:"ruleIndex,omitempty"`
	Level               string             `json:"level"`
	Message             sarifMessage       `json:"message"`
	Locations           []sarifLocation    `json:"locations"`
	RelatedLocations    []sarifLocation    `json:"relatedLocations,omitempty"`
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

// writeSARIF writes one SARIF run with the rules and a result for each finding.
func writeSARIF(w *bufio.Writer, s *Stream, opts Options) error {
	w.WriteString("{\n  \"$schema\": \"https://json.schemastore.org/sarif-2.1.0.json\",\n  \"version\": \"2.1.0\",\n  \"runs\": [\n    {\n")
	members := []struct {
		name  string
		value any
	}{
		{"tool", sarifTool(s.Tool, opts.Rules)},
		{"automationDetails", map[string]string{"id": "nplusgone/"}},
		{"invocations", sarifInvocations(s.gaps())},
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
	err := s.Each(AllKinds, func(f *finding.Finding) error {
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

const homepage = "https://github.com/nplusgone/nplusgone"

// sarifTool describes the tool and the rules, whether or not they found anything.
func sarifTool(t Tool, all []*finding.Rule) map[string]any {
	rules := []map[string]any{}
	for _, r := range all {
		rules = append(rules, sarifRule(r))
	}
	driver := map[string]any{"name": cmp.Or(t.Name, "nplusgone"), "informationUri": homepage, "rules": rules}
	if t.Version != "" {
		driver["version"] = t.Version
	}
	return map[string]any{"driver": driver}
}

func sarifRule(r *finding.Rule) map[string]any {
	precision, level := "medium", "warning"
	switch r.Max {
	case finding.Proven:
		precision, level = "very-high", "error"
	case finding.Likely:
		precision, level = "high", "error"
	}
	return map[string]any{
		"id":                   r.Name,
		"shortDescription":     sarifMessage{Text: r.Title},
		"fullDescription":      sarifMessage{Text: r.Doc},
		"helpUri":              homepage + "/blob/main/docs/rules.md#" + r.Name,
		"help":                 ruleHelp(r),
		"defaultConfiguration": map[string]string{"level": level},
		"properties":           map[string]any{"precision": precision, "problem.severity": level, "tags": []string{"performance", "database", "sql"}},
	}
}

func ruleHelp(r *finding.Rule) sarifMessage {
	return sarifMessage{
		Text: fmt.Sprintf("%s\n\nCost: %s\n\nLevels: %s\n\nFix: %s", r.Doc, r.Cost, r.Proof, r.Fix),
		Markdown: fmt.Sprintf("%s\n\n**Cost.** %s\n\n**Levels.** %s\n\n**Fix.** %s\n\n**What is not reported.** %s",
			r.Doc, r.Cost, r.Proof, r.Fix, r.Quiet),
	}
}

// sarifInvocations says whether all was checked, and what was not.
func sarifInvocations(gaps []gap) []map[string]any {
	notes := []map[string]any{}
	for _, g := range gaps {
		notes = append(notes, map[string]any{"level": "error", "message": sarifMessage{Text: plainMessage(printable.Line(list(": ", g.pkg, g.why)))}})
	}
	return []map[string]any{{"executionSuccessful": len(notes) == 0, "toolExecutionNotifications": notes}}
}

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
	if at, ok := sarifPosition(f.Position(), opts); ok {
		r.Locations = append(r.Locations, at)
	}
	if f.OtherLoop != nil {
		if at, ok := sarifPosition(*f.OtherLoop, opts); ok {
			at.Message = &sarifMessage{Text: "this loop explains the repetition as well"}
			r.RelatedLocations = append(r.RelatedLocations, at)
		}
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

// sarifRoot is the name of the folder that files are relative to.
const sarifRoot = "%SRCROOT%"

// sarifPosition returns a location; ok is false when the file is unknown.
func sarifPosition(p finding.Position, opts Options) (at sarifLocation, ok bool) {
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

// codeFlows returns the path from the parent to the loop, through the calls, to the statements.
func codeFlows(f *finding.Finding, opts Options) []sarifCodeFlow {
	var steps []sarifStep
	step := func(p finding.Position, nesting int, text ...string) {
		if at, ok := sarifPosition(p, opts); ok {
			at.Message = &sarifMessage{Text: plainMessage(text...)}
			steps = append(steps, sarifStep{Location: at, Nesting: nesting, Importance: "essential"})
		}
	}
	if f.Parent != nil {
		step(f.Parent.CallSite, 0, "this query returns "+plural(f.Parent.Rows, "row"), printable.SQL(f.Parent.Text, 0))
	}
	if f.Loop != nil {
		step(*f.Loop, 0, "this loop repeats the query")
	}
	statements := f.Statements[:min(len(f.Statements), maxStatements)]
	for _, c := range f.Calls {
		isStatement := slices.ContainsFunc(statements, func(s finding.StatementStat) bool { return s.CallSite.File == c.File && s.CallSite.Line == c.Line })
		if !isStatement { // else it is one of the steps below
			step(c, 1, "this call leads to the query")
		}
	}
	for _, s := range statements {
		step(cmp.Or(s.CallSite, f.CallSite), 1, "this query runs "+times(s.Count), printable.SQL(s.Text, 0))
	}
	if len(steps) < 2 {
		return nil
	}
	return []sarifCodeFlow{{[]sarifThreadFlow{{steps}}}}
}

var brackets = strings.NewReplacer(`\`, `\\`, `[`, `\[`, `]`, `\]`)

// plainMessage joins lines to the text of a message, and escapes the brackets of links.
func plainMessage(lines ...string) string { return brackets.Replace(strings.Join(lines, "\n")) }
