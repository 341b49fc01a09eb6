// Package blog is plain database/sql: a loop over the rows of an earlier query, and the same with one query.
package blog

import (
	"context"
	"database/sql"
	"strings"
)

type Store struct{ DB *sql.DB }

type Post struct {
	ID       int
	Comments []string
}

func (s *Store) Posts(ctx context.Context) ([]Post, error) {
	rows, err := s.DB.QueryContext(ctx, "SELECT id FROM posts ORDER BY id")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var posts []Post
	for rows.Next() {
		var p Post
		if err := rows.Scan(&p.ID); err != nil {
			return nil, err
		}
		posts = append(posts, p)
	}
	return posts, rows.Err()
}

func (s *Store) comments(ctx context.Context, post int) (texts []string, err error) {
	rows, err := s.DB.QueryContext(ctx, "SELECT body FROM comments WHERE post_id = ?", post)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return nil, err
		}
		texts = append(texts, text)
	}
	return texts, rows.Err()
}

// Feed runs one query for each post.
func (s *Store) Feed(ctx context.Context) ([]Post, error) {
	posts, err := s.Posts(ctx)
	if err != nil {
		return nil, err
	}
	for i := range posts { // want: n-plus-one proven
		if posts[i].Comments, err = s.comments(ctx, posts[i].ID); err != nil {
			return nil, err
		}
	}
	return posts, nil
}

// GoodFeed runs one query for all posts.
func (s *Store) GoodFeed(ctx context.Context) ([]Post, error) {
	posts, err := s.Posts(ctx)
	if err != nil || len(posts) == 0 {
		return nil, err
	}
	byID := make(map[int]*Post)
	var ids []any
	for i := range posts {
		byID[posts[i].ID] = &posts[i]
		ids = append(ids, posts[i].ID)
	}
	rows, err := s.DB.QueryContext(ctx, "SELECT post_id, body FROM comments WHERE post_id IN (?"+strings.Repeat(", ?", len(ids)-1)+")", ids...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id int
		var text string
		if err := rows.Scan(&id, &text); err != nil {
			return nil, err
		}
		byID[id].Comments = append(byID[id].Comments, text)
	}
	return posts, rows.Err()
}

// Touch updates each post with a prepared statement in one transaction.
func (s *Store) Touch(ctx context.Context) error {
	posts, err := s.Posts(ctx)
	if err != nil {
		return err
	}
	tx, err := s.DB.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	update, err := tx.PrepareContext(ctx, "UPDATE posts SET seen = seen + 1 WHERE id = ?")
	if err != nil {
		return err
	}
	for _, p := range posts { // want: row-by-row-update proven
		if _, err := update.ExecContext(ctx, p.ID); err != nil {
			return err
		}
	}
	return tx.Commit()
}
