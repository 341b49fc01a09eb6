package app

import (
	"context"
	"time"
)

// Post is a post without its text.
type Post struct {
	ID        int64     `json:"id"`
	AuthorID  int64     `json:"author_id"`
	Title     string    `json:"title"`
	CreatedAt time.Time `json:"created_at"`
}

// Post loads one post.
func (s *store) Post(ctx context.Context, id int64) (Post, error) {
	var p Post
	err := s.db.QueryRowContext(ctx, `SELECT id, author_id, title, created_at FROM posts WHERE id = ?`, id).
		Scan(&p.ID, &p.AuthorID, &p.Title, &p.CreatedAt)
	return p, err
}

// LatestPosts loads the n newest published posts, newest first.
func (s *store) LatestPosts(ctx context.Context, n int) ([]Post, error) {
	rows, err := s.db.QueryContext(ctx, `
		SELECT id, author_id, title, created_at
		FROM posts WHERE status = 'published' ORDER BY id DESC LIMIT ?`, n)
	if err != nil {
		return nil, err
	}
	defer rows.Close()

	var posts []Post
	for rows.Next() {
		var p Post
		if err := rows.Scan(&p.ID, &p.AuthorID, &p.Title, &p.CreatedAt); err != nil {
			return nil, err
		}
		posts = append(posts, p)
	}
	return posts, rows.Err()
}

// FeedItem is a post and who wrote it.
type FeedItem struct {
	ID     int64  `json:"id"`
	Title  string `json:"title"`
	Author Author `json:"author"`
}

// Feed loads the n newest published posts together with their authors, newest first.
func (s *store) Feed(ctx context.Context, n int) ([]FeedItem, error) {
	rows, err := s.db.QueryContext(ctx, `
		SELECT posts.id, posts.title, people.id, people.name
		FROM posts JOIN people ON people.id = posts.author_id
		WHERE posts.status = 'published' ORDER BY posts.id DESC LIMIT ?`, n)
	if err != nil {
		return nil, err
	}
	defer rows.Close()

	var feed []FeedItem
	for rows.Next() {
		var item FeedItem
		if err := rows.Scan(&item.ID, &item.Title, &item.Author.ID, &item.Author.Name); err != nil {
			return nil, err
		}
		feed = append(feed, item)
	}
	return feed, rows.Err()
}
