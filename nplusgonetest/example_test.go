package nplusgonetest_test

import (
	"context"
	"database/sql"
	"testing"

	"github.com/nplusgone/nplusgone/nplusgonetest"
)

// A blog is code under test.
type blog struct{ db *sql.DB }

func newBlog(t *testing.T) *blog { return &blog{database(t)} }

// ListPosts returns the title and the author of each post, with one statement.
func (b *blog) ListPosts(ctx context.Context) ([][2]string, error) {
	rows, err := b.db.QueryContext(ctx,
		"SELECT posts.title, authors.name FROM posts JOIN authors ON authors.id = posts.author_id ORDER BY posts.id")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var posts [][2]string
	for rows.Next() {
		var p [2]string
		if err := rows.Scan(&p[0], &p[1]); err != nil {
			return nil, err
		}
		posts = append(posts, p)
	}
	return posts, rows.Err()
}

// The test that the README shows.
func TestListPosts(t *testing.T) {
	store := newBlog(t)          // opens its *sql.DB with nplusgone.Open
	ctx := nplusgonetest.Test(t) // from here on, the test's statements are checked
	posts, err := store.ListPosts(ctx)
	if err != nil || len(posts) != 5 {
		t.Errorf("%d posts and error %v, want 5 posts", len(posts), err)
	}
}

// VerifyTestMain is called in TestMain.
func ExampleVerifyTestMain() {
	var m *testing.M // of func TestMain(m *testing.M)
	nplusgonetest.VerifyTestMain(m)
}

// Open gives a test a database whose statements all belong to the test.
func ExampleOpen() {
	var t *testing.T // of func TestListPosts(t *testing.T)
	store := &blog{nplusgonetest.Open(t, "sqlite3", "file:"+t.TempDir()+"/blog.db")}
	if _, err := store.ListPosts(context.Background()); err != nil {
		t.Error(err)
	}
}

// Budgets limit the statements of a test.
func ExampleMaxQueries() {
	var t *testing.T // of func TestListPosts(t *testing.T)
	ctx := nplusgonetest.Test(t, nplusgonetest.MaxQueries(3), nplusgonetest.MaxQueriesOn("comments", 1), nplusgonetest.NoWrites())
	if _, err := newBlog(t).ListPosts(ctx); err != nil {
		t.Error(err)
	}
}

// Grow finds statements whose number grows with the rows.
func ExampleGrow() {
	var t *testing.T // of func TestListPostsOfAnySize(t *testing.T)
	store := newBlog(t)
	nplusgonetest.Grow(t, []int{5, 20},
		func(ctx context.Context, n int) {
			if _, err := store.db.ExecContext(ctx, "INSERT INTO posts SELECT value, 1, 'title' FROM generate_series(100, 100 + ?)", n); err != nil {
				t.Fatal(err)
			}
		},
		func(ctx context.Context) {
			if _, err := store.ListPosts(ctx); err != nil {
				t.Error(err)
			}
		})
}
