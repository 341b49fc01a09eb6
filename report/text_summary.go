package report

import (
	"github.com/nplusgone/nplusgone/finding"

	"github.com/nplusgone/nplusgone/internal/printable"
)

// summary writes the last line: how much was found, and in how much.
func (t *text) summary(v *Stream) {
	w := watchedIn(v.Profile)
	if v.Tally.All() == 0 && w.statements == 0 {
		t.line(t.paint(yellow, "nothing was checked: "+w.nothing()))
		return
	}
	style := bold
	if v.Tally.From(finding.Suspect) == 0 {
		style = green
	}
	found := t.paint(style, v.Tally.found()) + v.Tally.levels()
	if n := v.Tally.Notes; n > 0 {
		found += ", " + plural(n, "note")
	}
	if n := v.Tally.Known; n > 0 {
		found += ", " + number(n) + " known"
	}
	t.line(list("; ", found, w.String()))
}

// missing writes a line for each package whose run is not whole.
func (t *text) missing(runs []finding.TestRun) {
	for _, r := range runs {
		if r.Untyped != "" {
			t.line(t.paint(yellow, "untyped: "+printable.Line(r.Package)+": rules about what becomes of rows were silent: "+printable.Line(r.Untyped)))
		}
		if r.Missing != "" {
			t.line(t.paint(yellow, "incomplete: "+printable.Line(r.Package)+": "+printable.Line(r.Missing)))
		}
	}
}

// found says how many findings there are.
func (t *Tally) found() string {
	if n := t.From(finding.Suspect); n > 0 {
		return plural(n, "finding")
	}
	return "no findings"
}

// levels says how many findings there are of each level, in brackets.
func (t *Tally) levels() string {
	levels := ""
	for _, l := range []finding.Level{finding.Proven, finding.Likely, finding.Suspect} {
		if n := t.Levels[l]; n > 0 {
			levels = list(", ", levels, number(n)+" "+l.String())
		}
	}
	if levels == "" {
		return ""
	}
	return " (" + levels + ")"
}

// watched is what a run saw, whatever was found in it.
type watched struct {
	scopes, statements, unscoped int
	milliseconds                 float64
}

func watchedIn(p finding.Profile) watched {
	var w watched
	for _, s := range p.Scopes {
		w.scopes += s.Scopes
		w.statements += s.Statements
		w.milliseconds += s.Milliseconds
	}
	if p.Unscoped != nil {
		w.unscoped = p.Unscoped.Statements
	}
	return w
}

// nothing says why nothing was checked: such a run must not look like a clean one.
func (w watched) nothing() string {
	switch {
	case w.unscoped > 0:
		return plural(w.unscoped, "statement") + " ran, but outside every scope; give each test, request or job a scope"
	case w.scopes > 0:
		return "no statement ran in " + plural(w.scopes, "scope")
	}
	return "no statement ran on a watched database"
}

func (w watched) String() string {
	var in, out string
	if w.statements > 0 {
		in = list(", ", plural(w.statements, "statement")+" in "+plural(w.scopes, "scope"), duration(w.milliseconds))
	}
	if w.unscoped > 0 {
		out = plural(w.unscoped, "statement") + " outside every scope"
	}
	return list("; ", in, out)
}
