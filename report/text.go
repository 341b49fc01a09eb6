package report

import (
	"bufio"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/printable"
)

// Limits of the text form without Options.Verbose.
const (
	maxStatements = 5 // statements of a finding that are shown
	maxCalls      = 6 // calls of a finding that are shown
	foldAbove     = 5 // suspects, and notes, are folded into one line when there are more
)

// maxSource is how many characters of a source line are shown.
const maxSource = 120

// Block returns one finding as Write shows it in text, without colour and without a line break at its end. It begins with
// file:line, so that editors and CI systems link it.
func Block(f finding.Finding) string {
	var b strings.Builder
	t := newText(bufio.NewWriter(&b), Options{})
	f = finding.Normalize(f)
	t.block(&f)
	t.w.Flush()
	return strings.TrimRight(b.String(), "\n")
}

// writeText writes the findings that count, the notes, with Options.Verbose what is known and the profile, then what was
// not checked, what was set aside, and a summary.
func writeText(w *bufio.Writer, s *Stream, opts Options) error {
	t := newText(w, opts)
	show := func(f *finding.Finding) error {
		t.block(f)
		t.blank()
		return nil
	}
	foldSuspects := !opts.Verbose && opts.level() > finding.Suspect && s.Tally.Levels[finding.Suspect] > foldAbove
	foldNotes := !opts.Verbose && s.Tally.Notes > foldAbove
	err := s.Each(Counted, func(f *finding.Finding) error {
		if foldSuspects && f.Level == finding.Suspect {
			return nil
		}
		return show(f)
	})
	if err == nil && !foldNotes {
		err = s.Each(Noted, show)
	}
	if err == nil && opts.Verbose {
		err = s.Each(Known, show)
		t.profile(s.Profile)
	}
	if foldSuspects {
		t.line(t.paint(dim, plural(s.Tally.Levels[finding.Suspect], "suspect")+" not shown: -v shows them"))
	}
	if foldNotes {
		t.line(t.paint(dim, plural(s.Tally.Notes, "note")+" not shown: -v shows them"))
	}
	t.limits(s)
	t.summary(s)
	return err
}

// A text writes the parts of the text form. Its methods escape what comes from outside.
type text struct {
	w *bufio.Writer // keeps the first error until it is flushed
	painter
	body    style // of the text beside the labels
	maxSQL  int
	verbose bool
}

func newText(w *bufio.Writer, opts Options) *text {
	return &text{w: w, painter: painter(opts.Color), maxSQL: opts.MaxSQL, verbose: opts.Verbose}
}

// The columns of a block: labels are indented, and what they label is aligned.
const (
	indent     = "    "
	labelWidth = len("set aside") + 2
)

// row writes one labelled line; label is "" for a continuation.
func (t *text) row(label, line string) {
	if line == "" {
		return
	}
	pad := strings.Repeat(" ", max(labelWidth-len(label), 0))
	t.line(indent + t.paint(dim, label) + pad + t.paint(t.body, line))
}

// rows writes lines with one label before the first.
func (t *text) rows(label string, lines ...string) {
	for _, line := range lines {
		t.row(label, line)
		if line != "" {
			label = ""
		}
	}
}

func (t *text) line(s string) {
	t.w.WriteString(strings.TrimRight(s, " "))
	t.w.WriteByte('\n')
}

func (t *text) blank() { t.w.WriteByte('\n') }

// block writes f according to its kind.
func (t *text) block(f *finding.Finding) {
	kind := KindOf(f)
	if kind != Counted {
		t.body = dim
		defer func() { t.body = plain }()
	}
	t.head(f, kind)
	switch kind {
	case Noted:
		t.rows("why", wrapWords(printable.Line(f.Note), textWidth)...)
		t.mitigations(f)
		t.statements(f)
	case Known:
		t.rows("known", wrapWords(printable.Line(f.Known), textWidth)...)
	default:
		t.finding(f)
	}
	if t.verbose || kind == Known {
		t.row("identity", printable.Line(f.Identity))
	}
	if kind == Counted {
		t.snippet(f.Snippet)
	}
}

var levelStyles = map[finding.Level]style{finding.Suspect: cyan, finding.Likely: yellow, finding.Proven: red}

// head writes the first line: the position, from which an editor can jump, and what is wrong there.
func (t *text) head(f *finding.Finding, kind Kind) {
	p := f.Position()
	at := fileLine(p.File, p.Line)
	if at == "" {
		at = "unknown position"
	}
	what := fmt.Sprintf("%s (%s)", printable.Line(f.Rule), f.Level)
	switch message := printable.Line(f.Headline()); kind {
	case Noted:
		t.line(t.paint(dim, at+": note: "+what+": "+message))
	case Known:
		t.line(t.paint(dim, at+": known: "+what+": "+message))
	default:
		t.line(t.paint(bold, at+":") + " " + t.paint(levelStyles[f.Level], what) + ": " + message)
	}
}

// finding writes the rows of a finding that counts.
func (t *text) finding(f *finding.Finding) {
	t.loop("loop", f.Loop, list("; ", turns(f), printable.Line(f.LoopFrom)))
	t.loop("or", f.OtherLoop, "")
	t.calls(f)
	t.statements(f)
	t.parent(f.Parent)
	t.row("scope", printable.Line(list(" of ", f.Scope, f.Package)))
	t.evidence(f)
	t.mitigations(f)
	t.rows("fix", append(wrapWords(printable.Line(f.Fix.Text), textWidth), wrapSQL(f.Fix.SQL)...)...)
	t.row("cost", growth(f))
}

