package report

import (
	"bufio"
	"encoding/xml"
	"fmt"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/printable"
)

// How JUnit's XML is read: there is no standard. Jenkins' xUnit plugin has a schema, and other readers read what it
// allows. Some fail on a suite without a case, so there is always one: for each package that was checked, or for the whole
// report. A case is recognised over time by its class and its name, so neither has a line or a count in it.

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
	Text    string `xml:",cdata"` // printable, so that the file itself can be read
}

// writeJUnit writes a suite with cases for what was checked, and a case for each finding: it fails when the finding counts
// and is skipped when not.
func writeJUnit(w *bufio.Writer, s *Stream, opts Options) error {
	checks := checkCases(s)
	failures, errors := s.Tally.From(opts.level()), 0
	for _, c := range checks {
		if c.Error != nil {
			errors++
		}
	}
	tests := s.Tally.All() + len(checks)
	took := seconds(activityOf(s.Profile).milliseconds)
	w.WriteString(xml.Header)
	fmt.Fprintf(w, "<testsuites name=\"nplusgone\" tests=\"%d\" failures=\"%d\" errors=\"%d\" time=\"%s\">\n", tests, failures, errors, took)
	fmt.Fprintf(w, "  <testsuite name=\"nplusgone\" tests=\"%d\" failures=\"%d\" errors=\"%d\" skipped=\"%d\" time=\"%s\">\n",
		tests, failures, errors, s.Tally.All()-failures, took)
	enc := xml.NewEncoder(w)
	enc.Indent("    ", "  ")
	for _, c := range checks {
		if err := enc.Encode(c); err != nil {
			return err
		}
	}
	err := s.Each(AllKinds, func(f *finding.Finding) error { return enc.Encode(caseOf(f, opts)) })
	if err != nil {
		return err
	}
	w.WriteString("\n  </testsuite>\n</testsuites>\n")
	return nil
}

// checkCases returns a case for each package whose runs are in the report, which is an error when a run is incomplete, and
// a case for all scopes, which is an error when something was not checked. The latter is there when it is an error or the
// only one.
func checkCases(s *Stream) (cases []junitCase) {
	for _, r := range s.Runs {
		c := junitCase{Classname: "nplusgone", Name: printable.Line(r.Package) + " is checked", Time: "0.000"}
		if r.Missing != "" {
			c.Error = &junitResult{Message: printable.Line(r.Missing), Type: "incomplete"}
		}
		cases = append(cases, c)
	}
	all := junitCase{Classname: "nplusgone", Name: "scopes are checked", Time: "0.000"}
	for _, g := range s.gaps() {
		switch {
		case g.kind == incomplete:
		case all.Error == nil:
			all.Error = &junitResult{Message: printable.Line(g.why), Type: "not checked"}
		default:
			all.Error.Text += printable.Line(g.why) + "\n"
		}
	}
	if all.Error != nil || len(cases) == 0 {
		cases = append(cases, all)
	}
	return cases
}

func caseOf(f *finding.Finding, opts Options) junitCase {
	p := f.Position()
	statement := ""
	if len(f.Statements) > 0 {
		statement = f.Statements[0].Text
	}
	c := junitCase{Classname: "nplusgone." + printable.Line(f.Rule), Time: seconds(f.Milliseconds())}
	c.Name = list(" ", list(": ", printable.Line(p.Function), printable.SQL(statement, 120)), "("+printable.Line(f.Key())+")")
	r := &junitResult{Message: list(": ", fileLine(opts.file(p.File), p.Line), printable.Line(f.Headline())), Type: printable.Line(f.Rule)}
	if opts.counts(f) {
		r.Text = "\n" + Block(*f) + "\n"
		c.Failure = r
		return c
	}
	r.Message = list("; ", r.Message, printable.Line(f.Note), printable.Line(f.Known))
	c.Skipped = r
	return c
}

// seconds writes milliseconds as seconds, in the form of Surefire's reports.
func seconds(ms float64) string { return fmt.Sprintf("%.3f", finding.RoundTime(ms)/1000) }
