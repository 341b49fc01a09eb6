package pgxuses_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/nplusgone/nplusgone/nplusgonepgx/testdata/blog"
	"github.com/nplusgone/nplusgone/nplusgonetest"
)

// A failing test is a TestingT that notes its errors.
type failing struct {
	*testing.T
	cleanups []func()
	errors   []string
}

func (f *failing) Cleanup(fn func()) { f.cleanups = append(f.cleanups, fn) }
func (f *failing) Errorf(format string, args ...any) {
	f.errors = append(f.errors, fmt.Sprintf(format, args...))
}
func (f *failing) end() {
	for _, fn := range f.cleanups {
		fn()
	}
}

// Proves that nplusgonetest fails a test for an N+1 on pgx, that it does not for the cure, and that a limit counts a batch once;
// also where the code does not pass the test's context on.
func TestOfTests(t *testing.T) {
	p := pool(t, config(t))
	for name, tc := range map[string]struct {
		run     func(context.Context, blog.DB) error
		options []nplusgonetest.Option
		want    string // in the error; "" for none
	}{
		"an N+1":            {without(blog.AuthorsOneByOne), nil, "n-plus-one (proven)"},
		"the cure":          {without(blog.AuthorsInOneBatch), nil, ""},
		"a limit":           {without(blog.AuthorsInOneBatch), []nplusgonetest.Option{nplusgonetest.MaxQueries(2)}, ""},
		"a limit of writes": {blog.InsertInOneBatch, []nplusgonetest.Option{nplusgonetest.NoWrites()}, "NoWrites()"},
	} {
		t.Run(name, func(t *testing.T) {
			f := &failing{T: t}
			nplusgonetest.Test(f, tc.options...)
			err := tc.run(context.Background(), p)
			f.end()
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(f.errors, "\n"); (got != "") != (tc.want != "") || !strings.Contains(got, tc.want) {
				t.Errorf("errors %q, want %q", got, tc.want)
			}
		})
	}
}
