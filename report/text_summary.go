package report

import (
	"github.com/nplusgone/nplusgone/detector"
)

// summary writes the last line: how much was found, and in how much.
func (t *text) summary(doc *Document) {
	w := watchedIn(doc.Profile)
	if len(doc.Findings) == 0 && w.statements == 0 {
		t.line(t.paint(yellow, "nothing was checked: "+w.nothing()))
		return
	}
	found, notes := t.found(doc.Findings)
	if notes > 0 {
		found += ", " + plural(notes, "note")
	}
	t.line(list("; ", found, w.String()))
}

// found counts the findings by level, and the notes.
func (t *text) found(findings []detector.Finding) (found string, notes int) {
	byLevel, counted := map[detector.Level]int{}, 0
	for _, f := range findings {
		if f.Note != "" {
			notes++
			continue
		}
		byLevel[f.Level]++
		counted++
	}
	if counted == 0 {
		return t.paint(green, "no findings"), notes
	}
	levels := ""
	for _, l := range []detector.Level{detector.Proven, detector.Likely, detector.Suspect} {
		if n := byLevel[l]; n > 0 {
			levels = list(", ", levels, number(n)+" "+l.String())
		}
	}
	return t.paint(bold, plural(counted, "finding")) + " (" + levels + ")", notes
}

// watched is what a run saw, whatever was found in it.
type watched struct {
	scopes, statements, unscoped int
	milliseconds                 float64
}

func watchedIn(p detector.Profile) watched {
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
