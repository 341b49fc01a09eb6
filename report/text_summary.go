package report

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/printable"
)

// summary writes the last line: what was found, and in how much. It is green only when nothing was found and all was
// checked.
func (t *text) summary(s *Stream) {
	a := activityOf(s.Profile)
	if s.Tally.All() == 0 && a.statements == 0 {
		t.line(t.paint(yellow, "nothing was checked: "+a.nothing()))
		return
	}
	found := s.Tally.found()
	if n := s.Tally.Notes; n > 0 {
		found += ", " + plural(n, "note")
	}
	if n := s.Tally.Known; n > 0 {
		found += ", " + number(n) + " known"
	}
	inconclusive := ""
	switch clean := s.Tally.From(finding.Suspect) == 0; {
	case clean && len(s.gaps()) > 0:
		found = t.paint(yellow, found)
		inconclusive = t.paint(yellow, "the result is inconclusive")
	case clean:
		found = t.paint(green, found)
	default:
		found = t.paint(bold, found)
	}
	t.line(list("; ", found, a.String(), inconclusive))
}

// limits writes what was not checked and why, and what was set aside.
func (t *text) limits(s *Stream) {
	entries := 0
	for _, g := range s.gaps() {
		if g.kind == nothingRan {
			continue // the summary says it
		}
		if g.kind == notChecked {
			entries++
		}
		if entries <= maxListed || t.verbose {
			t.line(t.paint(yellow, printable.Line(list(": ", g.kind, g.pkg, g.why))))
		}
	}
	if entries > maxListed && !t.verbose {
		t.line(t.paint(yellow, fmt.Sprintf("%s: %d more: -v shows them", notChecked, entries-maxListed)))
	}
	t.untyped(s.Runs)
	if text := unread(s.Profile); text != "" {
		t.line(t.paint(yellow, text))
	}
	if text := rowUse(s.Profile); text != "" {
		t.line(t.paint(dim, text))
		if t.verbose {
			for _, why := range s.Profile.RowUse.Unknown {
				t.line(t.paint(dim, indent+printable.Line(why)))
			}
		}
	}
	if text := s.Tally.setAside(); text != "" {
		t.line(t.paint(dim, text))
	}
}

// untyped writes which packages could not be type-checked.
func (t *text) untyped(runs []finding.TestRun) {
	first := true
	for _, r := range runs {
		if r.Untyped == "" {
			continue
		}
		if first {
			t.line(t.paint(yellow, "These packages could not be type-checked, so rules about the use of rows did not run:"))
			first = false
		}
		t.line(t.paint(yellow, indent+printable.Line(r.Package+": "+r.Untyped)))
	}
}

// profile writes what each scope ran: a table, and below each scope its slowest and its most repeated statements.
func (t *text) profile(p finding.Profile) {
	if len(p.Scopes) == 0 {
		return
	}
	width := len("scope")
	for _, s := range p.Scopes {
		width = max(width, utf8.RuneCountInString(printable.Line(s.Title())))
	}
	row := func(name, scopes, statements, rows, ms, errors string) string {
		pad := strings.Repeat(" ", width-utf8.RuneCountInString(name))
		return strings.TrimRight(fmt.Sprintf("%s%s  %6s  %10s  %9s  %9s  %s", name, pad, scopes, statements, rows, ms, errors), " ")
	}
	t.line(t.paint(dim, row("scope", "times", "statements", "rows", "time", "")))
	for _, s := range p.Scopes {
		errors := ""
		if s.Errors > 0 {
			errors = plural(s.Errors, "error")
		}
		t.line(row(printable.Line(s.Title()), number(s.Scopes), number(s.Statements), number(s.Rows), duration(s.Milliseconds), errors))
		t.profiled("slowest", s.Slowest)
		t.profiled("repeated", slices.DeleteFunc(slices.Clone(s.Repeated), func(r finding.StatementStat) bool { // listed already
			return slices.ContainsFunc(s.Slowest, func(l finding.StatementStat) bool { return finding.SameStatement(l, r) })
		}))
		if s.Shed != "" {
			t.row("not kept", printable.Line(s.Shed))
		}
	}
	t.blank()
}

// profiled writes statements with their numbers in columns.
func (t *text) profiled(label string, stats []finding.StatementStat) {
	for _, s := range stats {
		t.row(label, fmt.Sprintf("%9s  %10s  %s", number(s.Count)+" ×", duration(s.Milliseconds), printable.SQL(s.Text, t.maxSQL)))
		label = ""
	}
}
