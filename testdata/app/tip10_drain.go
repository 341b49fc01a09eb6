package app

import "net/http"

// Tip 10: count in the database. The rows are stepped through and no value of them is read.
func (s *service) badTagCount(w http.ResponseWriter, r *http.Request) error {
	tag, err := pathID(r, "tag")
	if err != nil {
		return err
	}
	rows, err := s.db.QueryContext(r.Context(), `SELECT post_id FROM post_tags WHERE tag_id = ?`, tag)
	if err != nil {
		return err
	}
	defer rows.Close()

	count := 0
	for rows.Next() {
		count++
	}
	if err := rows.Err(); err != nil {
		return err
	}
	return writeJSON(w, map[string]int{"count": count})
}

// COUNT returns one row.
func (s *service) goodTagCount(w http.ResponseWriter, r *http.Request) error {
	tag, err := pathID(r, "tag")
	if err != nil {
		return err
	}
	var count int
	err = s.db.QueryRowContext(r.Context(), `SELECT COUNT(*) FROM post_tags WHERE tag_id = ?`, tag).Scan(&count)
	if err != nil {
		return err
	}
	return writeJSON(w, map[string]int{"count": count})
}
