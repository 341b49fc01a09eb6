package cli

import (
	"context"
	"fmt"
)

// demoCommand shows what is found in the example application. It is a show and no check: what it finds does not make it
// fail.
type demoCommand struct {
	showFlags `embed:""`
}

// Help implements kong.HelpProvider.
func (*demoCommand) Help() string {
	return `The example application has thirteen tips on talking to a database, each as a
route that ignores it and one that follows it. The demo requests all of them
over HTTP, on a SQLite database that it makes and removes.

  nplusgone demo
  nplusgone demo -format json > report.json`
}

// Run implements the subcommand.
func (c *demoCommand) Run(std *streams) error {
	t, err := takeTour(context.Background())
	if err != nil {
		return err
	}
	text := c.Format == "text" // for people, who get more than the document
	if text {
		if _, err := fmt.Fprintf(std.out, "nplusgone demo: %d requests to the example application, on SQLite\n\n", t.requests); err != nil {
			return err
		}
	}
	if err := c.show(std.out, t.doc); err != nil {
		return plainly(err)
	}
	if text {
		if err := writeStops(std.out, t.stops); err != nil {
			return err
		}
		fmt.Fprintln(std.err, `nplusgone: run "nplusgone explain RULE" for more about a rule`)
	}
	return nil
}
