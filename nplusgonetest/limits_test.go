package nplusgonetest_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nplusgone/nplusgone"
	"github.com/nplusgone/nplusgone/nplusgonetest"
	"github.com/nplusgone/nplusgone/testdata/tips"
)

// A stopper is a recorder whose Fatalf ends the function that called it, as that of a real test does.
type stopper struct {
	recorder
	fatal string
}

var errStopped = errors.New("stopped")

func (s *stopper) Fatalf(format string, args ...any) {
	s.recorder.Errorf(format, args...)
	s.fatal = s.errors[len(s.errors)-1]
	panic(errStopped)
}

// stopped runs fn and returns what ended it.
func (s *stopper) stopped(fn func()) (fatal string) {
	defer func() {
		if r := recover(); r != nil && r != errStopped {
			panic(r)
		}
		fatal = s.fatal
	}()
	fn()
	return ""
}

// noRules turns the rules off, so that only budgets and contracts can fail.
var noRules = nplusgone.WithRules()

// Proves what budgets count, and that a failure lists the statements and their call sites.
func TestBudgets(t *testing.T) {
	authors, insert := tips.Cases()[1].Dont, tips.Cases()[3].Dont // 1 of posts and 5 of authors; 5 writes
	for name, tc := range map[string]struct {
		run  func(context.Context, tips.Querier) error
		opt  nplusgonetest.Option
		want []string // in the failure; nil for no failure
	}{
		"as many as allowed":             {authors, nplusgonetest.MaxQueries(6), nil},
		"one too many":                   {authors, nplusgonetest.MaxQueries(5), []string{"MaxQueries(5): the test ran 6 statements", "   5 ×  SELECT name FROM authors WHERE id = ?", "at testdata/tips/cases.go:", "tips.authorOfEach"}},
		"a table, as many as allowed":    {authors, nplusgonetest.MaxQueriesOn("posts", 1), nil},
		"a table, too many":              {authors, nplusgonetest.MaxQueriesOn("Authors", 4), []string{`MaxQueriesOn("Authors", 4): the test ran 5 statements`}},
		"another table":                  {authors, nplusgonetest.MaxQueriesOn("comments", 0), nil},
		"no writes where there are none": {authors, nplusgonetest.NoWrites(), nil},
		"writes":                         {insert, nplusgonetest.NoWrites(), []string{"NoWrites(): the test ran ", "INSERT INTO"}},
	} {
		t.Run(name, func(t *testing.T) {
			r := &recorder{T: t}
			db := database(t)
			if err := tc.run(nplusgonetest.Test(r, noRules, tc.opt), db); err != nil {
				t.Fatal(err)
			}
			r.end()
			if (len(r.errors) > 0) != (tc.want != nil) || len(r.errors) > 1 {
				t.Fatalf("%d failures: %q", len(r.errors), r.errors)
			}
			for _, want := range tc.want {
				if !strings.Contains(r.errors[0], want) {
					t.Errorf("the failure lacks %q:\n%s", want, r.errors[0])
				}
			}
		})
	}
}

// Proves that a contract is an error while it is missing, can be written, passes while it is kept, and fails with a diff.
func TestContract(t *testing.T) {
	path := filepath.Join(t.TempDir(), "golden", "posts.txt")
	db := database(t)
	run := func(fn func(context.Context, tips.Querier) error) []string {
		r := &recorder{T: t}
		if err := fn(nplusgonetest.Test(r, noRules, nplusgonetest.Contract(path)), db); err != nil {
			t.Fatal(err)
		}
		r.end()
		return r.errors
	}
	each, atOnce := tips.AuthorOfEach, tips.AuthorsAtOnce
	if got := run(each); len(got) != 1 || !strings.Contains(got[0], "-nplusgone.update to write it") {
		t.Errorf("without a file: %q", got)
	}
	t.Setenv("NPLUSGONE_UPDATE", "1")
	if got := run(each); len(got) != 0 {
		t.Errorf("updating: %q", got)
	}
	t.Setenv("NPLUSGONE_UPDATE", "")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want := "# Statements of TestContract in the order of their first execution. NPLUSGONE_UPDATE=1 go test writes this file.\n" +
		"   1 ×  SELECT id, author_id, title FROM posts\n   5 ×  SELECT name FROM authors WHERE id = ?\n"
	if diff := cmp.Diff(want, string(text)); diff != "" {
		t.Errorf("the file (-want +got):\n%s", diff)
	}
	if got := run(each); len(got) != 0 {
		t.Errorf("the same again: %q", got)
	}
	got := run(atOnce)
	if len(got) != 1 {
		t.Fatalf("another way: %q", got)
	}
	for _, line := range []string{
		"\n-   1 ×  SELECT id, author_id, title FROM posts\n", "\n-   5 ×  SELECT name FROM authors WHERE id = ?\n",
		"\n+   1 ×  SELECT a.name FROM posts AS p JOIN authors AS a ON a.id = p.author_id\n",
	} {
		if !strings.Contains(strings.ReplaceAll(got[0], " AS ", " "), strings.ReplaceAll(line, " AS ", " ")) {
			t.Errorf("the diff lacks %q:\n%s", line, got[0])
		}
	}
}

