package report

import (
	"fmt"

	"github.com/nplusgone/nplusgone/finding"
)

// position writes where something is, as an editor reads it; "" when nothing is known.
func position(file string, line int) string {
	switch {
	case file == "":
		return ""
	case line <= 0:
		return visible(file)
	}
	return fmt.Sprintf("%s:%d", visible(file), line)
}

// where writes a place with its function.
func where(p finding.Position) string {
	return list(" in ", position(p.File, p.Line), visible(p.Function))
}

func calledAt(p finding.Position) string {
	if at := where(p); at != "" {
		return "called at " + at
	}
	return ""
}
