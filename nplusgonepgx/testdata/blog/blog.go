// Package blog is an application for the tests of nplusgonepgx. Its loops are in no test file, because a loop in a test is a
// note.
package blog

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// Schema makes the tables and their rows: 8 authors, 20 posts, 3 comments for each post.
const Schema = `
CREATE TABLE authors (id bigint PRIMARY KEY, name text NOT NULL, born date, joined timestamptz);
CREATE TABLE posts (id bigint PRIMARY KEY, author_id bigint REFERENCES authors, public_id uuid NOT NULL UNIQUE, title text, views int NOT NULL DEFAULT 0, price numeric(10, 2), written timestamp);
CREATE TABLE comments (id bigint PRIMARY KEY, post_id bigint NOT NULL REFERENCES posts, post_public uuid NOT NULL, body text);
INSERT INTO authors SELECT 1000 + n * 7, 'author ' || n, date '1980-01-01' + n, timestamptz '2020-01-01 12:00:00+00' + n * interval '1 hour' FROM generate_series(1, 8) n;
INSERT INTO posts SELECT 5000 + n * 3, 1000 + (n * 5 % 8 + 1) * 7, md5('p' || n)::uuid, 'post ' || n, n, n + 0.50, timestamp '2024-01-01' + n * interval '1 minute' FROM generate_series(1, 20) n;
INSERT INTO comments SELECT n, 5000 + ((n - 1) / 3 + 1) * 3, md5('p' || ((n - 1) / 3 + 1))::uuid, 'comment ' || n FROM generate_series(1, 60) n;
`

// DB is what *pgx.Conn, pgx.Tx and *pgxpool.Pool have.
type DB interface {
	Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error)
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
	SendBatch(ctx context.Context, b *pgx.Batch) pgx.BatchResults
	CopyFrom(ctx context.Context, table pgx.Identifier, columns []string, rows pgx.CopyFromSource) (int64, error)
}

// A Post is a row of posts.
type Post struct {
	ID       int64
	AuthorID int64
	Title    string
}

// Posts returns all posts.
func Posts(ctx context.Context, db DB) ([]Post, error) {
	rows, err := db.Query(ctx, "SELECT id, author_id, title FROM posts WHERE views > $1 ORDER BY id", 0)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var posts []Post
	for rows.Next() {
		var p Post
		if err := rows.Scan(&p.ID, &p.AuthorID, &p.Title); err != nil {
			return nil, err
		}
		posts = append(posts, p)
	}
	return posts, rows.Err()
}

const authorByID = "SELECT name FROM authors WHERE id = $1"

// AuthorsOneByOne has an N+1: a query for each post.
func AuthorsOneByOne(ctx context.Context, db DB) (names []string, err error) {
	posts, err := Posts(ctx, db)
	if err != nil {
		return nil, err
	}
	for _, p := range posts {
		var name string
		if err := db.QueryRow(ctx, authorByID, p.AuthorID).Scan(&name); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, nil
}

// AuthorsNamed is AuthorsOneByOne with named arguments.
func AuthorsNamed(ctx context.Context, db DB) (names []string, err error) {
	posts, err := Posts(ctx, db)
	if err != nil {
		return nil, err
	}
	for _, p := range posts {
		var name string
		if err := db.QueryRow(ctx, "SELECT name FROM authors WHERE id = @id", pgx.NamedArgs{"id": p.AuthorID}).Scan(&name); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, nil
}

// AuthorsCollected is AuthorsOneByOne with pgx's collectors.
func AuthorsCollected(ctx context.Context, db DB) (names []string, err error) {
	rows, err := db.Query(ctx, "SELECT id, author_id, title FROM posts ORDER BY id")
	if err != nil {
		return nil, err
	}
	posts, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Post])
	if err != nil {
		return nil, err
	}
	for _, p := range posts {
		rows, err := db.Query(ctx, authorByID, p.AuthorID)
		if err != nil {
			return nil, err
		}
		name, err := pgx.CollectOneRow(rows, pgx.RowTo[string])
		if err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, nil
}

// AuthorsInOneBatch has the cure: all queries in one round trip.
func AuthorsInOneBatch(ctx context.Context, db DB) (names []string, err error) {
	posts, err := Posts(ctx, db)
	if err != nil {
		return nil, err
	}
	batch := new(pgx.Batch)
	for _, p := range posts {
		batch.Queue(authorByID, p.AuthorID)
	}
	results := db.SendBatch(ctx, batch)
	defer results.Close()
	for range posts {
		var name string
		if err := results.QueryRow().Scan(&name); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, results.Close()
}

// AuthorsInBatchesOfOne has the N+1 again: a batch for each post.
func AuthorsInBatchesOfOne(ctx context.Context, db DB) (names []string, err error) {
	posts, err := Posts(ctx, db)
	if err != nil {
		return nil, err
	}
	for _, p := range posts {
		batch := new(pgx.Batch)
		batch.Queue(authorByID, p.AuthorID)
		results := db.SendBatch(ctx, batch)
		var name string
		if err := results.QueryRow().Scan(&name); err != nil {
			return nil, err
		}
		if err := results.Close(); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, nil
}

// AuthorsAtOnce has the cure: one query with an array.
func AuthorsAtOnce(ctx context.Context, db DB) (n int, err error) {
	posts, err := Posts(ctx, db)
	if err != nil {
		return 0, err
	}
	var ids []int64
	for _, p := range posts {
		ids = append(ids, p.AuthorID)
	}
	rows, err := db.Query(ctx, "SELECT id, name FROM authors WHERE id = ANY($1)", ids)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	for rows.Next() {
		n++
	}
	return n, rows.Err()
}
