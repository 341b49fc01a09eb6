package nplusgonetest

import (
	"context"
	"database/sql"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/nplusgone/nplusgone/detector"
	"github.com/nplusgone/nplusgone/driver"
	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/analysis"
	"github.com/nplusgone/nplusgone/internal/frame"
	"github.com/nplusgone/nplusgone/internal/printable"
	"github.com/nplusgone/nplusgone/internal/source"
	"github.com/nplusgone/nplusgone/report"
)

// TestingT is what is needed of a *testing.T, *testing.B or *testing.F.
type TestingT interface {
	Helper()
	Name() string
	Context() context.Context
	Cleanup(func())
	Logf(format string, args ...any)
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
}

// finder reads source for all tests of the process. Detectors that the tested code makes use it, too.
var finder = source.New()

func init() { detector.SetProcessSource(finder) }

// Test makes the test a scope and returns its context, made from t.Context(), to be passed to the code under test. When
// the test ends the scope is checked, and each finding that counts fails the test. It may be used in parallel tests and
// in subtests, each of which is a scope of its own.
func Test(t TestingT, opts ...Option) context.Context {
	t.Helper()
	ctx, _ := begin(t, opts)
	return ctx
}

// Open opens a database for the test as sql.Open does, watches it, and closes it when the test ends. Its statements
// belong to the test also when they run without the context of Test: to a scope of this database, which is checked
// like the one of Test.
func Open(t TestingT, driverName, dsn string, opts ...Option) *sql.DB {
	t.Helper()
	_, scope := begin(t, opts)
	t.Cleanup(remember(t.Name(), scope))
	db, err := driver.Open(driverName, dsn, scope.Observer())
	if err != nil {
		t.Fatalf("nplusgonetest: opening a database: %v", err)
		return nil
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Errorf("nplusgonetest: closing the database: %v", err)
		}
	})
	return db
}

func begin(t TestingT, opts []Option) (context.Context, *detector.Scope) {
	t.Helper()
	cfg, d, err := configure(opts)
	if err == nil {
		err = cfg.onlyFor("a test")
	}
	if err != nil {
		t.Fatalf("nplusgonetest: %v", err)
	}
	run, err := keep("", false)
	if err != nil {
		t.Errorf("nplusgonetest: %v", err)
	}
	run.begun(t.Name())
	ctx, scope := d.Begin(t.Context(), t.Name())
	blind := watchUnscoped(t)
	t.Cleanup(func() {
		t.Helper()
		verify(ctx, t, cfg, d, scope)
		blind(scope)
	})
	return ctx, scope
}

// verify ends the scope and tells the test what was found in it.
func verify(ctx context.Context, t TestingT, cfg *config, d *detector.Detector, scope *detector.Scope) {
	t.Helper()
	uses := scope.Uses()
	findings := scope.End(context.WithValue(ctx, toldKey{}, true))
	tell(t, cfg, d, findings)
	for _, b := range cfg.budgets {
		if text, over := b.exceeded(uses); over {
			t.Errorf("nplusgonetest: %s", text)
		}
	}
	if cfg.contract == "" {
		return
	}
	if text := checkContract(cfg.contract, t.Name(), uses); text != "" {
		t.Errorf("%s", text)
	}
}

// tell fails the test with each finding that counts, and logs the others that are worth a look.
func tell(t TestingT, cfg *config, d *detector.Detector, findings []finding.Finding) {
	t.Helper()
	for _, f := range findings {
		f.Known = cfg.why(&f)
		switch {
		case f.Gates(d.Level()):
			t.Errorf("\n%s", report.Block(f))
			attr(t, "nplusgone."+f.Rule, f.Identity)
		case f.Note != "", f.Known != "":
			t.Logf("\n%s", report.Block(f))
		}
	}
	keepArtifact(t, findings)
}

// toldKey marks the context of a scope whose findings a test has been told: VerifyTestMain does not repeat them.
type toldKey struct{}

// attr records an attribute of the test where testing can (Go 1.25).
func attr(t TestingT, key, value string) {
	if t, ok := t.(interface{ Attr(key, value string) }); ok {
		t.Attr(key, value)
	}
}

// open counts the tests that are being checked, overlaps how often one began while another was.
var open, overlaps atomic.Int64

// watchUnscoped begins to look for statements that should have been in the test's scope, and returns what tells of them
// when the test ends: a check that saw nothing must not look like one that found nothing.
func watchUnscoped(t TestingT) func(*detector.Scope) {
	stop := detector.TraceUnscoped()
	name := testFunction()
	if open.Add(1) > 1 {
		overlaps.Add(1)
	}
	before := overlaps.Load()
	alone := open.Load() == 1
	return func(scope *detector.Scope) {
		t.Helper()
		open.Add(-1)
		stacks := stop()
		if scope.Statements() > 0 {
			return
		}
		alone = alone && overlaps.Load() == before
		missed := slices.DeleteFunc(stacks, func(frames []analysis.Frame) bool { return !belongs(frames, name, alone) })
		if len(missed) == 0 {
			return
		}
		t.Errorf("nplusgonetest: statements of this test ran, but none in its scope, so that nothing was checked (the first at %s).\n"+
			"Pass the context that Test returns to the code under test, or open its database with nplusgonetest.Open.", userFrame(missed[0]))
	}
}

// belongs reports whether a statement without a scope should have been in the test's: tested code issued it, and its
// stack leads through the test, or, when no other test was being checked, through none at all, as in a server that the
// test has started. What a _test.go file issues itself prepares or looks at the database.
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

// testFunction returns the name of the test that calls this package.
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
	return "an unknown place"
}
