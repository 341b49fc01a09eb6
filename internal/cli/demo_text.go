package cli

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/testdata/app"
)

// writeSummary writes a line for each tip: the findings on the routes that ignore it and on those that follow it, and how
// many statements both run.
func writeSummary(w io.Writer, d *demo) error {
	var b strings.Builder
	fmt.Fprintf(&b, "nplusgone demo: %d requests to an example application on SQLite.\n", d.requests)
	b.WriteString("For each tip of the article \"Django ORM Optimization Tips\", it has routes that ignore the tip\n" +
		"and routes that follow it.\n\n")
	table := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "tip\tstatements\tignored\tfollowed")
	for i := 0; i < len(d.cases); {
		tip := d.cases[i].Tip
		var bad, good []finding.Finding
		statements, followed := 0, 0
		for ; i < len(d.cases) && d.cases[i].Tip == tip; i++ {
			bad, good = append(bad, d.cases[i].bad.found...), append(good, d.cases[i].good.found...)
			statements, followed = statements+d.cases[i].bad.statements, followed+d.cases[i].good.statements
		}
		fmt.Fprintf(table, "%3d\t%d -> %d\t%s\t%s\n", tip, statements, followed, verdict(bad, "none"), verdict(good, "none"))
	}
	if err := table.Flush(); err != nil {
		return err
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// verdict lists the rules of findings with their levels, each once; none is the text for no finding.
func verdict(found []finding.Finding, none string) string {
	var rules []string
	for _, f := range found {
		if rule := fmt.Sprintf("%s (%s)", f.Rule, f.Level); !slices.Contains(rules, rule) {
			rules = append(rules, rule)
		}
	}
	if len(rules) == 0 {
		return none
	}
	return strings.Join(rules, ", ")
}

// writeRoutes writes what was found on each route, and ends with a table of what each route costs.
func writeRoutes(w io.Writer, d *demo) error {
	var b strings.Builder
	b.WriteString("\nThe routes of each tip:\n\n")
	for _, c := range d.cases {
		fmt.Fprintf(&b, "tip %2d  %s\n", c.Tip, c.Title)
		if c.Bad != c.Good {
			writeRoute(&b, c.Bad, c.bad)
		}
		writeRoute(&b, c.Good, c.good)
	}
	if _, err := io.WriteString(w, b.String()); err != nil {
		return err
	}
	return writeCosts(w, d)
}

func writeRoute(b *strings.Builder, r app.Request, result routeResult) {
	path, _, _ := strings.Cut(r.Path, "?")
	fmt.Fprintf(b, "        %-4s %-28s  -> %s\n", r.Method, path, verdict(result.found, "no findings"))
}

// writeCosts writes a line for each case: its tip and rule, and the statements and milliseconds of both routes.
func writeCosts(w io.Writer, d *demo) error {
	if _, err := io.WriteString(w, "\nThe cost of one request, with the tip ignored and followed:\n\n"); err != nil {
		return err
	}
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "tip\trule\tlevel\tstatements\tfollowed\tms\tfollowed\t")
	for _, c := range d.cases {
		level := "-"
		for _, f := range c.bad.found {
			if f.Rule == c.Rule {
				level = f.Level.String()
			}
		}
		fmt.Fprintf(table, "%d\t%s\t%s\t%d\t%d\t%.3f\t%.3f\t\n",
			c.Tip, cmp.Or(c.Rule, "(profile)"), level, c.bad.statements, c.good.statements, c.bad.milliseconds, c.good.milliseconds)
	}
	return table.Flush()
}
