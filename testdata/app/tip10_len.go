package app

import "net/http"

// Tip 10: count in the database. The comments are loaded, and only their number is looked at.
func (s *service) badCommentCount(w http.ResponseWriter, r *http.Request) error {
	post, err := pathID(r, "post")
	if err != nil {
		return err
	}
	comments, err := s.store.Comments(r.Context(), post)
	if err != nil {
		return err
	}
	return writeJSON(w, map[string]int{"count": len(comments)})
}

// COUNT returns one row.
func (s *service) goodCommentCount(w http.ResponseWriter, r *http.Request) error {
	post, err := pathID(r, "post")
	if err != nil {
		return err
	}
	var count int
	err = s.db.QueryRowContext(r.Context(), `SELECT COUNT(*) FROM comments WHERE post_id = ?`, post).Scan(&count)
	if err != nil {
		return err
	}
	return writeJSON(w, map[string]int{"count": count})
}
