package report

import (
	"bufio"
	"fmt"
	"strconv"
	"strings"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/printable"
)

// How GitHub Actions reads workflow commands (`::error file=…,line=…,title=…::text` at the start of a line):
//
//   - In the text %, CR and LF have to be escaped, in properties also the colon and the comma. %0A in the text is a line
//     break.
//   - It shows at most ten annotations of each kind for a step, and fifty for a job. So errors come first, and the last line
//     says where the rest is.
//   - A file is relative to the repository's root. Without a file, an annotation is shown on the run's page only.
//   - A line that begins with :: is a command, and so is ##[ anywhere in a line. All text from outside goes through
//     printable.Line and is within a command of this format.

// githubShown is how many annotations of one kind GitHub shows for a step.
const githubShown = 10

// writeGitHub writes an error for each finding that counts and for each gap, a warning for each other finding, and a
// notice for each note. Known findings are counted in the last line.
func writeGitHub(w *bufio.Writer, s *Stream, opts Options) error {
	for _, g := range s.gaps() {
		title := map[string]string{incomplete: "nplusgone: incomplete run", notChecked: "nplusgone: not checked", nothingRan: "nplusgone: nothing was checked"}[g.kind]
		fmt.Fprintf(w, "::error title=%s::%s\n", property(title), data(printable.Line(list(": ", g.pkg, g.why))))
	}
	annotate := func(command string, kind Kind, wanted func(*finding.Finding) bool) error {
		return s.Each(kind, func(f *finding.Finding) error {
			if wanted(f) {
				writeAnnotation(w, command, f, opts)
			}
			return nil
		})
	}
	err := annotate("error", Counted, opts.counts)
	if err == nil {
		err = annotate("warning", Counted, func(f *finding.Finding) bool { return !opts.counts(f) })
	}
	if err == nil {
		err = annotate("notice", Noted, func(*finding.Finding) bool { return true })
	}
	for line := range strings.Lines(summaryLines(s)) {
		w.WriteString("nplusgone: " + line)
	}
	if n := s.Tally.From(opts.level()); n > githubShown {
		fmt.Fprintf(w, "nplusgone: GitHub shows %d of the %d as annotations; the markdown and sarif formats have them all\n", githubShown, n)
	}
	return err
}

// summaryLines returns what was set aside, and the summary, as the text form has them.
func summaryLines(s *Stream) string {
	var b strings.Builder
	t := newText(bufio.NewWriter(&b), Options{})
	if aside := s.Tally.setAside(); aside != "" {
		t.line(aside)
	}
	t.summary(s)
	t.w.Flush()
	return b.String()
}

func writeAnnotation(w *bufio.Writer, command string, f *finding.Finding, opts Options) {
	p := f.Position()
	var properties []string
	if p.File != "" {
		properties = append(properties, "file="+property(printable.Line(opts.file(p.File))), "line="+strconv.Itoa(max(p.Line, 1)))
	}
	properties = append(properties, "title="+property(printable.Line(fmt.Sprintf("%s (%s)", f.Rule, f.Level))))
	fmt.Fprintf(w, "::%s %s::%s\n", command, strings.Join(properties, ","), data(strings.Join(annotation(f), "\n")))
}

// annotation returns the lines of an annotation's text: what is wrong, with which query, by which calls, the most
// important evidence, and what to do. GitHub and SARIF show it.
func annotation(f *finding.Finding) []string {
	lines := []string{printable.Line(f.Headline())}
	for i, s := range f.Statements {
		if i == maxStatements {
			lines = append(lines, "… and "+plural(len(f.Statements)-i, "more query"))
			break
		}
		lines = append(lines, printable.SQL(s.Text, 0))
	}
	if len(f.Calls) > 0 {
		lines = append(lines, "calls: "+strings.Join(callChain(f), " -> "))
	}
	if f.Note != "" {
		return append(lines, printable.Line(f.Note))
	}
	if text := f.MainEvidence(); text != "" {
		lines = append(lines, clause(text))
	}
	for _, m := range f.Mitigations {
		lines = append(lines, "set aside: "+printable.Line(m.Name+": "+m.Text))
	}
	if f.Fix.Text != "" {
		lines = append(lines, printable.Line(f.Fix.Text))
	}
	return lines
}

var (
	dataEscaper     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	propertyEscaper = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

// data escapes the text of a workflow command.
func data(s string) string { return dataEscaper.Replace(s) }

// property escapes the value of a property of a workflow command.
func property(s string) string { return propertyEscaper.Replace(s) }
