package nplusgonetest

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/nplusgone/nplusgone/detector"
	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/analysis"
	"github.com/nplusgone/nplusgone/internal/frame"
	"github.com/nplusgone/nplusgone/internal/printable"
	"github.com/nplusgone/nplusgone/internal/record"
)

// A check finds out whether a test's scope saw the test's statements: a check that saw nothing must not look like one
// that found nothing.
type check struct {
	function string // of the test
	alone    bool   // no other check was open when this one started
	overlaps int64  // value of checks.overlaps at the start
	scoped   int    // statements in any scope of the process at the start
	faults   int    // panics of nplusgone at the start
	first    bool   // the test has no other check that started before and is open
	unscoped func() [][]analysis.Frame
}

// checks counts those of the process.
var checks struct {
	open     atomic.Int64 // checks that have not ended
	overlaps atomic.Int64 // how often one started while another was open
	ended    atomic.Int64 // of tests that were not skipped
	byTest   sync.Map     // names of tests with an open check
}

func startCheck(t TestingT) *check {
	t.Helper()
	c := &check{
		function: testFunction(), scoped: record.ScopedStatements(), faults: len(detector.Faults()),
		unscoped: detector.TraceUnscoped(),
	}
	if checks.open.Add(1) > 1 {
		checks.overlaps.Add(1)
	}
	c.overlaps = checks.overlaps.Load()
	c.alone = checks.open.Load() == 1
	_, open := checks.byTest.LoadOrStore(t.Name(), true)
	c.first = !open
	return c
}

// end is called after scope has ended.
func (c *check) end(t TestingT, scope *detector.Scope) {
	t.Helper()
	checks.open.Add(-1)
	if c.first {
		checks.byTest.Delete(t.Name())
	}
	stacks := c.unscoped()
	if skipped(t) {
		return
	}
	checks.ended.Add(1)
	for _, fault := range detector.Faults()[c.faults:] {
		t.Errorf("nplusgonetest: not checked: %s", printable.Line(fault))
	}
	if scope.Statements() > 0 {
		return
	}
	alone := c.alone && checks.overlaps.Load() == c.overlaps
	missed := slices.DeleteFunc(stacks, func(frames []analysis.Frame) bool { return !belongs(frames, c.function, alone) })
	switch {
	case len(missed) > 0:
		t.Errorf("nplusgonetest: not checked: statements of this test ran, but none in its scope (the first at %s).\n"+
			"Pass the context that Test returns to the code under test, or open its database with nplusgonetest.Open.", userFrame(missed[0]))
	case c.first && len(stacks) == 0 && record.ScopedStatements() == c.scoped:
		t.Logf("nplusgonetest: no statement of a watched database ran in this test, so nothing was checked.\n" +
			"Open the database of the code under test with nplusgone.Open or nplusgonetest.Open.")
	}
}

func skipped(t TestingT) bool {
	s, ok := t.(interface{ Skipped() bool })
	return ok && s.Skipped()
}

// belongs reports whether a statement without a scope should have been in the test's: tested code issued it, and its
// stack leads through the test; or through no test at all while no other was checked, as in a server that the test has
// started. What a _test.go file issues itself sets up or inspects the database.
func belongs(frames []analysis.Frame, test string, alone bool) bool {
	i := slices.IndexFunc(frames, func(f analysis.Frame) bool { return frame.User(f.Function, f.File) })
	if i < 0 || frame.Test(frames[i].File) {
		return false
	}
	throughTest := false
	for _, f := range frames {
		if frame.Name(f.Function) == test {
			return true
		}
		throughTest = throughTest || f.Function == "testing.tRunner"
	}
	return alone && !throughTest
}

// testFunction returns the name of the function that calls this package.
func testFunction() string {
	pcs := make([]uintptr, 64)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(2, pcs)])
	for {
		f, more := frames.Next()
		name := frame.Name(f.Function)
		if !strings.HasPrefix(name, "nplusgonetest.") || frame.Test(f.File) || !more {
			return name
		}
	}
}

func userFrame(frames []analysis.Frame) string {
	for _, f := range frames {
		if frame.User(f.Function, f.File) {
			return fmt.Sprintf("%s:%d", printable.Line(frame.Relative(f.Function, f.File)), f.Line)
		}
	}
	return "an unknown position"
}

// reportedKey marks the context of a scope that the test itself checks.
type reportedKey struct{}

// reported has the identities of the findings that tests have failed with: VerifyTestMain does not repeat them.
var reported sync.Map

// innerScopes collects the findings of scopes that the code under test begins within that of the test, with
// nplusgone.Begin. It is a detector.Sink.
type innerScopes struct {
	mu    sync.Mutex
	found []finding.Finding
}

// Finding implements detector.Sink.
func (s *innerScopes) Finding(ctx context.Context, f finding.Finding) {
	if ctx.Value(reportedKey{}) != nil {
		return // of the test's own scope
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.found = append(s.found, f)
}

// take returns what was found since the last call.
func (s *innerScopes) take() []finding.Finding {
	s.mu.Lock()
	defer s.mu.Unlock()
	found := s.found
	s.found = nil
	return found
}
