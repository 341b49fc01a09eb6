package app

import (
	"context"
	"database/sql"
	"fmt"
	"net/http"
	"time"
)

type newJob struct {
	Task  string    `json:"task"`
	RunAt time.Time `json:"run_at"`
}

// Tip 11: write in bulk. A new schedule replaces the jobs of a queue, and the old ones are deleted one
// by one.
func (s *service) badSchedule(w http.ResponseWriter, r *http.Request) error {
	ctx, queue := r.Context(), r.PathValue("queue")
	jobs, err := readSchedule(r)
	if err != nil {
		return err
	}
	old, err := s.store.JobIDs(ctx, queue)
	if err != nil {
		return err
	}
	var written int64
	err = s.store.inTx(ctx, func(tx *sql.Tx) error {
		for _, id := range old {
			if _, err := tx.ExecContext(ctx, `DELETE FROM jobs WHERE id = ?`, id); err != nil {
				return err
			}
		}
		written, err = addJobs(ctx, tx, queue, jobs)
		return err
	})
	if err != nil {
		return err
	}
	return writeRows(w, written)
}

// One DELETE empties the queue.
func (s *service) goodSchedule(w http.ResponseWriter, r *http.Request) error {
	ctx, queue := r.Context(), r.PathValue("queue")
	jobs, err := readSchedule(r)
	if err != nil {
		return err
	}
	var written int64
	err = s.store.inTx(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `DELETE FROM jobs WHERE queue = ?`, queue); err != nil {
			return err
		}
		written, err = addJobs(ctx, tx, queue, jobs)
		return err
	})
	if err != nil {
		return err
	}
	return writeRows(w, written)
}

func readSchedule(r *http.Request) ([]newJob, error) {
	var jobs []newJob
	if err := readJSON(r, &jobs); err != nil {
		return nil, err
	}
	if len(jobs) == 0 {
		return nil, fmt.Errorf("%w: no jobs", errBadRequest)
	}
	return jobs, nil
}

func addJobs(ctx context.Context, tx *sql.Tx, queue string, jobs []newJob) (int64, error) {
	var values []any
	for _, job := range jobs {
		values = append(values, queue, job.Task, job.RunAt)
	}
	return affected(tx.ExecContext(ctx,
		`INSERT INTO jobs (queue, task, run_at) VALUES `+list("(?, ?, ?)", len(jobs)), values...))
}
