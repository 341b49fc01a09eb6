package cli

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/baseline"
	"github.com/nplusgone/nplusgone/internal/printable"
	"github.com/nplusgone/nplusgone/report"
)

// reportCommand merges reports and recorded runs, writes them, and fails if a finding counts.
type reportCommand struct {
	showFlags   `embed:""`
	gatherFlags `embed:""`

	Sort     string   `enum:"place,cost" default:"place" placeholder:"ORDER" help:"Order findings by place (the default), or by cost: those whose fix removes the most round trips first."`
	Output   string   `short:"o" placeholder:"FILE" help:"Write to FILE instead of standard output."`
	Also     []string `sep:"none" placeholder:"FORMAT=FILE" help:"Also write the report as FORMAT to FILE. It may be given several times."`
	Baseline string   `placeholder:"FILE" help:"Do not count the findings in the baseline FILE, and list its stale entries."`
	Source   string   `placeholder:"DIR" help:"Analyze the module in DIR to judge statements that were recorded without source."`
	Module   string   `placeholder:"DIR" help:"The module's folder in the repository, for the formats of CI systems. The default is the root."`
}

// Help implements kong.HelpProvider.
func (*reportCommand) Help() string {
	return `It begins with what was not checked: packages whose run is missing or
incomplete, in which no watched database ran a statement, or in which nplusgone
itself panicked.

It exits with 0 if no finding counts and all was checked, with 1 if a finding
counts, and with 2 if something was not checked, or a file could not be read or
written. Several documents and runs in one file are merged too.

With -format github and GITHUB_STEP_SUMMARY set, the report is also added to the
summary of the job, as markdown.

  nplusgone report .nplusgone
  nplusgone report -baseline nplusgone.baseline -format github -also sarif=nplusgone.sarif shards/
  nplusgone report -source . staging.json
  nplusgone report -packages ./... .nplusgone
  nplusgone demo -format json | nplusgone report -level proven -`
}

// Run implements the subcommand.
func (c *reportCommand) Run(std *streams) error {
	also, err := c.also()
	if err != nil {
		return err
	}
	if c.Baseline != "" && sameAsAny(c.Baseline, append(files(also), c.Output)) {
		return withHint(fmt.Errorf("-baseline %q is also a file to write", c.Baseline), "write the report to another file; \"nplusgone baseline write\" writes a baseline")
	}
	outputs := append([]string{c.Output}, files(also)...)
	g, err := c.gather(std, outputs)
	if err != nil {
		return err
	}
	defer g.Close()
	if c.Sort == "cost" {
		g.ByCost()
	}
	if c.Source != "" {
		if err := g.analyzeSource(c.Source); err != nil {
			return err
		}
	}
	var known *baseline.Baseline
	if c.Baseline != "" {
		if known, err = readBaseline(c.Baseline); err != nil {
			return err
		}
		if err := g.judge(known); err != nil {
			return err
		}
	}
	failing, err := g.writeNotChecked(std.err)
	if err != nil {
		return err
	}
	if err := c.write(std.out, g, also); err != nil {
		return err
	}
	if known != nil {
		for _, e := range g.stale(known) {
			fmt.Fprintf(std.err, "nplusgone: stale in %s: %s\n", c.Baseline, entryText(e))
		}
	}
	return g.verdict(std.err, c.Level.Level, known != nil, failing)
}

// write writes g to stdout and to the files of the flags.
func (c *reportCommand) write(stdout io.Writer, g *gathered, also []output) error {
	if c.Output == "" || c.Output == "-" {
		also = append([]output{{format: c.Format}}, also...)
	} else {
		also = append([]output{{format: c.Format, file: c.Output}}, also...)
	}
	if summary := os.Getenv("GITHUB_STEP_SUMMARY"); summary != "" && c.Format == "github" {
		also = append(also, output{format: "markdown", file: summary, add: true})
	}
	for _, o := range also {
		err := o.write(stdout, func(w io.Writer) error {
			opts := c.options(w)
			opts.Level, opts.Module = c.Level.Level, c.Module
			return plainly(g.Write(w, o.format, opts))
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// files returns the names of the files of outputs.
func files(outputs []output) (names []string) {
	for _, o := range outputs {
		names = append(names, o.file)
	}
	return names
}

// also parses the flag -also.
func (c *reportCommand) also() ([]output, error) {
	var outputs []output
	for _, text := range c.Also {
		format, file, ok := strings.Cut(text, "=")
		if !ok || file == "" || !slices.Contains(report.Formats(), format) {
			return nil, withHint(fmt.Errorf("-also %q is not FORMAT=FILE", text), "the formats are "+strings.Join(report.Formats(), ", "))
		}
		outputs = append(outputs, output{format: format, file: file})
	}
	return outputs, nil
}

// An output is one form of the report. Without a file it goes to standard output.
type output struct {
	format, file string
	add          bool // append to the file
}

func (o output) write(stdout io.Writer, show func(io.Writer) error) (err error) {
	if o.file == "" {
		return show(stdout)
	}
	mode := os.O_CREATE | os.O_WRONLY | os.O_TRUNC
	if o.add {
		mode = os.O_CREATE | os.O_WRONLY | os.O_APPEND
	}
	file, err := os.OpenFile(o.file, mode, 0o666)
	if err != nil {
		return withHint(fmt.Errorf("creating %q: %w", o.file, cause(err)), "name a file in a folder that exists and can be written to")
	}
	defer func() {
		if closed := file.Close(); err == nil && closed != nil {
			err = fmt.Errorf("closing %q: %w", o.file, cause(closed))
		}
	}()
	return show(file)
}

// writeNotChecked writes what was not checked to w, and returns how much of it makes the command fail.
func (g *gathered) writeNotChecked(w io.Writer) (failing int, err error) {
	lines, failing, err := g.notChecked()
	if err != nil {
		return 0, err
	}
	for _, line := range lines {
		fmt.Fprintf(w, "nplusgone: not checked: %s\n", line)
	}
	if len(g.cached) > 0 {
		fmt.Fprintf(w, "nplusgone: cached results without a run: %s (run go test with -count=1; with -packages such a package fails if it should have a run)\n",
			printable.Line(strings.Join(g.cached, ", ")))
	}
	return failing, nil
}

// verdict writes how many findings count to w, and returns the error of the command. A finding that counts decides before
// what was not checked.
func (g *gathered) verdict(w io.Writer, at finding.Level, gated bool, notChecked int) error {
	count, err := g.Count(at)
	if err != nil {
		return plainly(err)
	}
	if count > 0 {
		what := "findings count"
		if gated {
			what = "new findings count"
		}
		fmt.Fprintf(w, "nplusgone: %s (%s or above): %d\n", what, at, count)
		return errFindings
	}
	if notChecked > 0 {
		hint := "run the tests again, or pass -partial if runs are missing on purpose"
		if g.partial {
			hint = "-partial does not apply to runs in which nothing was checked"
		}
		return withHint(errors.New("the result is inconclusive: not everything was checked"), hint)
	}
	return nil
}

// entryText returns an entry as text.
func entryText(e baseline.Entry) string {
	text := fmt.Sprintf("%s %s in %s (%s)", e.Rule, cmp.Or(e.Function, "?"), cmp.Or(e.File, "?"), e.Identity)
	if e.SQL != "" {
		text += ": " + e.SQL
	}
	return printable.Line(text)
}
