package nplusgonetest

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"sync"

	"github.com/nplusgone/nplusgone/detector"
	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/printable"
	"github.com/nplusgone/nplusgone/internal/record"
	"github.com/nplusgone/nplusgone/report"
)

// TestingM is the part of *testing.M that this package uses.
type TestingM interface{ Run() int }

// VerifyTestMain runs the tests of a package and exits. It checks the scopes that the tested code begins itself, with
// nplusgone.Middleware or nplusgone.Begin, in all tests of the package:
//
//	func TestMain(m *testing.M) { nplusgonetest.VerifyTestMain(m) }
//
// It exits with the code of the tests if they fail, else with 1 if a finding is likely or proven, and with 2 if something
// was not checked: all statements ran outside of every scope, tests called this package and no watched database ran a
// statement (unless only some of the tests were selected), nplusgone itself panicked, or the run could not be recorded. Findings in the
// scopes of Test, Open and OpenDB fail their own tests.
//
// With WithDir, or NPLUSGONE_DIR in the environment, it records the run for nplusgone report.
func VerifyTestMain(m TestingM, opts ...Option) {
	os.Exit(verifyMain(m, os.Stderr, opts))
}

// The codes that VerifyTestMain exits with when the tests pass.
const (
	exitPassed     = 0
	exitFindings   = 1
	exitNotChecked = 2
)

func verifyMain(m TestingM, w io.Writer, opts []Option) int {
	cfg, d, err := configure("VerifyTestMain", opts)
	var run *recordedRun
	if err == nil {
		if !flag.Parsed() {
			flag.Parse() // the run records whether flags select some of the tests
		}
		run, err = startRun(cfg.dir, true)
	}
	if err != nil {
		fmt.Fprintf(w, "nplusgonetest: %v\n", err)
		return exitNotChecked
	}
	var found collector
	stop := detector.Listen(found.add)
	before := countStatements()
	checked, faults := checks.ended.Load(), len(detector.Faults())
	code := m.Run()
	stop()

	status := exitPassed
	for _, f := range found.findings() {
		if _, ok := reported.Load(f.Identity); ok {
			continue
		}
		f.Known = cfg.why(&f)
		if f.Gates(d.Level()) {
			status = exitFindings
			fmt.Fprintf(w, "\n%s", report.Block(f))
		}
	}
	ran := countStatements().since(before)
	advise(w, ran.open)
	unchecked := ran.notChecked(checks.ended.Load()-checked > 0, detector.Faults()[faults:])
	for _, text := range unchecked {
		fmt.Fprintf(w, "nplusgonetest: not checked: %s\n", text)
	}
	if err := run.end(unchecked); err != nil {
		fmt.Fprintf(w, "nplusgonetest: not checked: recording the run: %v\n", err)
		unchecked = append(unchecked, "")
	}
	if status == exitPassed && len(unchecked) > 0 {
		status = exitNotChecked
	}
	if code != 0 || status == exitPassed {
		return code
	}
	fmt.Fprintln(w, "FAIL: nplusgone")
	return status
}

// A statementCount is what the process has run on watched databases.
type statementCount struct{ scoped, unscoped, open int }

func countStatements() statementCount {
	return statementCount{record.ScopedStatements(), record.UnscopedStatements(), record.NeverEnded()}
}

func (c statementCount) since(before statementCount) statementCount {
	return statementCount{c.scoped - before.scoped, c.unscoped - before.unscoped, c.open - before.open}
}

// notChecked says what was not checked in a package. asked is whether a test of it called this package.
func (c statementCount) notChecked(asked bool, faults []string) []string {
	var unchecked []string
	for _, text := range faults {
		unchecked = append(unchecked, printable.Line(text))
	}
	switch {
	case c.scoped > 0:
	case c.unscoped > 0:
		unchecked = append(unchecked, statements(c.unscoped)+" ran, but none in a scope: "+
			"call nplusgonetest.Test or Open in the tests, or use nplusgone.Middleware or Begin in the code")
	case asked && !filtered():
		unchecked = append(unchecked, "tests asked to be checked, and no watched database ran a statement: "+
			"open the database of the code under test with nplusgone.Open or nplusgonetest.Open")
	}
	return unchecked
}

// advise reports what weakens the check without failing it.
func advise(w io.Writer, open int) {
	if open > 0 {
		fmt.Fprintf(w, "nplusgonetest: %d scopes that the code has begun were not ended, so their statements were not checked.\n"+
			"Call the function that Begin returns when the work is done.\n", open)
	}
	if why := finder.Trouble(); why != "" {
		fmt.Fprintf(w, "nplusgonetest: some packages could not be type-checked, so rules about the use of rows did not run there: %s\n", printable.Line(why))
	}
	for _, d := range finder.Unused() {
		why := d.Wrong
		if why == "" {
			why = "the finding there is of another rule"
		}
		fmt.Fprintf(w, "nplusgonetest: %s:%d: this nplusgone:ignore comment has no effect: %s\n", printable.Line(d.File), d.Line, printable.Line(why))
	}
}

// A collector keeps the findings that no test has failed with.
type collector struct {
	mu  sync.Mutex
	set finding.Set
}

func (c *collector) add(ctx context.Context, f finding.Finding) {
	if ctx.Value(reportedKey{}) != nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.set.Add(f)
}

func (c *collector) findings() []finding.Finding {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.set.Findings()
}
