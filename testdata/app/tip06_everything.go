package app

import (
	"context"
	"database/sql"
	"encoding/json"
	"net/http"
)

// visit is one line of the log of visits.
type visit struct {
	ID      int64 `json:"id"`
	PostID  int64 `json:"post_id"`
	Seconds int   `json:"seconds"`
}

// Tip 6: do not hold a whole table in memory. The log of visits only grows, and so does the slice.
func (s *service) badVisits(w http.ResponseWriter, r *http.Request) error {
	visits, err := readVisits(s.db.QueryContext(r.Context(), `SELECT id, post_id, seconds FROM visits ORDER BY id`))
	if err != nil {
		return err
	}
	return writeLines(w, visits)
}

// Pages of the log, each beginning where the last one ends, need the memory of one page.
func (s *service) goodVisits(w http.ResponseWriter, r *http.Request) error {
	const size = 500
	for last := int64(0); ; {
		page, err := s.visitsAfter(r.Context(), last, size)
		if err != nil {
			return err
		}
		if err := writeLines(w, page); err != nil {
			return err
		}
		if len(page) < size {
			return nil
		}
		last = page[size-1].ID
	}
}

func (s *service) visitsAfter(ctx context.Context, id int64, n int) ([]visit, error) {
	return readVisits(s.db.QueryContext(ctx,
		`SELECT id, post_id, seconds FROM visits WHERE id > ? ORDER BY id LIMIT ?`, id, n))
}

func readVisits(rows *sql.Rows, err error) ([]visit, error) {
	if err != nil {
		return nil, err
	}
	defer rows.Close()

	var visits []visit
	for rows.Next() {
		var v visit
		if err := rows.Scan(&v.ID, &v.PostID, &v.Seconds); err != nil {
			return nil, err
		}
		visits = append(visits, v)
	}
	return visits, rows.Err()
}

// writeLines responds with one JSON value a line. It may be called repeatedly.
func writeLines(w http.ResponseWriter, visits []visit) error {
	w.Header().Set("Content-Type", "application/x-ndjson")
	lines := json.NewEncoder(w)
	for _, v := range visits {
		if err := lines.Encode(v); err != nil {
			return err
		}
	}
	return nil
}
