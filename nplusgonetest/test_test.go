package nplusgonetest_test

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"os"
	"strings"
	"testing"

	_ "github.com/mattn/go-sqlite3"

	"github.com/nplusgone/nplusgone"
	"github.com/nplusgone/nplusgone/internal/fault"
	"github.com/nplusgone/nplusgone/nplusgonetest"
	"github.com/nplusgone/nplusgone/testdata/tips"
)

// A recorder is a TestingT that records its failures, logs and attributes. Its clean-ups run when the test calls end.
type recorder struct {
	*testing.T
	errors, logs, attrs []string
	cleanups            []func()
	skip                bool
}

func (r *recorder) Errorf(format string, args ...any) {
	r.errors = append(r.errors, fmt.Sprintf(format, args...))
}

func (r *recorder) Logf(format string, args ...any) {
	r.logs = append(r.logs, fmt.Sprintf(format, args...))
}

func (r *recorder) Attr(_, value string) { r.attrs = append(r.attrs, value) }

func (r *recorder) Cleanup(fn func()) { r.cleanups = append(r.cleanups, fn) }

func (r *recorder) Skipped() bool { return r.skip }

func (r *recorder) end() {
	for i := len(r.cleanups) - 1; i >= 0; i-- {
		r.cleanups[i]()
	}
	r.cleanups = nil
}

func database(t *testing.T) *sql.DB {
	t.Helper()
	db, err := nplusgone.Open("sqlite3", "file:"+t.TempDir()+"/test.db")
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

// lineOf returns file:line of the line that ends with mark.
func lineOf(t *testing.T, file, mark string) string {
	t.Helper()
	src, err := os.ReadFile("../" + file)
	if err != nil {
		t.Fatal(err)
	}
	for i, line := range strings.Split(string(src), "\n") {
		if strings.HasSuffix(line, mark) {
			return fmt.Sprintf("%s:%d:", file, i+1)
		}
	}
	t.Fatalf("%s has no line that ends with %q", file, mark)
	return ""
}

// ways are how tested code runs its statements: with the context, or in a transaction that was begun with it.
var ways = map[string]func(context.Context, *sql.DB, func(context.Context, tips.Querier) error) error{
	"with the context": func(ctx context.Context, db *sql.DB, fn func(context.Context, tips.Querier) error) error {
		return fn(ctx, db)
	},
	"in a transaction without the context": func(ctx context.Context, db *sql.DB, fn func(context.Context, tips.Querier) error) error {
		tx, err := db.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		defer tx.Rollback() // the test looks at statements, not at rows
		return fn(context.Background(), tips.Bare{Tx: tx})
	},
}

// Proves that code that ignores a tip fails its test, at the line of its loop.
func TestIgnoringATipFails(t *testing.T) {
	for _, c := range tips.Cases() {
		for way, run := range ways {
			t.Run(fmt.Sprintf("tip %d %s", c.Tip, way), func(t *testing.T) {
				r := &recorder{T: t}
				db := database(t)
				if err := run(nplusgonetest.Test(r), db, c.Dont); err != nil {
					t.Fatal(err)
				}
				r.end()
				if len(r.errors) != 1 {
					t.Fatalf("%d failures, want 1: %q; logs %q", len(r.errors), r.errors, r.logs)
				}
				want := "\n" + lineOf(t, "testdata/tips/cases.go", c.Mark) + " " + c.Rule + " (proven): "
				if c.Tip == 11 && way == "with the context" {
					want = strings.Replace(want, "proven", "likely", 1) // no transaction binds the rows together
				}
				if !strings.HasPrefix(r.errors[0], want) {
					t.Errorf("the failure begins otherwise than %q:\n%s", want, r.errors[0])
				}
			})
		}
	}
}

// Proves that code that follows a tip passes.
func TestFollowingATipPasses(t *testing.T) {
	for _, c := range tips.Cases() {
		for way, run := range ways {
			t.Run(fmt.Sprintf("tip %d %s", c.Tip, way), func(t *testing.T) {
				r := &recorder{T: t}
				db := database(t)
				if err := run(nplusgonetest.Test(r), db, c.Do); err != nil {
					t.Fatal(err)
				}
				r.end()
				if len(r.errors)+len(r.logs) != 0 {
					t.Errorf("failed with %q and logged %q, want nothing", r.errors, r.logs)
				}
			})
		}
	}
}

// Proves that a loop in a test is logged as a note.
func TestALoopOfTheTestIsANote(t *testing.T) {
	r := &recorder{T: t}
	db := database(t)
	ctx := nplusgonetest.Test(r)
	rows, err := db.QueryContext(ctx, "SELECT author_id FROM posts")
	if err != nil {
		t.Fatal(err)
	}
	var ids []int64
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, id)
	}
	for _, id := range ids {
		var name string
		if err := db.QueryRowContext(ctx, "SELECT name FROM authors WHERE id = ?", id).Scan(&name); err != nil {
			t.Fatal(err)
		}
	}
	r.end()
	if len(r.errors) != 0 {
		t.Errorf("failed with %q, want a note", r.errors)
	}
	if len(r.logs) != 1 || !strings.Contains(r.logs[0], "n-plus-one") || !strings.Contains(r.logs[0], "test") {
		t.Errorf("logged %q, want one note about n-plus-one in the test", r.logs)
	}
}

