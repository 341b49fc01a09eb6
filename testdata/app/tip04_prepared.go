package app

import (
	"context"
	"net/http"
)

type remark struct {
	Body  string `json:"body"`
	Title string `json:"title"`

	postID int64
}

// Tip 4 again: a prepared statement saves the parsing, but it still runs once for each comment.
func (s *service) badDiscussion(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	remarks, err := s.bestRemarks(ctx, 15)
	if err != nil {
		return err
	}
	stmt, err := s.db.PrepareContext(ctx, `SELECT title FROM posts WHERE id = ?`)
	if err != nil {
		return err
	}
	defer stmt.Close()

	addTitle := func(rem *remark) error {
		return stmt.QueryRowContext(ctx, rem.postID).Scan(&rem.Title)
	}
	for i := range remarks {
		if err := addTitle(&remarks[i]); err != nil {
			return err
		}
	}
	return writeJSON(w, remarks)
}

func (s *service) bestRemarks(ctx context.Context, n int) ([]remark, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT post_id, body FROM comments ORDER BY likes DESC, id LIMIT ?`, n)
	if err != nil {
		return nil, err
	}
	defer rows.Close()

	var remarks []remark
	for rows.Next() {
		var rem remark
		if err := rows.Scan(&rem.postID, &rem.Body); err != nil {
			return nil, err
		}
		remarks = append(remarks, rem)
	}
	return remarks, rows.Err()
}

// A JOIN brings the titles along.
func (s *service) goodDiscussion(w http.ResponseWriter, r *http.Request) error {
	rows, err := s.db.QueryContext(r.Context(), `
		SELECT comments.body, posts.title
		FROM comments JOIN posts ON posts.id = comments.post_id
		ORDER BY comments.likes DESC, comments.id LIMIT ?`, 15)
	if err != nil {
		return err
	}
	defer rows.Close()

	var remarks []remark
	for rows.Next() {
		var rem remark
		if err := rows.Scan(&rem.Body, &rem.Title); err != nil {
			return err
		}
		remarks = append(remarks, rem)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	return writeJSON(w, remarks)
}
