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

// TestingM is what is needed of a *testing.M.
type TestingM interface{ Run() int }

// VerifyTestMain runs the tests of a package and exits. It checks the scopes that the tested code makes itself
// (nplusgone.Middleware, nplusgone.Begin) in any of the tests, and fails the package on a finding that counts:
//
//	func TestMain(m *testing.M) { nplusgonetest.VerifyTestMain(m) }
//
// Scopes of Test and Open fail their own tests. Options that say what is found (rules, threshold) belong to whoever
// makes a scope; here the level, the baseline and the directory count. When statements ran and none was in any scope,
// the package fails, too.
//
// With WithDir, or NPLUSGONE_DIR in the environment, the run is kept for nplusgone report: see Collecting in the package's
// description.
func VerifyTestMain(m TestingM, opts ...Option) {
	os.Exit(verifyMain(m, os.Stderr, opts))
}

func verifyMain(m TestingM, w io.Writer, opts []Option) int {
	cfg, d, err := configure(opts)
	if err == nil {
		err = cfg.onlyFor("VerifyTestMain")
	}
	var run *keptRun
	if err == nil {
		if !flag.Parsed() {
			flag.Parse() // what a run says of itself depends on the flags
		}
		run, err = keep(cfg.dir, true)
	}
	if err != nil {
		fmt.Fprintf(w, "nplusgonetest: %v\n", err)
		return 2
	}
	var found collector
	stop := detector.Listen(found.add)
	scopes, unscoped, open := record.ScopedStatements(), record.UnscopedStatements(), record.NeverEnded()
	code := m.Run()
	stop()
	scopes, unscoped = record.ScopedStatements()-scopes, record.UnscopedStatements()-unscoped

	failed := false
	for _, f := range found.findings() {
		f.Known = cfg.why(&f)
		if f.Gates(d.Level()) {
			failed = true
			fmt.Fprintf(w, "\n%s", report.Block(f))
		}
	}
	advise(w, record.NeverEnded()-open)
	if unscoped > 0 && scopes == 0 {
		failed = true
		fmt.Fprintf(w, "nplusgonetest: %d statements ran, but none in a scope, so that nothing was checked.\n"+
			"Use Test or Open of this package in the tests, or nplusgone.Middleware or Begin in the code.\n", unscoped)
	}
	if err := run.end(); err != nil {
		fmt.Fprintf(w, "nplusgonetest: keeping the run: %v\n", err)
		failed = true
	}
	if failed && code == 0 {
		fmt.Fprintln(w, "FAIL: nplusgone")
		return 1
	}
	return code
}

// advise says what was not checked, or not needed, though nothing is wrong with the code.
func advise(w io.Writer, open int) {
	if open > 0 {
		fmt.Fprintf(w, "nplusgonetest: %d scopes that the code has begun were never ended, so that what ran in them was not checked.\n"+
			"Call the function that Begin returns when the work is done.\n", open)
	}
	if why := finder.Trouble(); why != "" {
		fmt.Fprintf(w, "nplusgonetest: the types of some source could not be read, so that rules about what becomes of rows were silent there: %s\n", printable.Line(why))
	}
	for _, d := range finder.Unused() {
		why := d.Wrong
		if why == "" {
			why = "the finding there is of another rule"
		}
		fmt.Fprintf(w, "nplusgonetest: %s:%d: this nplusgone:ignore comment set nothing aside: %s\n", printable.Line(d.File), d.Line, printable.Line(why))
	}
}

// A collector keeps the findings that no test has reported.
type collector struct {
	mu  sync.Mutex
	set finding.Set
}

func (c *collector) add(ctx context.Context, f finding.Finding) {
	if told, _ := ctx.Value(toldKey{}).(bool); told {
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
