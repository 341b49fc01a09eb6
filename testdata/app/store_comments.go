package app

import (
	"context"
	"slices"
)

// Comment is a comment on a post.
type Comment struct {
	ID   int64  `json:"id"`
	Body string `json:"body"`
}

// Comments loads the comments on a post.
func (s *store) Comments(ctx context.Context, post int64) ([]Comment, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT id, body FROM comments WHERE post_id = ? ORDER BY id`, post)
	if err != nil {
		return nil, err
	}
	defer rows.Close()

	var comments []Comment
	for rows.Next() {
		var c Comment
		if err := rows.Scan(&c.ID, &c.Body); err != nil {
			return nil, err
		}
		comments = append(comments, c)
	}
	return comments, rows.Err()
}

// chunkSize bounds an IN list. Databases limit the arguments of a statement to thousands; here it is
// small, so that a page of the example needs more than one chunk.
const chunkSize = 5

// CommentsByPost loads the comments on many posts, keyed by post.
func (s *store) CommentsByPost(ctx context.Context, posts []int64) (map[int64][]Comment, error) {
	byPost := make(map[int64][]Comment)
	for chunk := range slices.Chunk(posts, chunkSize) {
		if err := s.addComments(ctx, byPost, chunk); err != nil {
			return nil, err
		}
	}
	return byPost, nil
}

func (s *store) addComments(ctx context.Context, byPost map[int64][]Comment, posts []int64) error {
	rows, err := s.db.QueryContext(ctx,
		`SELECT post_id, id, body FROM comments WHERE post_id IN (`+list("?", len(posts))+`) ORDER BY id`,
		args(posts)...)
	if err != nil {
		return err
	}
	defer rows.Close()

	for rows.Next() {
		var post int64
		var c Comment
		if err := rows.Scan(&post, &c.ID, &c.Body); err != nil {
			return err
		}
		byPost[post] = append(byPost[post], c)
	}
	return rows.Err()
}