// Proves that a test fails if its statements ran outside its scope.
func TestStatementsOutsideTheScopeFail(t *testing.T) {
	r := &recorder{T: t}
	db := database(t)
	// A goroutine that was started before the scope inherits nothing from it.
	start, done := make(chan context.Context), make(chan error)
	go func() { done <- tips.Cases()[1].Dont(<-start, db) }()
	_ = nplusgonetest.Test(r)
	start <- context.Background()
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	r.end()
	if len(r.errors) != 1 || !strings.Contains(r.errors[0], "none in its scope") {
		t.Errorf("failed with %q, want one failure that says so", r.errors)
	}
}

// Proves that a statement that the test itself runs without its context fails nothing.
func TestStatementsOfTheTestItself(t *testing.T) {
	r := &recorder{T: t}
	db := database(t)
	_ = nplusgonetest.Test(r)
	if _, err := db.Exec("INSERT INTO tags (id, name) VALUES (6, 'test')"); err != nil {
		t.Fatal(err)
	}
	r.end()
	if len(r.errors)+len(r.logs) != 0 {
		t.Errorf("failed with %q and logged %q, want nothing", r.errors, r.logs)
	}
}

// Proves that tests which run at the same time, on one database and without a context, fail for their own statements
// only.
func TestParallelTestsWithoutAContextDoNotMix(t *testing.T) {
	db := database(t)
	for i := range 8 {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			t.Parallel()
			r := &recorder{T: t}
			_ = nplusgonetest.Test(r)
			run, want := tips.Cases()[1].Do, 0
			if i%2 == 0 {
				run, want = tips.Cases()[1].Dont, 1
			}
			if err := run(context.Background(), db); err != nil {
				t.Fatal(err)
			}
			r.end()
			if len(r.errors) != want {
				t.Errorf("failed with %q, want %d failures", r.errors, want)
			}
		})
	}
}

// Proves that a test that ran no statement passes, and says so in its log, once, unless it was skipped.
func TestATestWithoutStatements(t *testing.T) {
	for name, tc := range map[string]struct {
		run  func(r *recorder)
		want int
	}{
		"Test":          {func(r *recorder) { nplusgonetest.Test(r) }, 1},
		"Test and Open": {func(r *recorder) { nplusgonetest.Test(r); nplusgonetest.Open(r, "sqlite3", ":memory:") }, 1},
		"a skipped test": {func(r *recorder) {
			nplusgonetest.Test(r)
			r.skip = true
		}, 0},
		"a statement without a finding": {func(r *recorder) {
			db := nplusgonetest.Open(r, "sqlite3", ":memory:")
			if _, err := db.ExecContext(nplusgonetest.Test(r), "CREATE TABLE t (a)"); err != nil {
				t.Fatal(err)
			}
		}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			r := &recorder{T: t}
			tc.run(r)
			r.end()
			if len(r.errors) != 0 || len(r.logs) != tc.want || tc.want > 0 && !strings.Contains(r.logs[0], "no statement of a watched database ran in this test") {
				t.Errorf("failed with %q and logged %q, want %d logs", r.errors, r.logs, tc.want)
			}
		})
	}
}

// Proves that a finding in a scope that the tested code begins within that of the test fails the test.
func TestScopesWithinTheTest(t *testing.T) {
	r := &recorder{T: t}
	db := database(t)
	ctx, end := nplusgone.Begin(nplusgonetest.Test(r), "job")
	if err := tips.AuthorOfEach(ctx, db); err != nil {
		t.Fatal(err)
	}
	end()
	r.end()
	if len(r.errors) != 1 || !strings.Contains(r.errors[0], "n-plus-one (proven)") || len(r.logs) != 0 {
		t.Errorf("failed with %q and logged %q, want one proven n-plus-one", r.errors, r.logs)
	}
}

