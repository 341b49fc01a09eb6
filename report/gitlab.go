package report

import (
	"bufio"
	"strings"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/printable"
)

// How GitLab reads a code quality report: it is an array of issues. GitLab compares the fingerprints of a merge request's
// report with those of the target branch, to show new and fixed issues; two issues of one fingerprint are one. A path has
// no ./ before it, a line begins at 1, and there are five severities. Nothing else is read.

type gitlabIssue struct {
	Description string         `json:"description"`
	CheckName   string         `json:"check_name"`
	Fingerprint string         `json:"fingerprint"`
	Severity    string         `json:"severity"` // info, minor, major, critical or blocker
	Location    gitlabLocation `json:"location"`
}

type gitlabLocation struct {
	Path  string      `json:"path"`
	Lines gitlabLines `json:"lines"`
}

type gitlabLines struct {
	Begin int `json:"begin"`
}

// writeGitLab writes an issue for each finding and for each gap. A finding that does not count is information: left out,
// it would be shown as fixed.
func writeGitLab(w *bufio.Writer, s *Stream, opts Options) error {
	w.WriteString("[")
	n := 0
	write := func(issue gitlabIssue) error {
		w.WriteString(separator(n) + "\n  ")
		n++
		return writeValue(w, issue, "  ")
	}
	for _, g := range s.gaps() {
		if err := write(issueOfGap(g, opts)); err != nil {
			return err
		}
	}
	err := s.Each(AllKinds, func(f *finding.Finding) error { return write(issueOf(f, opts)) })
	if n > 0 {
		w.WriteString("\n")
	}
	w.WriteString("]\n")
	return err
}

func issueOf(f *finding.Finding, opts Options) gitlabIssue {
	p := f.Position()
	text := printable.Line(f.Headline())
	if len(f.Statements) > 0 {
		text += ": " + printable.SQL(f.Statements[0].Text, 0)
	}
	issue := gitlabIssue{
		Description: text, CheckName: f.Rule, Fingerprint: f.Key(), Severity: "info",
		Location: gitlabLocation{Path: strings.TrimPrefix(opts.file(p.File), "./"), Lines: gitlabLines{max(p.Line, 1)}},
	}
	if issue.Location.Path == "" {
		issue.Location.Path = "unknown"
	}
	if opts.counts(f) {
		issue.Severity = map[finding.Level]string{finding.Suspect: "minor", finding.Likely: "major", finding.Proven: "critical"}[f.Level]
	}
	return issue
}

// issueOfGap returns an issue at the module's go.mod: an issue needs a file, and a gap has none.
func issueOfGap(g gap, opts Options) gitlabIssue {
	text := printable.Line(list(": ", g.kind, g.pkg, g.why))
	return gitlabIssue{
		Description: text, CheckName: "not-checked", Fingerprint: "not-checked " + text, Severity: "major",
		Location: gitlabLocation{Path: opts.file("go.mod"), Lines: gitlabLines{1}},
	}
}
