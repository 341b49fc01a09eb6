package cli

import (
	"cmp"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/nplusgone/nplusgone/testdata/app"
)

// writeStops writes what was found at each stop, and ends with the table of tips.
func writeStops(w io.Writer, stops []stop) error {
	var b strings.Builder
	b.WriteString("\nEach tip, a route that ignores it, and a route that follows it:\n\n")
	for _, s := range stops {
		writeStop(&b, s)
	}
	if _, err := io.WriteString(w, b.String()); err != nil {
		return err
	}
	return writeTips(w, stops)
}

func writeStop(b *strings.Builder, s stop) {
	fmt.Fprintf(b, "tip %2d  %s\n", s.Tip, s.Title)
	if s.Bad != s.Good {
		writeRoute(b, s.Bad, s.bad)
	}
	writeRoute(b, s.Good, s.good)
}

func writeRoute(b *strings.Builder, r app.Request, v visit) {
	path, _, _ := strings.Cut(r.Path, "?")
	what := "clean"
	for i, f := range v.found {
		if i == 0 {
			what = ""
		} else {
			what += ", "
		}
		what += fmt.Sprintf("%s (%s)", f.Rule, f.Level)
	}
	fmt.Fprintf(b, "        %-4s %-28s  -> %s\n", r.Method, path, what)
}

// profileRow is what the table says of a page that is there to be measured.
const profileRow = "the profile"

// writeTips writes a line for each case: its tip, what was found, and what the cure saves.
func writeTips(w io.Writer, stops []stop) error {
	if _, err := io.WriteString(w, "\nThe tips, and what it takes before and after the cure:\n\n"); err != nil {
		return err
	}
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "tip\trule\tlevel\tstatements\tafter\tms\tafter\t")
	for _, s := range stops {
		rule, level := cmp.Or(s.Rule, profileRow), "-"
		for _, f := range s.bad.found {
			if f.Rule == s.Rule {
				level = f.Level.String()
			}
		}
		fmt.Fprintf(table, "%d\t%s\t%s\t%d\t%d\t%.3f\t%.3f\t\n",
			s.Tip, rule, level, s.bad.statements, s.good.statements, s.bad.milliseconds, s.good.milliseconds)
	}
	return table.Flush()
}
