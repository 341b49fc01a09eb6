package app

import (
	"context"
	"net/http"
)

// Tip 10: ask whether there is one. All comments of a person are loaded to see that there are some.
func (s *service) badActive(w http.ResponseWriter, r *http.Request) error {
	person, err := pathID(r, "person")
	if err != nil {
		return err
	}
	comments, err := s.commentsBy(r.Context(), person)
	if err != nil {
		return err
	}
	return writeJSON(w, map[string]bool{"active": len(comments) > 0})
}

func (s *service) commentsBy(ctx context.Context, person int64) ([]int64, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT id FROM comments WHERE author_id = ?`, person)
	if err != nil {
		return nil, err
	}
	defer rows.Close()

	var ids []int64
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}

// EXISTS stops at the first.
func (s *service) goodActive(w http.ResponseWriter, r *http.Request) error {
	person, err := pathID(r, "person")
	if err != nil {
		return err
	}
	var active bool
	err = s.db.QueryRowContext(r.Context(),
		`SELECT EXISTS (SELECT 1 FROM comments WHERE author_id = ?)`, person).Scan(&active)
	if err != nil {
		return err
	}
	return writeJSON(w, map[string]bool{"active": active})
}
