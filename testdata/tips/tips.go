// Package tips has code under test: tips of the article "Django ORM Optimization Tips", each ignored and followed. It is
// not in a _test.go file, because a loop there is a note.
package tips

import (
	"context"
	"database/sql"
	"strings"
)

// Schema creates the tables and a few rows. The values of posts.author_id repeat and are in no order.
const Schema = `
CREATE TABLE authors (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author_id INTEGER NOT NULL, title TEXT NOT NULL);
CREATE TABLE comments (id INTEGER PRIMARY KEY, post_id INTEGER NOT NULL, body TEXT NOT NULL);
CREATE TABLE tags (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE post_tags (post_id INTEGER NOT NULL, tag_id INTEGER NOT NULL);
INSERT INTO authors (id, name) VALUES (1, 'ann'), (2, 'bob'), (3, 'cy'), (4, 'di'), (5, 'eve');
INSERT INTO posts (id, author_id, title) VALUES (1, 3, 'a'), (2, 1, 'b'), (3, 3, 'c'), (4, 5, 'd'), (5, 2, 'e');
INSERT INTO comments (id, post_id, body) VALUES (1, 1, 'x'), (2, 1, 'y'), (3, 2, 'z'), (4, 4, 'w');
INSERT INTO tags (id, name) VALUES (1, 'go'), (2, 'sql'), (3, 'orm'), (4, 'ci'), (5, 'dev');
`

// A Querier has the methods with a context that a pool and a transaction share.
type Querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

// Bare calls the methods of a transaction without the context, as code does that was written before contexts.
type Bare struct{ Tx *sql.Tx }

// QueryContext drops the context.
func (b Bare) QueryContext(_ context.Context, query string, args ...any) (*sql.Rows, error) {
	return b.Tx.Query(query, args...)
}

// QueryRowContext drops the context.
func (b Bare) QueryRowContext(_ context.Context, query string, args ...any) *sql.Row {
	return b.Tx.QueryRow(query, args...)
}

// ExecContext drops the context.
func (b Bare) ExecContext(_ context.Context, query string, args ...any) (sql.Result, error) {
	return b.Tx.Exec(query, args...)
}

// A Post is a row of posts.
type Post struct {
	ID, AuthorID int64
	Title        string
}

func posts(ctx context.Context, q Querier) ([]Post, error) {
	rows, err := q.QueryContext(ctx, "SELECT id, author_id, title FROM posts")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Post
	for rows.Next() {
		var p Post
		if err := rows.Scan(&p.ID, &p.AuthorID, &p.Title); err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, rows.Err()
}

func texts(ctx context.Context, q Querier, query string, args ...any) ([]string, error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, rows.Err()
}

func placeholders(n int) string { return strings.TrimSuffix(strings.Repeat("?, ", n), ", ") }
