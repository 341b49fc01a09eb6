package report

import (
	"fmt"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/printable"
)

// position writes where something is, as an editor reads it; "" when nothing is known.
func position(file string, line int) string {
	switch {
	case file == "":
		return ""
	case line <= 0:
		return printable.Line(file)
	}
	return fmt.Sprintf("%s:%d", printable.Line(file), line)
}

// where writes a place with its function.
func where(p finding.Position) string {
	return list(" in ", position(p.File, p.Line), printable.Line(p.Function))
}

func calledAt(p finding.Position) string {
	if at := where(p); at != "" {
		return "called at " + at
	}
	return ""
}
