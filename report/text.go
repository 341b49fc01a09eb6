package report

import (
	"bufio"
	"strings"

	"github.com/nplusgone/nplusgone/finding"
)

// Block returns one finding as Write shows it in text, without colour and without a line break at its end. It starts
// with file:line, so that it can be what a test fails with.
func Block(f finding.Finding) string {
	var b strings.Builder
	t := newText(bufio.NewWriter(&b), Options{})
	t.block(finding.Normalize(f))
	t.w.Flush()
	return strings.TrimRight(b.String(), "\n")
}

// writeText writes what a person wants first: the findings that count, then the notes, what is known and the profile when
// asked for, and lines that sum up.
func writeText(w *bufio.Writer, v *Stream, opts Options) error {
	t := newText(w, opts)
	show := func(write func(finding.Finding)) func(*finding.Finding) error {
		return func(f *finding.Finding) error {
			write(*f)
			t.blank()
			return nil
		}
	}
	err := v.Each(Counted, show(t.finding))
	if err == nil {
		err = v.Each(Noted, show(t.note))
	}
	if opts.Verbose && err == nil {
		err = v.Each(Known, show(t.known))
		t.profile(v.Profile)
	}
	t.missing(v.Runs)
	t.summary(v)
	return err
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

// block writes f in its form: a finding, a note, or a known one.
func (t *text) block(f finding.Finding) {
	switch KindOf(&f) {
	case Noted:
		t.note(f)
	case Known:
		t.known(f)
	default:
		t.finding(f)
	}
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
