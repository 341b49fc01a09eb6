package app

import "net/http"

// Tip 7: let the database do the work. Between the SELECT and the UPDATE another request may count
// too, and one of the two views is lost.
func (s *service) badView(w http.ResponseWriter, r *http.Request) error {
	post, err := pathID(r, "post")
	if err != nil {
		return err
	}
	var views int
	err = s.db.QueryRowContext(r.Context(), `SELECT views FROM posts WHERE id = ?`, post).Scan(&views)
	if err != nil {
		return err
	}
	views++
	rows, err := affected(s.db.ExecContext(r.Context(), `UPDATE posts SET views = ? WHERE id = ?`, views, post))
	if err != nil {
		return err
	}
	return writeRows(w, rows)
}

// The database adds one, and no view is lost.
func (s *service) goodView(w http.ResponseWriter, r *http.Request) error {
	post, err := pathID(r, "post")
	if err != nil {
		return err
	}
	rows, err := affected(s.db.ExecContext(r.Context(), `UPDATE posts SET views = views + 1 WHERE id = ?`, post))
	if err != nil {
		return err
	}
	return writeRows(w, rows)
}
