package nplusgonetest

import (
	"context"
	"database/sql"
	sqldriver "database/sql/driver"
	"slices"

	"github.com/nplusgone/nplusgone/detector"
	"github.com/nplusgone/nplusgone/driver"
	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/source"
	"github.com/nplusgone/nplusgone/report"
)

// TestingT is the part of *testing.T, *testing.B and *testing.F that this package uses.
type TestingT interface {
	Helper()
	Name() string
	Context() context.Context
	Cleanup(func())
	Logf(format string, args ...any)
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
}

// finder reads source for all tests of the process, and for the detectors that the tested code makes.
var finder = source.New()

func init() { detector.SetProcessSource(finder) }

// Test makes the test a scope and returns its context, which is derived from t.Context(). Pass it to the code under test.
// When the test ends, each finding in the scope that is likely or proven fails the test. Tests may run in parallel, and
// each subtest that calls Test is a scope of its own.
func Test(t TestingT, opts ...Option) context.Context {
	t.Helper()
	ctx, _, _ := begin(t, "Test", opts)
	return ctx
}

// Open opens a database for the test as [sql.Open] does, and closes it when the test ends. Its statements belong to the
// test wherever they run: those without another scope are checked as those of Test are.
func Open(t TestingT, driverName, dsn string, opts ...Option) *sql.DB {
	t.Helper()
	return open(t, "Open", opts, func(scope *detector.Scope, o []driver.Option) (*sql.DB, error) {
		return driver.Open(driverName, dsn, scope.Observer(), o...)
	})
}

// OpenDB opens a database for the test as [sql.OpenDB] does; see Open.
func OpenDB(t TestingT, c sqldriver.Connector, opts ...Option) *sql.DB {
	t.Helper()
	return open(t, "OpenDB", opts, func(scope *detector.Scope, o []driver.Option) (*sql.DB, error) {
		return driver.OpenDB(c, scope.Observer(), o...)
	})
}

func open(t TestingT, door string, opts []Option, connect func(*detector.Scope, []driver.Option) (*sql.DB, error)) *sql.DB {
	t.Helper()
	_, scope, cfg := begin(t, door, opts)
	t.Cleanup(remember(t.Name(), scope))
	db, err := connect(scope, cfg.database)
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

// begin starts the scope of a test, and checks it when the test ends.
func begin(t TestingT, door string, opts []Option) (context.Context, *detector.Scope, *config) {
	t.Helper()
	cfg, d, err := configure(door, opts)
	if err != nil {
		t.Fatalf("nplusgonetest: %v", err)
	}
	run, err := startRun("", false)
	if err != nil {
		t.Errorf("nplusgonetest: %v", err)
	}
	run.begun(t.Name())
	ctx, scope := d.Begin(t.Context(), t.Name())
	checked := startCheck(t)
	t.Cleanup(func() {
		t.Helper()
		verify(ctx, t, cfg, d, scope)
		checked.end(t, scope)
	})
	return ctx, scope, cfg
}

// verify ends the scope and reports what was found in it.
func verify(ctx context.Context, t TestingT, cfg *config, d *detector.Detector, scope *detector.Scope) {
	t.Helper()
	uses := scope.Uses()
	findings := scope.End(context.WithValue(ctx, reportedKey{}, true))
	showFindings(t, cfg, d, slices.Concat(findings, cfg.inner.take()))
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

// showFindings fails the test with each finding that gates, and logs notes and known findings.
func showFindings(t TestingT, cfg *config, d *detector.Detector, findings []finding.Finding) {
	t.Helper()
	for _, f := range findings {
		f.Known = cfg.why(&f)
		switch {
		case f.Gates(d.Level()):
			reported.Store(f.Identity, true)
			t.Errorf("\n%s", report.Block(f))
			setAttr(t, "nplusgone."+f.Rule, f.Identity)
		case f.Note != "", f.Known != "":
			t.Logf("\n%s", report.Block(f))
		}
	}
	keepArtifact(t, findings)
}

// setAttr records an attribute of the test if testing can (Go 1.25).
func setAttr(t TestingT, key, value string) {
	if t, ok := t.(interface{ Attr(key, value string) }); ok {
		t.Attr(key, value)
	}
}
