package nplusgonetest

import (
	"context"
	"database/sql"
	"path/filepath"
	"strings"
	"testing"

	_ "github.com/mattn/go-sqlite3"

	"github.com/nplusgone/nplusgone"
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

func TestVerifyTestMainChecksTheScopesOfTheTestedCode(t *testing.T) {
	db := watched(t)
	authors := tips.Cases()[1]
	for name, tc := range map[string]struct {
		run  func(t *testing.T) int
		code int
		want string
	}{
		"a loop in a scope of the code's own fails the package": {func(t *testing.T) int {
			ctx, end := nplusgone.Begin(t.Context(), "job")
			defer end()
			return check(t, authors.Dont(ctx, db))
		}, 1, "n-plus-one (proven)"},
		"a clean scope passes": {func(t *testing.T) int {
			ctx, end := nplusgone.Begin(t.Context(), "job")
			defer end()
			return check(t, authors.Do(ctx, db))
		}, 0, ""},
		"what a test was told is not repeated": {func(t *testing.T) int {
			return check(t, authors.Dont(Test(silent{t}), db))
		}, 0, ""},
		"statements without any scope fail the package": {func(t *testing.T) int {
			return check(t, authors.Do(context.Background(), db))
		}, 1, "nothing was checked"},
		"the tests' own failure is handed on": {func(*testing.T) int { return 3 }, 3, ""},
	} {
		t.Run(name, func(t *testing.T) {
			var out strings.Builder
			code := 0
			// The scopes of what runs end with an inner test, as they would before VerifyTestMain looks.
			code = verifyMain(runFunc(func() (inner int) {
				t.Run("package", func(t *testing.T) { inner = tc.run(t) })
				return inner
			}), &out, nil)
			if code != tc.code || !strings.Contains(out.String(), tc.want) || tc.want == "" && out.Len() > 0 {
				t.Errorf("exit code %d with %q, want %d with %q", code, out.String(), tc.code, tc.want)
			}
		})
	}
}

func TestVerifyTestMainRefusesAnUnknownRule(t *testing.T) {
	var out strings.Builder
	code := verifyMain(runFunc(func() int { t.Error("the tests ran"); return 0 }), &out, []Option{WithRules("n+1")})
	if code != 2 || !strings.Contains(out.String(), `"n+1"`) {
		t.Errorf("exit code %d with %q, want 2 and the name", code, out.String())
	}
}

// silent is a test that takes failures and says nothing.
type silent struct{ *testing.T }

func (silent) Errorf(string, ...any) {}
func (silent) Logf(string, ...any)   {}
func (silent) Attr(string, string)   {}

func check(t *testing.T, err error) int {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	return 0
}
