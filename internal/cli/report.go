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

// reportCommand merges reports and runs, renders them and gates.
type reportCommand struct {
	showFlags   `embed:""`
	gatherFlags `embed:""`

	Sort     string   `enum:"place,cost" default:"place" placeholder:"ORDER" help:"Order findings by place, which is the default, or by cost: what saves the most round trips first."`
	Output   string   `short:"o" placeholder:"FILE" help:"Write to FILE instead of standard output."`
	Also     []string `sep:"none" placeholder:"FORMAT=FILE" help:"Write the report also as FORMAT to FILE. It may be given several times."`
	Baseline string   `placeholder:"FILE" help:"Let pass what the baseline in FILE knows, and list what is stale in it."`
	Source   string   `placeholder:"DIR" help:"Ask the source in DIR, the root of a Go module, what runs without source could not say."`
	Module   string   `placeholder:"DIR" help:"The module's folder in the repository, for the formats of CI systems. The default is the repository's root."`
}

// Help implements kong.HelpProvider.
func (*reportCommand) Help() string {
	return `It exits with 0 when no finding counts, with 1 when one does, and with 2 when a
report cannot be read or written, or when no finding counts but something is
missing: a run that broke off, or a package of -packages that left none.
Several documents and runs in one file are merged too.

With -format github and GITHUB_STEP_SUMMARY set, the summary of the job gets the
markdown format added.

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
		return withHint(fmt.Errorf("-baseline %q is also a file to write", c.Baseline), "the report and the baseline need files of their own; \"nplusgone baseline write\" writes a baseline")
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
		if err := g.askSource(c.Source); err != nil {
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
	if err := c.write(std.out, g, also); err != nil {
		return err
	}
	if known != nil {
		for _, e := range g.stale(known) {
			fmt.Fprintf(std.err, "nplusgone: stale in %s: %s\n", c.Baseline, entryText(e))
		}
	}
	return g.verdict(std.err, c.Level.Level, known != nil)
}

// write shows g on stdout, or in the files that were asked for.
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

// files returns the names of the files that outputs are written to.
func files(outputs []output) (names []string) {
	for _, o := range outputs {
		names = append(names, o.file)
	}
	return names
}

// also reads the flag of that name.
func (c *reportCommand) also() ([]output, error) {
	var outputs []output
	for _, text := range c.Also {
		format, file, ok := strings.Cut(text, "=")
		if !ok || file == "" || !slices.Contains(report.Formats(), format) {
			return nil, withHint(fmt.Errorf("-also %q is no FORMAT=FILE", text), "the formats are "+strings.Join(report.Formats(), ", "))
		}
		outputs = append(outputs, output{format: format, file: file})
	}
	return outputs, nil
}

// An output is one report that is written: to standard output when it has no file.
type output struct {
	format, file string
	add          bool // to what is in the file
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

// verdict says on w what makes the command fail, and returns that. A finding weighs more than what is missing: it is
// there, whatever else would have been found.
func (g *gathered) verdict(w io.Writer, at finding.Level, gated bool) error {
	count, err := g.Count(at)
	if err != nil {
		return plainly(err)
	}
	for _, text := range g.missing {
		fmt.Fprintf(w, "nplusgone: incomplete: %s\n", text)
	}
	if len(g.cached) > 0 {
		fmt.Fprintf(w, "nplusgone: cached results without a run: %s (with -packages they fail when they should have one; go test -count=1 takes none from the cache)\n",
			printable.Line(strings.Join(g.cached, ", ")))
	}
	if count > 0 {
		what := "findings that count"
		if gated {
			what = "new findings that count"
		}
		fmt.Fprintf(w, "nplusgone: %s (%s or surer): %d\n", what, at, count)
		return errFindings
	}
	if len(g.missing) > 0 && !g.partial {
		return withHint(errors.New("runs are missing or incomplete, so that this is no proof that nothing is wrong"), "run the tests again, or let it pass with -partial")
	}
	return nil
}

// entryText writes an entry for a person.
func entryText(e baseline.Entry) string {
	text := fmt.Sprintf("%s %s in %s (%s)", e.Rule, cmp.Or(e.Function, "?"), cmp.Or(e.File, "?"), e.Identity)
	if e.SQL != "" {
		text += ": " + e.SQL
	}
	return printable.Line(text)
}
