package report

import (
	"bufio"
	"errors"
	"fmt"
	"html"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/printable"
)

// markdownLimit is how many bytes a job summary gets: GitHub drops one of more than 1 MiB as a whole.
const markdownLimit = 900 << 10

// errFull ends a summary that has no room left.
var errFull = errors.New("full")

// writeMarkdown writes a job summary: what was found, each finding folded up, and the notes. Everything from outside
// stands as escaped HTML in <pre> and <summary>, where Markdown is not read.
func writeMarkdown(w *bufio.Writer, v *Stream, opts Options) error {
	title := "nplusgone: " + v.Tally.found() + v.Tally.levels()
	if v.Tally.Known > 0 {
		title += ", " + number(v.Tally.Known) + " known"
	}
	fmt.Fprintf(w, "## %s\n\n", title)
	if said := watchedIn(v.Profile); said.statements == 0 {
		fmt.Fprintf(w, "Nothing was checked: %s.\n\n", said.nothing())
	} else {
		fmt.Fprintf(w, "%s.\n\n", said)
	}
	for _, r := range v.Runs {
		if r.Missing != "" {
			fmt.Fprintf(w, "<p>⚠ incomplete: <code>%s</code>: %s</p>\n\n", html.EscapeString(printable.Line(r.Package)), html.EscapeString(printable.Line(r.Missing)))
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
			mark, html.EscapeString(position(opts.file(p.File), p.Line)), html.EscapeString(printable.Line(f.Rule)), f.Level,
			html.EscapeString(printable.Line(f.Message)), html.EscapeString(Block(*f)))
		if size += len(text); size > markdownLimit {
			return errFull
		}
		shown++
		w.WriteString(text)
		return nil
	}
	err := v.Each(Counted, fold)
	if err == nil {
		err = v.Each(Noted, fold)
	}
	if errors.Is(err, errFull) {
		fmt.Fprintf(w, "… and %s more: a summary has room for 1 MiB.\n", number(v.Tally.All()-v.Tally.Known-shown))
		return nil
	}
	return err
}
