package report

import (
	"fmt"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/printable"
)

// logGroup is the field that holds all others.
const logGroup = "finding"

// logMessage is the message of a record.
func logMessage(f *finding.Finding) string {
	what := printable.Line(f.Message)
	if what == "" {
		what = plural(f.Count, "statement")
	}
	return fmt.Sprintf("%s: %s", printable.Line(f.Rule), what)
}

// A fieldWriter takes the fields of a record, one method a type, so that no logger has to look into an any.
type fieldWriter interface {
	text(key, value string)
	integer(key string, value int)
	float(key string, value float64)
}

// logFields gives w the fields of f in their order. Both loggers have theirs from here, so they cannot differ.
func logFields(f *finding.Finding, w fieldWriter) {
	text := func(key, value string) {
		if value != "" {
			w.text(key, value)
		}
	}
	text("rule", printable.Line(f.Rule))
	text("level", f.Level.String())
	text("identity", printable.Line(f.Identity))
	w.integer("count", f.Count)
	w.float("milliseconds", finding.RoundTime(f.Milliseconds()))
	text("scope", printable.Line(f.Scope))
	at := f.Position()
	text("file", printable.Line(at.File))
	if at.Line > 0 {
		w.integer("line", at.Line)
	}
	text("function", printable.Line(at.Function))
	if n := len(f.Statements); n > 0 {
		text("statement", printable.SQL(f.Statements[0].Text, 0))
		if n > 1 {
			w.integer("statements", n)
		}
	}
	if f.Parent != nil {
		text("parent", printable.SQL(f.Parent.Text, 0))
	}
	if len(f.Evidence) > 0 {
		text("proof", printable.Line(f.Evidence[0].Text))
	}
	text("fix", printable.Line(f.Fix.Text))
	text("note", printable.Line(f.Note))
}