func (t *text) loop(label string, p *finding.Position, more string) {
	if p == nil {
		return
	}
	source := strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(p.Text), "{"))
	in := ""
	if p.Function != "" {
		in = "in " + printable.Line(p.Function)
	}
	t.rows(label, sideBySide(list("  ", fileLine(p.File, p.Line), printable.Line(source)), list("; ", in, more))...)
}

// turns says how often the loop turned, and how many statements each turn ran; "" when it is one statement each.
func turns(f *finding.Finding) string {
	switch n := f.PerTurn(); {
	case f.Turns <= 0 || n == 1:
		return ""
	case n == 0:
		return plural(f.Turns, "turn")
	default:
		return plural(f.Turns, "turn") + ", " + plural(n, "query") + " each"
	}
}

func (t *text) calls(f *finding.Finding) {
	links := callChain(f)
	if len(links) == 0 {
		return
	}
	if n := len(links); n > maxCalls && !t.verbose {
		hidden := fmt.Sprintf("… %d calls …", n-maxCalls+1)
		links = append(append(links[:2:2], hidden), links[n-maxCalls+3:]...)
	}
	label := "calls"
	if len(links) == 1 {
		label = "call"
	}
	t.rows(label, wrapParts(links, " -> ", textWidth)...)
}

func (t *text) statements(f *finding.Finding) {
	shown := f.Statements
	if len(shown) > maxStatements+1 && !t.verbose { // one more takes as much room as saying so
		shown = shown[:maxStatements]
	}
	for _, s := range shown {
		at := ""
		if len(f.Statements) > 1 || KindOf(f) != Counted { // else the call row has it
			at = fileLine(s.CallSite.File, s.CallSite.Line)
		}
		rows := ""
		if s.Rows > 0 {
			rows = plural(s.Rows, "row")
		}
		t.rows("query", sideBySide(printable.SQL(s.Text, t.maxSQL), list(", ", times(s.Count), duration(s.Milliseconds), rows, at))...)
	}
	if rest := len(f.Statements) - len(shown); rest > 0 {
		t.row("", "… and "+plural(rest, "more query"))
	}
}

func (t *text) parent(p *finding.Parent) {
	for ; p != nil; p = p.Parent {
		rows, columns := "", ""
		if p.Rows > 0 {
			rows = plural(p.Rows, "row")
		}
		if n := len(p.Columns); n > 0 {
			columns = map[bool]string{true: "column ", false: "columns "}[n == 1] + printable.Line(strings.Join(p.Columns, ", "))
		}
		t.rows("parent", sideBySide(printable.SQL(p.Text, t.maxSQL), list(", ", fileLine(p.CallSite.File, p.CallSite.Line), rows, columns))...)
		for _, c := range p.Candidates {
			t.row("or", printable.SQL(c, t.maxSQL))
		}
	}
}

// evidence writes what supports the finding, then what limits its level.
func (t *text) evidence(f *finding.Finding) {
	label, against := "evidence", "but"
	for _, e := range f.Evidence {
		line := clause(e.Text)
		if t.verbose && e.From != "" {
			line += " (" + printable.Line(e.From) + ")"
		}
		if e.Against {
			t.rows(against, wrapWords(line, textWidth)...)
			against = ""
			continue
		}
		t.rows(label, wrapWords(line, textWidth)...)
		label = ""
	}
}

// clause returns the text of an evidence without a full stop.
func clause(text string) string { return printable.Line(strings.TrimRight(text, ". ")) }

// mitigations writes why the finding was lowered, unless the note says the same.
func (t *text) mitigations(f *finding.Finding) {
	label := "set aside"
	for _, m := range f.Mitigations {
		if m.Text == f.Note {
			continue
		}
		t.rows(label, wrapWords(printable.Line(m.Name+": "+m.Text), textWidth)...)
		label = ""
	}
}

// snippet writes source lines with their numbers, and marks the lines that the finding is about.
func (t *text) snippet(lines []finding.SnippetLine) {
	if len(lines) == 0 {
		return
	}
	width := 0
	for _, l := range lines {
		width = max(width, len(strconv.Itoa(l.Number)))
	}
	shared := sharedIndent(lines)
	label := "source"
	for i, l := range lines {
		if i > 0 && l.Number > lines[i-1].Number+1 {
			t.row("", strings.Repeat(" ", width+2)+t.paint(dim, "⋮"))
		}
		source := strings.ReplaceAll(strings.TrimPrefix(strings.TrimRight(l.Text, " \t\r\n"), shared), "\t", "    ")
		source = printable.Line(source)
		if utf8.RuneCountInString(source) > maxSource {
			source = string([]rune(source)[:maxSource]) + "…"
		}
		pointer, mark := " ", ""
		if l.Mark != "" {
			pointer, mark = t.paint(red, ">"), "  "+t.paint(green, "← "+printable.Line(l.Mark))
		}
		t.row(label, fmt.Sprintf("%s %s %s", pointer, t.paint(dim, fmt.Sprintf("%*d |", width, l.Number)), source)+mark)
		label = ""
	}
}

// sharedIndent returns the white space that all lines with text begin with.
func sharedIndent(lines []finding.SnippetLine) string {
	shared, first := "", true
	for _, l := range lines {
		rest := strings.TrimLeft(l.Text, " \t")
		if rest == "" {
			continue
		}
		own := l.Text[:len(l.Text)-len(rest)]
		if first {
			shared, first = own, false
		}
		for !strings.HasPrefix(own, shared) {
			shared = shared[:len(shared)-1]
		}
	}
	return shared
}
