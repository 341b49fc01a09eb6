package app

import "net/http"

// Tip 7: let the database do the work. Every comment of a person is fetched to compute a sum.
func (s *service) badLikes(w http.ResponseWriter, r *http.Request) error {
	person, err := pathID(r, "person")
	if err != nil {
		return err
	}
	rows, err := s.db.QueryContext(r.Context(), `SELECT likes FROM comments WHERE author_id = ?`, person)
	if err != nil {
		return err
	}
	defer rows.Close()

	total := 0
	for rows.Next() {
		var likes int
		if err := rows.Scan(&likes); err != nil {
			return err
		}
		total += likes
	}
	if err := rows.Err(); err != nil {
		return err
	}
	return writeJSON(w, map[string]int{"likes": total})
}

// SUM returns one row.
func (s *service) goodLikes(w http.ResponseWriter, r *http.Request) error {
	person, err := pathID(r, "person")
	if err != nil {
		return err
	}
	var total int
	err = s.db.QueryRowContext(r.Context(),
		`SELECT COALESCE(SUM(likes), 0) FROM comments WHERE author_id = ?`, person).Scan(&total)
	if err != nil {
		return err
	}
	return writeJSON(w, map[string]int{"likes": total})
}
