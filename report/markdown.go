package report

import (
	"bufio"
	"errors"
	"fmt"
	"html"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/printable"
)

// markdownLimit is the maximum size of a job summary in bytes: GitHub drops a summary of more than 1 MiB.
const markdownLimit = 900 << 10

// errFull ends a summary that has reached its limit.
var errFull = errors.New("full")

// writeMarkdown writes a job summary: what was found, what was not checked, each finding folded, then the notes. Text from
// outside is HTML-escaped in elements in which Markdown is not read.
func writeMarkdown(w *bufio.Writer, s *Stream, opts Options) error {
	title := "nplusgone: " + s.Tally.found()
	if s.Tally.Known > 0 {
		title += ", " + number(s.Tally.Known) + " known"
	}
	if s.Tally.From(finding.Suspect) == 0 && len(s.gaps()) > 0 {
		title += ", but the result is inconclusive"
	}
	fmt.Fprintf(w, "## %s\n\n", title)
	if a := activityOf(s.Profile); a.statements > 0 {
		fmt.Fprintf(w, "%s.\n\n", a)
	}
	for _, g := range s.gaps() {
		fmt.Fprintf(w, "<p>⚠ %s: %s</p>\n\n", g.kind, safeHTML(list(": ", g.pkg, g.why)))
	}
	for _, r := range s.Runs {
		if r.Untyped != "" {
			fmt.Fprintf(w, "<p>⚠ <code>%s</code> could not be type-checked, so rules about the use of rows did not run: %s</p>\n\n", safeHTML(r.Package), safeHTML(r.Untyped))
		}
	}
	for _, text := range []string{unread(s.Profile), rowUse(s.Profile), s.Tally.setAside()} {
		if text != "" {
			fmt.Fprintf(w, "<p>%s</p>\n\n", html.EscapeString(text))
		}
	}
	size, shown := 0, 0
	fold := func(f *finding.Finding) error {
		p := f.Position()
		mark := "▫"
		if opts.counts(f) {
			mark = "❌"
		}
		text := fmt.Sprintf("<details><summary>%s <code>%s</code> <b>%s</b> (%s): %s</summary>\n\n<pre>%s</pre>\n\n</details>\n\n",
			mark, html.EscapeString(fileLine(opts.file(p.File), p.Line)), safeHTML(f.Rule), f.Level,
			safeHTML(f.Headline()), html.EscapeString(Block(*f)))
		if size += len(text); size > markdownLimit {
			return errFull
		}
		shown++
		w.WriteString(text)
		return nil
	}
	err := s.Each(Counted, fold)
	if err == nil {
		err = s.Each(Noted, fold)
	}
	if errors.Is(err, errFull) {
		fmt.Fprintf(w, "… and %s more: a summary has room for 1 MiB.\n", number(s.Tally.All()-s.Tally.Known-shown))
		return nil
	}
	return err
}

// safeHTML returns text from outside as HTML.
func safeHTML(s string) string { return html.EscapeString(printable.Line(s)) }
