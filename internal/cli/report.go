package cli

import (
	"fmt"
	"io"
	"os"

	"github.com/nplusgone/nplusgone/report"
)

// reportCommand merges reports, renders them and gates.
type reportCommand struct {
	showFlags `embed:""`

	Source string    `placeholder:"DIR" help:"Ask the source in DIR, the root of a Go module, what runs without source could not say."`
	Output string    `short:"o" placeholder:"FILE" help:"Write to FILE instead of standard output."`
	Level  levelFlag `default:"likely" placeholder:"LEVEL" help:"Fail on findings of this level and above: suspect, likely or proven. The default is likely."`
	Paths  []string  `arg:"" name:"path" help:"Reports in the json format. A directory stands for the *.json files in it, and - for standard input."`
}

// Help implements kong.HelpProvider.
func (*reportCommand) Help() string {
	return `It exits with 0 when no finding counts, with 1 when one does, and with 2 when a
report cannot be read or written. Several documents in one file are merged too.

  nplusgone report shards/
  nplusgone report -format json -o all.json shard1.json shard2.json
  nplusgone report -source . staging.json
  nplusgone demo -format json | nplusgone report -level proven -`
}

// Run implements the subcommand.
func (c *reportCommand) Run(std *streams) error {
	doc, err := readReports(c.Paths, std.in, c.Output)
	if err != nil {
		return err
	}
	if c.Source != "" {
		if doc, err = withSource(doc, c.Source); err != nil {
			return err
		}
	}
	if err := c.write(std.out, doc); err != nil {
		return err
	}
	count := 0
	for _, f := range doc.Findings {
		if f.Gates(c.Level.Level) {
			count++
		}
	}
	if count > 0 {
		fmt.Fprintf(std.err, "nplusgone: findings that count (%s or surer): %d\n", c.Level, count)
		return errFindings
	}
	return nil
}

// write shows doc on stdout, or in the file that was asked for.
func (c *reportCommand) write(stdout io.Writer, doc *report.Document) (err error) {
	if c.Output == "" || c.Output == "-" {
		return plainly(c.show(stdout, doc))
	}
	file, err := os.Create(c.Output)
	if err != nil {
		return withHint(fmt.Errorf("creating %q: %w", c.Output, cause(err)), "name a file in a folder that exists and can be written to")
	}
	defer func() {
		if closed := file.Close(); err == nil && closed != nil {
			err = fmt.Errorf("closing %q: %w", c.Output, cause(closed))
		}
	}()
	return plainly(c.show(file, doc))
}