// Proves that a panic in nplusgone while a test runs fails the test.
func TestAPanicOfNplusgoneFailsTheTest(t *testing.T) {
	defer fault.Reset()
	r := &recorder{T: t}
	db := database(t)
	if err := tips.AuthorsAtOnce(nplusgonetest.Test(r), db); err != nil {
		t.Fatal(err)
	}
	fault.Report("a database is no longer watched", "out of range")
	r.end()
	if len(r.errors) != 1 || !strings.Contains(r.errors[0], "not checked: a database is no longer watched") {
		t.Errorf("failed with %q, want one failure that says so", r.errors)
	}
}

// Proves that OpenDB checks statements as Open does, with options about the database.
func TestOpenDB(t *testing.T) {
	base, err := sql.Open("sqlite3", "")
	if err != nil {
		t.Fatal(err)
	}
	defer base.Close()
	connector := connector{base.Driver(), "file:" + t.TempDir() + "/test.db"}
	r := &recorder{T: t}
	db := nplusgonetest.OpenDB(r, connector, nplusgone.WithDialect(nplusgone.SQLite), nplusgonetest.NoWrites())
	if _, err := db.Exec("CREATE TABLE t (a); INSERT INTO t VALUES (1)"); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec("INSERT INTO t VALUES (1)"); err != nil {
		t.Fatal(err)
	}
	r.end()
	if len(r.errors) != 1 || !strings.Contains(r.errors[0], "NoWrites()") {
		t.Errorf("failed with %q, want the write", r.errors)
	}
}

type connector struct {
	driver driver.Driver
	dsn    string
}

func (c connector) Connect(context.Context) (driver.Conn, error) { return c.driver.Open(c.dsn) }
func (c connector) Driver() driver.Driver                        { return c.driver }

// Proves that statements of a database from Open are checked without a context.
func TestOpenChecksStatementsWithoutAContext(t *testing.T) {
	r := &recorder{T: t}
	db := nplusgonetest.Open(r, "sqlite3", "file:"+t.TempDir()+"/test.db")
	if _, err := db.Exec(tips.Schema); err != nil {
		t.Fatal(err)
	}
	if err := tips.Cases()[1].Dont(context.Background(), db); err != nil {
		t.Fatal(err)
	}
	r.end()
	if len(r.errors) != 1 || !strings.Contains(r.errors[0], "n-plus-one (proven)") {
		t.Errorf("failed with %q, want one proven n-plus-one", r.errors)
	}
}

// Proves that tests which run at the same time with their contexts fail for their own statements only.
func TestParallelTestsDoNotMix(t *testing.T) {
	db := database(t)
	db.SetMaxOpenConns(1)
	for i := range 8 {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			t.Parallel()
			r := &recorder{T: t}
			c, fn := tips.Cases()[1], tips.Cases()[1].Do
			if i%2 == 0 {
				fn = c.Dont
			}
			if err := fn(nplusgonetest.Test(r), db); err != nil {
				t.Fatal(err)
			}
			r.end()
			if got, want := len(r.errors), 1-i%2; got != want {
				t.Errorf("%d failures, want %d: %q", got, want, r.errors)
			}
		})
	}
}

// Proves what level, threshold and rules make fail.
func TestLevelThresholdAndRules(t *testing.T) {
	db := database(t)
	insert := tips.Cases()[3].Dont // likely, 5 statements
	for name, tc := range map[string]struct {
		opts []nplusgonetest.Option
		want int
	}{
		"by default likely fails":              {nil, 1},
		"above its level a finding passes":     {[]nplusgonetest.Option{nplusgone.WithLevel(nplusgone.Proven)}, 0},
		"below the threshold a finding passes": {[]nplusgonetest.Option{nplusgone.WithThreshold(6)}, 0},
		"at the threshold it fails":            {[]nplusgonetest.Option{nplusgone.WithThreshold(5)}, 1},
		"without its rule it passes":           {[]nplusgonetest.Option{nplusgone.WithoutRules("row-by-row-insert")}, 0},
		"with another rule only it passes":     {[]nplusgonetest.Option{nplusgone.WithRules("n-plus-one")}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			r := &recorder{T: t}
			if err := insert(nplusgonetest.Test(r, tc.opts...), db); err != nil {
				t.Fatal(err)
			}
			r.end()
			if len(r.errors) != tc.want {
				t.Errorf("%d failures, want %d: %q", len(r.errors), tc.want, r.errors)
			}
		})
	}
}
