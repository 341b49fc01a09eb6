package report

import (
	"bufio"
	"fmt"
	"strconv"
	"strings"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/printable"
)

// What GitHub Actions makes of workflow commands (`::error file=…,line=…,title=…::text` at the start of a line):
//
//   - In the text %, CR and LF have to be escaped, in properties also : and the comma; %0A in the text is a line break.
//   - It shows at most ten annotations of each kind for a step, and fifty for a job. So errors come first, and the text says
//     where the rest is.
//   - A file is relative to the repository's root. Without a file an annotation stands on the run's page only.
//   - Anything else that begins with :: would be a command as well, and so would ##[ anywhere in a line. All text from outside
//     goes through visible, and all of it stands behind a command of ours.

// githubShown is how many annotations of one kind GitHub shows for a step.
const githubShown = 10

// writeGitHub writes workflow commands: an error for each finding that counts, a warning for each other one, a notice for a
// note. What is known is only counted.
func writeGitHub(w *bufio.Writer, v *Stream, opts Options) error {
	annotate := func(command string, wanted func(*finding.Finding) bool) func(*finding.Finding) error {
		return func(f *finding.Finding) error {
			if wanted(f) {
				writeAnnotation(w, command, f, opts)
			}
			return nil
		}
	}
	for _, r := range v.Runs {
		if r.Missing != "" {
			fmt.Fprintf(w, "::error title=%s::%s\n", property("nplusgone: incomplete run"), data(printable.Line(r.Package+": "+r.Missing)))
		}
	}
	err := v.Each(Counted, annotate("error", opts.counts))
	if err == nil {
		err = v.Each(Counted, annotate("warning", func(f *finding.Finding) bool { return !opts.counts(f) }))
	}
	if err == nil {
		err = v.Each(Noted, annotate("notice", func(*finding.Finding) bool { return true }))
	}
	var last strings.Builder
	out := bufio.NewWriter(&last)
	newText(out, Options{}).summary(v)
	out.Flush()
	w.WriteString("nplusgone: " + last.String())
	if n := v.Tally.From(opts.level()); n > githubShown {
		fmt.Fprintf(w, "nplusgone: GitHub shows %d of the %d as annotations; the markdown and sarif formats have them all\n", githubShown, n)
	}
	return err
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

// annotation returns the lines of an annotation's text: what is wrong, with which statement, since when it is sure, and
// what to do.
func annotation(f *finding.Finding) []string {
	lines := []string{printable.Line(f.Message)}
	for i, s := range f.Statements {
		if i == maxStatements {
			lines = append(lines, "… and "+plural(len(f.Statements)-i, "more statement"))
			break
		}
		lines = append(lines, printable.SQL(s.Text, 0))
	}
	if len(f.Evidence) > 0 && f.Note == "" {
		lines = append(lines, because[f.Level]+" because "+printable.Line(strings.TrimPrefix(f.Evidence[0].Text, f.Level.String()+": ")))
	}
	if f.Note != "" {
		lines = append(lines, printable.Line(f.Note))
	} else if f.Fix.Text != "" {
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
