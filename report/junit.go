package report

import (
	"bufio"
	"encoding/xml"
	"fmt"
	"strings"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/printable"
)

// What readers make of JUnit's XML, for which there is no standard: Jenkins' xUnit plugin has a schema, and the rest read
// what that allows. A suite without a case is an error to some, so that there is always one: for each package that was
// checked, or for the whole. A case is known over time by its class and its name, which therefore have no line and no
// count in them.

type junitCase struct {
	XMLName   xml.Name     `xml:"testcase"`
	Classname string       `xml:"classname,attr"`
	Name      string       `xml:"name,attr"`
	Time      string       `xml:"time,attr"`
	Failure   *junitResult `xml:"failure,omitempty"`
	Error     *junitResult `xml:"error,omitempty"`
	Skipped   *junitResult `xml:"skipped,omitempty"`
}

type junitResult struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr,omitempty"`
	Text    string `xml:",cdata"` // all visible, so that it can be read in the file as well
}

// writeJUnit writes a suite with a case for each finding, which fails when the finding counts and is skipped when not.
func writeJUnit(w *bufio.Writer, v *Stream, opts Options) error {
	checked := checkedCases(v)
	failures, errors := v.Tally.From(opts.level()), 0
	for _, c := range checked {
		if c.Error != nil {
			errors++
		}
	}
	tests := v.Tally.All() + len(checked)
	took := seconds(watchedIn(v.Profile).milliseconds)
	w.WriteString(xml.Header)
	fmt.Fprintf(w, "<testsuites name=\"nplusgone\" tests=\"%d\" failures=\"%d\" errors=\"%d\" time=\"%s\">\n", tests, failures, errors, took)
	fmt.Fprintf(w, "  <testsuite name=\"nplusgone\" tests=\"%d\" failures=\"%d\" errors=\"%d\" skipped=\"%d\" time=\"%s\">\n",
		tests, failures, errors, v.Tally.All()-failures, took)
	enc := xml.NewEncoder(w)
	enc.Indent("    ", "  ")
	for _, c := range checked {
		if err := enc.Encode(c); err != nil {
			return err
		}
	}
	err := v.Each(AllKinds, func(f *finding.Finding) error { return enc.Encode(caseOf(f, opts)) })
	if err != nil {
		return err
	}
	w.WriteString("\n  </testsuite>\n</testsuites>\n")
	return nil
}

// checkedCases returns a case for each package that was checked, an error where its run is not whole; or one for all.
func checkedCases(v *Stream) []junitCase {
	if len(v.Runs) == 0 {
		return []junitCase{{Classname: "nplusgone", Name: "scopes are checked", Time: "0.000"}}
	}
	cases := make([]junitCase, len(v.Runs))
	for i, r := range v.Runs {
		cases[i] = junitCase{Classname: "nplusgone", Name: printable.Line(r.Package) + " is checked", Time: "0.000"}
		if r.Missing != "" {
			cases[i].Error = &junitResult{Message: printable.Line(r.Missing), Type: "incomplete"}
		}
	}
	return cases
}

func caseOf(f *finding.Finding, opts Options) junitCase {
	p := f.Position()
	c := junitCase{Classname: "nplusgone." + printable.Line(f.Rule), Time: seconds(f.Milliseconds())}
	c.Name = list(" ", list(": ", printable.Line(p.Function), printable.SQL(statementOf(f), 120)), "("+printable.Line(f.Key())+")")
	r := &junitResult{Message: list(": ", position(opts.file(p.File), p.Line), printable.Line(f.Message)), Type: printable.Line(f.Rule)}
	if opts.counts(f) {
		r.Text = "\n" + Block(*f) + "\n"
		c.Failure = r
		return c
	}
	r.Message = list("; ", r.Message, printable.Line(f.Note), printable.Line(f.Known))
	c.Skipped = r
	return c
}

func statementOf(f *finding.Finding) string {
	if len(f.Statements) == 0 {
		return ""
	}
	return f.Statements[0].Text
}

// seconds writes milliseconds as the seconds of Surefire's reports.
func seconds(ms float64) string {
	return strings.TrimSpace(fmt.Sprintf("%.3f", finding.RoundTime(ms)/1000))
}
