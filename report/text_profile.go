package report

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/printable"
)

// profile writes what each scope did: a table, and below each scope its slowest and its most repeated statements.
func (t *text) profile(p finding.Profile) {
	if len(p.Scopes) == 0 {
		return
	}
	names := len("scope")
	for _, s := range p.Scopes {
		names = max(names, utf8.RuneCountInString(scopeName(s)))
	}
	row := func(name, scopes, statements, rows, ms, errors string) string {
		pad := strings.Repeat(" ", names-utf8.RuneCountInString(name))
		return strings.TrimRight(fmt.Sprintf("%s%s  %6s  %10s  %9s  %9s  %s", name, pad, scopes, statements, rows, ms, errors), " ")
	}
	t.line(t.paint(dim, row("scope", "times", "statements", "rows", "time", "")))
	for _, s := range p.Scopes {
		errors := ""
		if s.Errors > 0 {
			errors = plural(s.Errors, "error")
		}
		t.line(row(scopeName(s), number(s.Scopes), number(s.Statements), number(s.Rows), duration(s.Milliseconds), errors))
		t.profiled("slowest", s.Slowest)
		t.profiled("repeated", unlisted(s.Repeated, s.Slowest)) // those are seen already, with their counts
		if s.Shed != "" {
			t.row("not kept", printable.Line(s.Shed))
		}
	}
	t.blank()
}

// profiled writes statements below a label, with their numbers in columns.
func (t *text) profiled(label string, stats []finding.StatementStat) {
	for _, s := range stats {
		t.row(label, fmt.Sprintf("%9s  %10s  %s", number(s.Count)+" ×", duration(s.Milliseconds), printable.SQL(s.Text, t.maxSQL)))
		label = ""
	}
}

// unlisted returns the stats that listed has not.
func unlisted(stats, listed []finding.StatementStat) []finding.StatementStat {
	return slices.DeleteFunc(slices.Clone(stats), func(s finding.StatementStat) bool {
		return slices.ContainsFunc(listed, func(l finding.StatementStat) bool { return finding.SameStatement(l, s) })
	})
}

func scopeName(s finding.ScopeProfile) string {
	if s.Name == "" {
		return "(no name)"
	}
	if s.Package != "" {
		return printable.Line(s.Name + " of " + s.Package)
	}
	return printable.Line(s.Name)
}
