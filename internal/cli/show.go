package cli

import (
	"io"

	"github.com/nplusgone/nplusgone/internal/analysis"
	"github.com/nplusgone/nplusgone/report"
)

// showFlags are the flags about the form of a report.
type showFlags struct {
	Format  string `default:"text" enum:"${formats}" placeholder:"FORMAT" help:"Write the report as ${a_format}. The default is text."`
	Color   string `default:"auto" enum:"auto,always,never" placeholder:"WHEN" help:"Color text: auto, always or never. The default, auto, colors for terminals and respects NO_COLOR and CLICOLOR_FORCE."`
	Verbose bool   `short:"v" help:"Show all suspects and notes, identities, all statements of a finding, known findings, and the profile of each scope."`
}

// options returns the options of a report that is written to w.
func (f showFlags) options(w io.Writer) report.Options {
	return report.Options{Color: f.Color == "always" || f.Color == "auto" && report.ColorFor(w), Verbose: f.Verbose, Rules: analysis.Rules()}
}

// show writes doc to w.
func (f showFlags) show(w io.Writer, doc *report.Document) error {
	return report.Write(w, f.Format, doc, f.options(w))
}
