package nplusgonetest

import (
	"context"
	"database/sql"
	"path/filepath"
	"strings"
	"testing"

	_ "github.com/mattn/go-sqlite3"

	"github.com/nplusgone/nplusgone"
	"github.com/nplusgone/nplusgone/internal/fault"
	"github.com/nplusgone/nplusgone/testdata/tips"
)

// runFunc is a package's tests.
type runFunc func() int

func (fn runFunc) Run() int { return fn() }

func watched(t *testing.T) *sql.DB {
	t.Helper()
	db, err := nplusgone.Open("sqlite3", filepath.Join(t.TempDir(), "test.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	nplusgone.Ignore(t.Context(), func(ctx context.Context) {
		if _, err := db.ExecContext(ctx, tips.Schema); err != nil {
			t.Fatal(err)
		}
	})
	return db
}

// silent is a test that discards failures.
type silent struct{ *testing.T }

func (silent) Errorf(string, ...any) {}
func (silent) Logf(string, ...any)   {}
func (silent) Attr(string, string)   {}

// Proves what VerifyTestMain exits with, and what it prints.
func TestVerifyTestMain(t *testing.T) {
	db := watched(t)
	authors := tips.Cases()[1]
	begin := func(t *testing.T, fn func(context.Context) error) error {
		ctx, end := nplusgone.Begin(t.Context(), "job")
		defer end()
		return fn(ctx)
	}
	for name, tc := range map[string]struct {
		run  func(t *testing.T) error
		code int
		want string // in the output; empty for no output
	}{
		"a finding in a scope of the tested code": {func(t *testing.T) error {
			return begin(t, func(ctx context.Context) error { return authors.Dont(ctx, db) })
		}, 1, "n-plus-one (proven)"},
		"a scope without findings": {func(t *testing.T) error {
			return begin(t, func(ctx context.Context) error { return authors.Do(ctx, db) })
		}, 0, ""},
		"a finding that a test has failed with": {func(t *testing.T) error {
			return authors.Dont(Test(silent{t}), db)
		}, 0, ""},
		"a finding in a scope that the tested code begins within that of a test": {func(t *testing.T) error {
			ctx, end := nplusgone.Begin(Test(silent{t}), "job")
			defer end()
			return authors.Dont(ctx, db)
		}, 0, ""},
		"statements outside of every scope": {func(t *testing.T) error {
			return authors.Do(context.Background(), db)
		}, 2, "not checked: 1 statement ran, but none in a scope: "},
		"a test without a statement": {func(t *testing.T) error {
			Test(silent{t})
			return nil
		}, 2, "not checked: tests asked to be checked, and no watched database ran a statement: "},
		"a skipped test": {func(t *testing.T) error {
			t.Run("skipped", func(t *testing.T) {
				Test(t)
				t.Skip("no database")
			})
			return nil
		}, 0, ""},
		"no test that calls this package": {func(t *testing.T) error { return nil }, 0, ""},
		"a panic in nplusgone": {func(t *testing.T) error {
			defer fault.Report(`the scope "job" was not checked`, "out of range")
			return begin(t, func(ctx context.Context) error { return authors.Do(ctx, db) })
		}, 2, `not checked: the scope "job" was not checked: nplusgone panicked: out of range`},
	} {
		t.Run(name, func(t *testing.T) {
			defer fault.Reset()
			reported.Clear()
			var out strings.Builder
			code := verifyMain(runFunc(func() int {
				t.Run("package", func(t *testing.T) { // its scopes end with it
					if err := tc.run(t); err != nil {
						t.Error(err)
					}
				})
				return 0
			}), &out, nil)
			if code != tc.code || !strings.Contains(out.String(), tc.want) || tc.want == "" && out.Len() > 0 {
				t.Errorf("exit code %d with %q, want %d with %q", code, out.String(), tc.code, tc.want)
			}
		})
	}
}

// Proves that the code of failed tests is returned as it is.
func TestVerifyTestMainOfFailedTests(t *testing.T) {
	var out strings.Builder
	if code := verifyMain(runFunc(func() int { return 3 }), &out, nil); code != 3 || out.Len() > 0 {
		t.Errorf("exit code %d with %q, want 3", code, out.String())
	}
}

// Proves that VerifyTestMain runs no test with an option of other functions.
func TestVerifyTestMainRefusesOptionsOfOtherFunctions(t *testing.T) {
	for _, opt := range []Option{nplusgone.WithRules("n-plus-one"), MaxQueries(1), Contract("x"), nplusgone.WithScans()} {
		var out strings.Builder
		code := verifyMain(runFunc(func() int { t.Error("the tests ran"); return 0 }), &out, []Option{opt})
		if code != 2 || !strings.Contains(out.String(), "is not an option of VerifyTestMain: pass it to ") {
			t.Errorf("exit code %d with %q, want 2 and the functions that take it", code, out.String())
		}
	}
}