// fill replaces the posts and authors with n rows each.
func fill(t *testing.T, ctx context.Context, db tips.Querier, n int) {
	t.Helper()
	for _, sql := range []string{"DELETE FROM posts", "DELETE FROM authors"} {
		if _, err := db.ExecContext(ctx, sql); err != nil {
			t.Fatal(err)
		}
	}
	for i := range n {
		if _, err := db.ExecContext(ctx, "INSERT INTO authors (id, name) VALUES (?, 'x')", i+1); err != nil {
			t.Fatal(err)
		}
		if _, err := db.ExecContext(ctx, "INSERT INTO posts (id, author_id, title) VALUES (?, ?, 'y')", i+1, n-i); err != nil {
			t.Fatal(err)
		}
	}
}

// Proves that growth is found without regard to the threshold and to the shape of the code, and that statements whose
// number does not grow with the rows, or grows slowly, pass.
func TestGrow(t *testing.T) {
	for name, tc := range map[string]struct {
		act  func(context.Context, tips.Querier) error
		want []string
	}{
		"one for each row":  {tips.AuthorOfEach, []string{"testdata/tips/cases.go:", "n-plus-one (proven)", "the count grew from 2 to 12 as the data grew from 2 rows to 12: by 1 for each additional row"}},
		"by calling itself": {tips.AuthorsOneByOne, []string{"testdata/tips/", "n-plus-one (proven)", "the count grew from 2 to 12 as the data grew from 2 rows to 12"}},
		"all with one":      {tips.AuthorsAtOnce, nil},
		"in chunks":         {tips.AuthorsInChunks, nil},
	} {
		t.Run(name, func(t *testing.T) {
			r := &recorder{T: t}
			db := database(t)
			nplusgonetest.Grow(r, []int{2, 12},
				func(ctx context.Context, n int) { fill(t, ctx, db, n) },
				func(ctx context.Context) {
					if err := tc.act(ctx, db); err != nil {
						t.Error(err)
					}
				}, nplusgone.WithThreshold(1000))
			r.end()
			if (len(r.errors) > 0) != (tc.want != nil) || len(r.errors) > 1 {
				t.Fatalf("%d failures: %q", len(r.errors), r.errors)
			}
			for _, want := range tc.want {
				if !strings.Contains(r.errors[0], want) {
					t.Errorf("the failure lacks %q:\n%s", want, r.errors[0])
				}
			}
		})
	}
}

// Proves that code without a context is checked through its database, and that populate is not checked.
func TestGrowThroughTheDatabase(t *testing.T) {
	for name, tc := range map[string]struct {
		act   func(context.Context, tips.Querier) error
		grows bool
	}{"one for each row": {tips.AuthorOfEach, true}, "all with one": {tips.AuthorsAtOnce, false}} {
		t.Run(name, func(t *testing.T) {
			r := &recorder{T: t}
			db := nplusgonetest.Open(r, "sqlite3", "file:"+t.TempDir()+"/test.db", noRules)
			if _, err := db.Exec(tips.Schema); err != nil {
				t.Fatal(err)
			}
			nplusgonetest.Grow(r, []int{2, 12},
				func(_ context.Context, n int) { fill(t, context.Background(), db, n) },
				func(context.Context) {
					if err := tc.act(context.Background(), db); err != nil {
						t.Error(err)
					}
				})
			if grows := len(r.errors) == 1 && strings.Contains(r.errors[0], "the count grew from 2 to 12 as the data grew from 2 rows to 12"); grows != tc.grows || len(r.errors) > 1 {
				t.Errorf("failed with %q", r.errors)
			}
			r.end()
		})
	}
}

