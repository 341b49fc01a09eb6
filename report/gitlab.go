package report

import (
	"bufio"
	"strings"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/printable"
)

// What GitLab makes of a code quality report: an array of issues. It compares the fingerprints of a merge request's report
// with those of its target branch, so that new and fixed ones show; two issues of one fingerprint are one. It wants a
// path without ./ before it, a line from 1 on, and one of five severities; it reads no more than this.

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

// writeGitLab writes a code quality report. Findings that do not count are there as information: one that left the report
// would show as fixed.
func writeGitLab(w *bufio.Writer, v *Stream, opts Options) error {
	w.WriteString("[")
	n := 0
	err := v.Each(AllKinds, func(f *finding.Finding) error {
		w.WriteString(separator(n) + "\n  ")
		n++
		return writeValue(w, issueOf(f, opts), "  ")
	})
	if n > 0 {
		w.WriteString("\n")
	}
	w.WriteString("]\n")
	return err
}

func issueOf(f *finding.Finding, opts Options) gitlabIssue {
	p := f.Position()
	text := printable.Line(f.Message)
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
