package app

import "net/http"

type draft struct {
	ID    int64  `json:"id"`
	Title string `json:"title"`
}

// Tip 7: let the database do the work. All posts are read, and most of them are dropped.
func (s *service) badDrafts(w http.ResponseWriter, r *http.Request) error {
	rows, err := s.db.QueryContext(r.Context(), `SELECT id, title, status FROM posts ORDER BY id`)
	if err != nil {
		return err
	}
	defer rows.Close()

	var drafts []draft
	for rows.Next() {
		var d draft
		var status string
		if err := rows.Scan(&d.ID, &d.Title, &status); err != nil {
			return err
		}
		if status != "draft" {
			continue
		}
		drafts = append(drafts, d)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	return writeJSON(w, drafts)
}

// The condition belongs to the statement.
func (s *service) goodDrafts(w http.ResponseWriter, r *http.Request) error {
	rows, err := s.db.QueryContext(r.Context(), `SELECT id, title FROM posts WHERE status = 'draft' ORDER BY id`)
	if err != nil {
		return err
	}
	defer rows.Close()

	var drafts []draft
	for rows.Next() {
		var d draft
		if err := rows.Scan(&d.ID, &d.Title); err != nil {
			return err
		}
		drafts = append(drafts, d)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	return writeJSON(w, drafts)
}
