package report

import (
	"bufio"
	"strings"

	"github.com/nplusgone/nplusgone/detector"
)

// Block returns one finding as Write shows it in text, without colour and without a line break at its end. It starts
// with file:line, so that it can be what a test fails with.
func Block(f detector.Finding) string {
	var b strings.Builder
	t := newText(bufio.NewWriter(&b), Options{})
	t.block(settleFinding(f))
	t.w.Flush()
	return strings.TrimRight(b.String(), "\n")
}

// writeText writes what a person wants first: the findings that count, then the notes, the profile when asked for, and a
// line that sums up.
func writeText(w *bufio.Writer, doc *Document, opts Options) error {
	t := newText(w, opts)
	for _, f := range doc.Findings {
		if f.Note == "" {
			t.finding(f)
			t.blank()
		}
	}
	for _, f := range doc.Findings {
		if f.Note != "" {
			t.note(f)
			t.blank()
		}
	}
	if opts.Verbose {
		t.profile(doc.Profile)
	}
	t.summary(doc)
	return nil
}

// A text writes the parts of the text format. Its methods take care that what comes from outside is visible.
type text struct {
	w *bufio.Writer // keeps the first error until it is flushed
	painter
	body    style // of what labels stand before
	maxSQL  int
	verbose bool
}

func newText(w *bufio.Writer, opts Options) *text {
	return &text{w: w, painter: painter(opts.Color), maxSQL: opts.MaxSQL, verbose: opts.Verbose}
}

// block writes f in its form: a finding, or a note.
func (t *text) block(f detector.Finding) {
	if f.Note != "" {
		t.note(f)
		return
	}
	t.finding(f)
}

// The columns of a block: labels are indented, and what they label lines up.
const (
	indent     = "    "
	labelWidth = len("statement") + 2
)

// row writes one labelled line; label is "" for a line that goes on.
func (t *text) row(label, line string) {
	if line == "" {
		return
	}
	pad := strings.Repeat(" ", max(labelWidth-len(label), 0))
	t.line(indent + t.paint(dim, label) + pad + t.paint(t.body, line))
}

// rows writes lines below one label.
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
