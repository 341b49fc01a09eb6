package pgxuses_test

import (
	"context"
	"slices"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/nplusgonepgx/testdata/blog"
)

var modes = []pgx.QueryExecMode{
	pgx.QueryExecModeCacheStatement, pgx.QueryExecModeCacheDescribe, pgx.QueryExecModeDescribeExec, pgx.QueryExecModeExec, pgx.QueryExecModeSimpleProtocol,
}

// A use is one use of a connection, with the finding that is expected.
type use struct {
	name   string
	run    func(ctx context.Context, db blog.DB) error
	rule   string // "" for no finding
	column string // of the parent; "" for none
}

// without returns a function without its result.
func without[T any](fn func(context.Context, blog.DB) (T, error)) func(context.Context, blog.DB) error {
	return func(ctx context.Context, db blog.DB) error {
		_, err := fn(ctx, db)
		return err
	}
}

var uses = []use{
	{"QueryRow in a loop", without(blog.AuthorsOneByOne), "n-plus-one", "author_id"},
	{"named arguments in a loop", without(blog.AuthorsNamed), "n-plus-one", "author_id"},
	{"collectors in a loop", without(blog.AuthorsCollected), "n-plus-one", "author_id"},
	{"prepared by name in a loop", without(blog.AuthorsPrepared), "n-plus-one", "author_id"},
	{"batches of one in a loop", without(blog.AuthorsInBatchesOfOne), "n-plus-one", "author_id"},
	{"UUIDs in a loop", without(blog.CommentsByUUID), "n-plus-one", "public_id"},
	{"dates in a loop", without(blog.AuthorsByDate), "n-plus-one", "born"},
	{"instants in a loop", without(blog.AuthorsByInstant), "n-plus-one", "joined"},
	{"times without a zone in a loop", without(blog.PostsByTime), "n-plus-one", "written"},
	{"numbers with fractions in a loop", without(blog.PostsByPrice), "n-plus-one", "price"},
	{"updates in a loop", blog.CountViews, "row-by-row-update", "id"},
	{"one batch", without(blog.AuthorsInOneBatch), "", ""},
	{"chunks in batches", blog.Chunks, "", ""},
	{"an array of keys", without(blog.AuthorsAtOnce), "", ""},
	{"inserts in one batch", blog.InsertInOneBatch, "", ""},
	{"CopyFrom", blog.CopyComments, "", ""},
	{"an early Close", without(blog.Exists), "", ""},
}

// Proves that each use has its finding in each mode, with the column of the parent, and that cures have none. The finding is
// proven: the arguments and the rows have the same values in all modes.
func TestUses(t *testing.T) {
	for _, mode := range modes {
		t.Run(mode.String(), func(t *testing.T) {
			c := config(t)
			c.ConnConfig.DefaultQueryExecMode = mode
			conn := connect(t, c)
			for _, u := range uses {
				t.Run(u.name, func(t *testing.T) { u.check(t, conn) })
			}
		})
	}
}

// Proves the same for a pool, whose connections come and go, and for a loop that reads one result while others run.
func TestUsesOfAPool(t *testing.T) {
	p := pool(t, config(t))
	more := use{"a loop that reads", without(blog.CommentsWhileReading), "n-plus-one", "id"}
	each := use{"pgx's loop", without(blog.CommentsForEach), "n-plus-one", "id"}
	for _, u := range append(slices.Clone(uses), more, each) {
		if u.name != "prepared by name in a loop" {
			t.Run(u.name, func(t *testing.T) { u.check(t, p) })
		}
	}
}

func (u use) check(t *testing.T, db blog.DB) {
	d := in(t, func(ctx context.Context) error { return u.run(ctx, db) })
	found := serious(d)
	switch {
	case u.rule == "" && len(found) > 0, u.rule != "" && len(found) != 1:
		show(t, d)
		t.Fatalf("%d findings", len(found))
	case u.rule == "":
		return
	}
	f := found[0]
	if f.Rule != u.rule || f.Level != finding.Proven || f.Loop == nil || f.Parent == nil || !slices.Equal(f.Parent.Columns, []string{u.column}) {
		show(t, d)
		t.Errorf("want %s, proven, with a loop and the parent's column %s", u.rule, u.column)
	}
	for _, s := range d.Profile.Scopes {
		if s.Shed != "" || len(s.UnreadTypes) > 0 {
			t.Errorf("not read: %q, %v", s.Shed, s.UnreadTypes)
		}
	}
}
