package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/nplusgone/nplusgone/detector"
	"github.com/nplusgone/nplusgone/testdata/app"
)

// writeStops writes what was found at each stop, then the tips whose rule is still to come.
func writeStops(w io.Writer, stops []stop) error {
	var b strings.Builder
	b.WriteString("\nEach tip, a route that ignores it, and a route that follows it:\n\n")
	for _, s := range stops {
		if !s.Later {
			writeStop(&b, s)
		}
	}
	b.WriteString("\nTips whose rule comes in a later version:\n\n")
	for _, s := range stops {
		if s.Later {
			writeTip(&b, s)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func writeStop(b *strings.Builder, s stop) {
	writeTip(b, s)
	if s.Bad != s.Good {
		writeRoute(b, s.Bad, s.bad)
	}
	writeRoute(b, s.Good, s.good)
}

func writeTip(b *strings.Builder, s stop) {
	line := fmt.Sprintf("tip %2d  %-55s  %s", s.Tip, s.Title, s.Rule)
	b.WriteString(strings.TrimRight(line, " ") + "\n")
}

func writeRoute(b *strings.Builder, r app.Request, found []detector.Finding) {
	path, _, _ := strings.Cut(r.Path, "?")
	what := "clean"
	for i, f := range found {
		if i == 0 {
			what = ""
		} else {
			what += ", "
		}
		what += fmt.Sprintf("%s (%s)", f.Rule, f.Level)
	}
	fmt.Fprintf(b, "        %-4s %-28s  -> %s\n", r.Method, path, what)
}
