package cli

import (
	"context"
	"fmt"

	"github.com/nplusgone/nplusgone/report"
)

// demoCommand shows what is found in the example application. Findings do not make it fail.
type demoCommand struct {
	showFlags `embed:""`
}

// Help implements kong.HelpProvider.
func (*demoCommand) Help() string {
	return `The example application has a route that ignores each of the thirteen tips of
the article "Django ORM Optimization Tips", and one that follows it. The demo
requests all of them over HTTP, on a SQLite database in a temporary folder. It
prints a summary and one finding; -v prints all findings, and what each route
costs.

  nplusgone demo
  nplusgone demo -v
  nplusgone demo -format json > report.json`
}

// Run implements the subcommand.
func (c *demoCommand) Run(std *streams) error {
	d, err := runDemo(context.Background())
	if err != nil {
		return err
	}
	if c.Format != "text" {
		return plainly(c.show(std.out, d.doc))
	}
	if err := writeSummary(std.out, d); err != nil {
		return err
	}
	if c.Verbose {
		if err := c.showAll(std, d); err != nil {
			return err
		}
	} else if _, err := fmt.Fprintf(std.out, "\nOne of the %d findings:\n\n%s\n", len(d.doc.Findings), report.Block(d.example())); err != nil {
		return err
	}
	name := self()
	if !c.Verbose {
		fmt.Fprintf(std.err, "\nnplusgone: run \"%s demo -v\" for all findings\n", name)
	}
	fmt.Fprintf(std.err, "nplusgone: run \"%s explain n-plus-one\" for what a rule finds and how to fix it\n", name)
	return nil
}

// showAll writes the report, and then each route with its findings and costs.
func (c *demoCommand) showAll(std *streams, d *demo) error {
	if _, err := fmt.Fprintf(std.out, "\nAll findings:\n\n"); err != nil {
		return err
	}
	if err := c.show(std.out, d.doc); err != nil {
		return plainly(err)
	}
	return writeRoutes(std.out, d)
}