// Proves that Grow fails if act runs no statement in its scope.
func TestGrowWithoutStatementsFails(t *testing.T) {
	r := &recorder{T: t}
	db := database(t)
	// A goroutine that was started before inherits nothing from the scope.
	start, done := make(chan bool), make(chan error)
	go func() {
		for range start {
			done <- tips.AuthorOfEach(context.Background(), db)
		}
	}()
	nplusgonetest.Grow(r, []int{2, 12}, func(context.Context, int) {}, func(context.Context) {
		start <- true
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	close(start)
	if len(r.errors) != 1 || !strings.Contains(r.errors[0], "not checked: no statement ran with the context of Grow") {
		t.Errorf("failed with %q", r.errors)
	}
}

// Proves that an option that cannot be is an error, which names the functions that an option is for.
func TestInvalidOptions(t *testing.T) {
	none := func(context.Context) {}
	for want, fn := range map[string]func(*stopper){
		"WithDir is not an option of Test: pass it to VerifyTestMain": func(s *stopper) { nplusgonetest.Test(s, nplusgonetest.WithDir("x")) },
		"WithDialect is not an option of Test: pass it to Open": func(s *stopper) {
			nplusgonetest.Test(s, nplusgone.WithDialect(nplusgone.MySQL))
		},
		"WithSlog is not an option of Test: pass it to New or Middleware": func(s *stopper) { nplusgonetest.Test(s, nplusgone.WithSlog(nil)) },
		"MaxQueries is not an option of Grow: pass it to Test, Open or OpenDB": func(s *stopper) {
			nplusgonetest.Grow(s, []int{1, 2}, func(context.Context, int) {}, none, nplusgonetest.MaxQueries(1))
		},
		"MaxQueries(-1): the number of statements is negative": func(s *stopper) { nplusgonetest.Test(s, nplusgonetest.MaxQueries(-1)) },
		"sizes of data":               func(s *stopper) { nplusgonetest.Grow(s, []int{2, 1}, func(context.Context, int) {}, none) },
		`opening "/nowhere/baseline"`: func(s *stopper) { nplusgonetest.Test(s, nplusgonetest.WithBaseline("/nowhere/baseline")) },
		`unknown rule "n+1"`:          func(s *stopper) { nplusgonetest.Test(s, nplusgone.WithRules("n+1")) },
	} {
		s := &stopper{recorder: recorder{T: t}}
		if got := s.stopped(func() { fn(s) }); !strings.Contains(got, want) {
			t.Errorf("ended with %q, want %q in it", got, want)
		}
		s.end()
	}
}

// Proves that a finding in the baseline is logged and does not fail, and that another one still fails.
func TestBaseline(t *testing.T) {
	path := filepath.Join(t.TempDir(), "nplusgone.baseline")
	db := database(t)
	run := func(opts ...nplusgonetest.Option) *recorder {
		r := &recorder{T: t}
		if err := tips.AuthorOfEach(nplusgonetest.Test(r, opts...), db); err != nil {
			t.Fatal(err)
		}
		r.end()
		return r
	}
	write := func(identity string) {
		text := "{\"schema\":\"nplusgone.baseline/v1\"}\n{\"rule\":\"n-plus-one\",\"identity\":\"" + identity + "\",\"reason\":\"legacy\"}\n"
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	first := run()
	if len(first.errors) != 1 || len(first.attrs) != 1 {
		t.Fatalf("failed with %q and %q", first.errors, first.attrs)
	}
	write(first.attrs[0])
	known := run(nplusgonetest.WithBaseline(path))
	if len(known.errors) != 0 || len(known.logs) != 1 || !strings.Contains(known.logs[0], "it is in the baseline: legacy") {
		t.Errorf("a known one failed with %q and logged %q", known.errors, known.logs)
	}
	other := filepath.Join(t.TempDir(), "other")
	path = other
	write("0123456789abcdef")
	if got := run(nplusgonetest.WithBaseline(other)); len(got.errors) != 1 {
		t.Errorf("an unknown one failed with %q", got.errors)
	}
}
