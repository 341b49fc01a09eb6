package app

import "net/http"

// article is a post with its text.
type article struct {
	ID    int64
	Title string
	Body  string
}

// entry is a line of the list of titles.
type entry struct {
	ID    int64  `json:"id"`
	Title string `json:"title"`
}

// Tip 9: leave large columns where they are. The list of titles loads the text of every post.
func (s *service) badTitles(w http.ResponseWriter, r *http.Request) error {
	rows, err := s.db.QueryContext(r.Context(), `SELECT id, title, body FROM posts ORDER BY title LIMIT 40`)
	if err != nil {
		return err
	}
	defer rows.Close()

	var titles []entry
	for rows.Next() {
		var a article
		if err := rows.Scan(&a.ID, &a.Title, &a.Body); err != nil {
			return err
		}
		titles = append(titles, entry{a.ID, a.Title})
	}
	if err := rows.Err(); err != nil {
		return err
	}
	return writeJSON(w, titles)
}

// The text stays in the database.
func (s *service) goodTitles(w http.ResponseWriter, r *http.Request) error {
	rows, err := s.db.QueryContext(r.Context(), `SELECT id, title FROM posts ORDER BY title LIMIT 40`)
	if err != nil {
		return err
	}
	defer rows.Close()

	var titles []entry
	for rows.Next() {
		var e entry
		if err := rows.Scan(&e.ID, &e.Title); err != nil {
			return err
		}
		titles = append(titles, e)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	return writeJSON(w, titles)
}
