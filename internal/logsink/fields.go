package logsink

import (
	"fmt"
	"strings"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/printable"
)

// Group is the name of the field that holds all others.
const Group = "finding"

// Message returns the message of the record of f.
func Message(f *finding.Finding) string {
	if f.Message == "" {
		return printable.Line(f.Rule)
	}
	return printable.Line(f.Rule + ": " + f.Message)
}

// A FieldWriter receives the fields of a record, with a method for each type of value.
type FieldWriter interface {
	Text(key, value string)
	Int(key string, value int)
	Float(key string, value float64)
}

// Fields gives w the fields of f, in the order of the package's description. All loggers have their fields from here.
func Fields(f *finding.Finding, w FieldWriter) {
	text := func(key, value string) {
		if value != "" {
			w.Text(key, value)
		}
	}
	text("rule", printable.Line(f.Rule))
	text("level", f.Level.String())
	text("identity", printable.Line(f.Identity))
	w.Int("count", f.Count)
	w.Float("milliseconds", finding.RoundTime(f.Milliseconds()))
	if f.Saved > 0 {
		w.Int("saved", f.Saved)
	}
	text("scope", printable.Line(f.Scope))
	at := f.Position()
	text("file", printable.Line(at.File))
	if at.Line > 0 {
		w.Int("line", at.Line)
	}
	text("function", printable.Line(at.Function))
	text("calls", calls(f.Calls))
	if n := len(f.Statements); n > 0 {
		text("statement", printable.SQL(f.Statements[0].Text, 0))
		if n > 1 {
			w.Int("statements", n)
		}
	}
	if f.Parent != nil {
		text("parent", printable.SQL(f.Parent.Text, 0))
	}
	text("evidence", printable.Line(f.MainEvidence()))
	text("fix", printable.Line(f.Fix.Text))
	text("note", printable.Line(f.Note))
}

// calls returns the positions of calls, outermost first.
func calls(all []finding.Position) string {
	var text []string
	for _, c := range all {
		text = append(text, fmt.Sprintf("%s:%d", printable.Line(c.File), c.Line))
	}
	return strings.Join(text, " -> ")
}
