package report

import (
	"fmt"
	"strings"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/printable"
)

// maxStatements is how many statements of a finding are shown unless all are asked for.
const maxStatements = 5

// finding writes the block of a finding: where and what, how often, the proof, the cost, the fix, the source.
func (t *text) finding(f finding.Finding) {
	t.head(f)
	t.loop(f)
	t.statements(f)
	t.parent(f.Parent)
	t.row("scope", printable.Line(list(" of ", f.Scope, f.Package)))
	t.proof(f)
	t.row("cost", cost(f))
	t.rows("fix", append(wrapWords(printable.Line(f.Fix.Text), textWidth), wrapSQL(f.Fix.SQL)...)...)
	if t.verbose {
		t.row("identity", printable.Line(f.Identity))
	}
	t.snippet(f.Snippet)
}

// note writes the shorter block of a finding that is only a note.
func (t *text) note(f finding.Finding) {
	t.body = dim
	defer func() { t.body = plain }()
	t.head(f)
	t.rows("why", wrapWords(printable.Line(f.Note), textWidth)...)
	t.statements(f)
	if t.verbose {
		t.row("identity", printable.Line(f.Identity))
	}
}

// known writes the two lines of a finding that a baseline lets pass.
func (t *text) known(f finding.Finding) {
	t.body = dim
	defer func() { t.body = plain }()
	t.head(f)
	t.rows("known", wrapWords(printable.Line(f.Known), textWidth)...)
	t.row("identity", printable.Line(f.Identity))
}

var levelStyles = map[finding.Level]style{finding.Suspect: cyan, finding.Likely: yellow, finding.Proven: red}

// head writes the line that an editor jumps from: the place, then what is wrong there.
func (t *text) head(f finding.Finding) {
	p := f.Position()
	at := position(p.File, p.Line)
	if at == "" {
		at = "unknown place"
	}
	what := fmt.Sprintf("%s (%s)", printable.Line(f.Rule), f.Level)
	switch KindOf(&f) {
	case Noted:
		t.line(t.paint(dim, at+": note: "+what+": "+printable.Line(f.Message)))
		return
	case Known:
		t.line(t.paint(dim, at+": known: "+what+": "+printable.Line(f.Message)))
		return
	}
	t.line(t.paint(bold, at+":") + " " + t.paint(levelStyles[f.Level], what) + ": " + printable.Line(f.Message))
}

func (t *text) loop(f finding.Finding) {
	if f.Loop == nil {
		return
	}
	source := strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(f.Loop.Text), "{"))
	t.row("loop", list(": ", where(*f.Loop), printable.Line(source)))
}

func (t *text) statements(f finding.Finding) {
	shown := f.Statements
	if len(shown) > maxStatements+1 && !t.verbose { // one more takes no more room than saying so
		shown = shown[:maxStatements]
	}
	for _, s := range shown {
		t.rows("statement", printable.SQL(s.Text, t.maxSQL), list("; ", spent(s), calledAt(s.CallSite)))
	}
	if rest := len(f.Statements) - len(shown); rest > 0 {
		t.row("", "… and "+plural(rest, "more statement"))
	}
}

// spent says how often a statement ran, how long that took, and what came back.
func spent(s finding.StatementStat) string {
	rows := ""
	if s.Rows > 0 {
		rows = plural(s.Rows, "row")
	}
	return list(", ", number(s.Count)+" ×", duration(s.Milliseconds), rows)
}

func (t *text) parent(p *finding.Parent) {
	if p == nil {
		return
	}
	rows, columns := "", ""
	if p.Rows > 0 {
		rows = plural(p.Rows, "row")
	}
	switch len(p.Columns) {
	case 0:
	case 1:
		columns = "column " + printable.Line(p.Columns[0])
	default:
		columns = "columns " + printable.Line(strings.Join(p.Columns, ", "))
	}
	t.rows("parent", printable.SQL(p.Text, t.maxSQL), list("; ", list(", ", rows, columns), calledAt(p.CallSite)))
	for _, c := range p.Candidates {
		t.row("or", printable.SQL(c, t.maxSQL))
	}
	t.parent(p.Parent)
}

var because = map[finding.Level]string{finding.Suspect: "suspected", finding.Likely: "likely", finding.Proven: "proven"}

// proof writes the evidence as one sentence, a line for each thing that was seen and where it was seen.
func (t *text) proof(f finding.Finding) {
	lines := make([]string, 0, len(f.Evidence))
	for i, e := range f.Evidence {
		line := printable.Line(strings.TrimRight(strings.TrimPrefix(e.Text, f.Level.String()+": "), ". "))
		if i == 0 {
			line = because[f.Level] + " because " + line
		}
		if e.From != "" {
			line += " (" + printable.Line(e.From) + ")"
		}
		if i < len(f.Evidence)-1 {
			line += ";"
		}
		lines = append(lines, wrapWords(line, textWidth)...)
	}
	t.rows("proof", lines...)
}

// cost says what the statements cost and, where a loop runs them, what they will cost with more rows.
func cost(f finding.Finding) string {
	text := spending(f.Count, f.Milliseconds())
	several := f.Worst > 0 && f.Worst < f.Count
	if several {
		text += " in several runs, at most " + plural(f.Worst, "round trip") + " in one"
	}
	if f.Saved > 0 {
		text += fmt.Sprintf("; the fix saves %s of them", number(f.Saved))
	}
	if f.Loop != nil && f.Count > 1 && !several {
		text += "; with 10 times the rows about " + spending(10*f.Count, 10*f.Milliseconds())
	}
	return text
}

func spending(count int, ms float64) string {
	if count <= 0 {
		return ""
	}
	return list(", ", plural(count, "round trip"), duration(ms))
}
