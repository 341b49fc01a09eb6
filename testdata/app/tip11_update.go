package app

import (
	"net/http"
	"time"
)

type postponement struct {
	Until time.Time `json:"until"`
}

// Tip 11: write in bulk. The jobs of a queue are selected and then moved one by one. The UPDATE does
// not take the context of the request, as older code often does not; the transaction has it.
func (s *service) badPostpone(w http.ResponseWriter, r *http.Request) error {
	var p postponement
	if err := readJSON(r, &p); err != nil {
		return err
	}
	jobs, err := s.store.JobIDs(r.Context(), r.PathValue("queue"))
	if err != nil {
		return err
	}
	tx, err := s.db.BeginTx(r.Context(), nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()

	var written int64
	for _, job := range jobs {
		n, err := affected(tx.Exec(`UPDATE jobs SET run_at = ? WHERE id = ?`, p.Until, job))
		if err != nil {
			return err
		}
		written += n
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	return writeRows(w, written)
}

// One UPDATE moves the queue.
func (s *service) goodPostpone(w http.ResponseWriter, r *http.Request) error {
	var p postponement
	if err := readJSON(r, &p); err != nil {
		return err
	}
	written, err := affected(s.db.ExecContext(r.Context(),
		`UPDATE jobs SET run_at = ? WHERE queue = ?`, p.Until, r.PathValue("queue")))
	if err != nil {
		return err
	}
	return writeRows(w, written)
}
