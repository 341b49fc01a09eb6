package blog

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"testing"

	_ "github.com/mattn/go-sqlite3"
)

func open(t testing.TB) *Store {
	db, err := sql.Open("sqlite3", filepath.Join(t.TempDir(), "blog.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	for _, s := range []string{
		"CREATE TABLE posts (id INTEGER PRIMARY KEY, seen INTEGER NOT NULL DEFAULT 0)",
		"CREATE TABLE comments (post_id INTEGER, body TEXT)",
	} {
		if _, err := db.Exec(s); err != nil {
			t.Fatal(err)
		}
	}
	for i := range 6 {
		if _, err := db.Exec("INSERT INTO posts (id) VALUES (?)", 100+i*i); err != nil {
			t.Fatal(err)
		}
		if _, err := db.Exec("INSERT INTO comments VALUES (?, ?)", 100+i*i, fmt.Sprint("comment ", i)); err != nil {
			t.Fatal(err)
		}
	}
	return &Store{db}
}

func TestFeed(t *testing.T) {
	s := open(t)
	posts, err := s.Feed(context.Background())
	if err != nil || len(posts) != 6 {
		t.Fatal(posts, err)
	}
}

func TestGoodFeed(t *testing.T) {
	s := open(t)
	posts, err := s.GoodFeed(context.Background())
	if err != nil || len(posts) != 6 || len(posts[3].Comments) != 1 {
		t.Fatal(posts, err)
	}
}

func TestTouch(t *testing.T) {
	s := open(t)
	t.Run("once", func(t *testing.T) {
		if err := s.Touch(context.Background()); err != nil {
			t.Fatal(err)
		}
	})
}
