package worker

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/mattn/go-sqlite3"

	"github.com/nplusgone/nplusgone"
)

// A job is one row of the queue.
type job struct {
	id, kind, payload string
}

type queue struct {
	db     *sql.DB
	name   string
	handle func(context.Context, job) error
}

var errEmpty = errors.New("queue is empty")

// claim takes the next job, or answers errEmpty.
func (q *queue) claim(ctx context.Context) (j job, err error) {
	err = q.db.QueryRowContext(ctx, `
		UPDATE jobs SET state = 'running', attempts = attempts + 1, locked_by = ?
		WHERE id = (SELECT id FROM jobs WHERE state = 'ready' ORDER BY id LIMIT 1)
		RETURNING id, kind, payload`, q.name).Scan(&j.id, &j.kind, &j.payload)
	if errors.Is(err, sql.ErrNoRows) {
		return j, errEmpty
	}
	return j, err
}

func (q *queue) finish(ctx context.Context, j job) error {
	_, err := q.db.ExecContext(ctx, `UPDATE jobs SET state = 'done', locked_by = NULL WHERE id = ?`, j.id)
	return err
}

// drain works until the queue is empty. All of it is one scope.
func (q *queue) drain(ctx context.Context) error {
	for {
		j, err := q.claim(ctx)
		if errors.Is(err, errEmpty) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := q.handle(ctx, j); err != nil {
			return err
		}
		if err := q.finish(ctx, j); err != nil {
			return err
		}
	}
}

// work is drain with a scope for each job.
func (q *queue) work(ctx context.Context) error {
	for {
		err := func() error {
			ctx, end := nplusgone.Begin(ctx, "job")
			defer end()
			j, err := q.claim(ctx)
			if err != nil {
				return err
			}
			if err := q.handle(ctx, j); err != nil {
				return err
			}
			return q.finish(ctx, j)
		}()
		if errors.Is(err, errEmpty) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

func (q *queue) ready(ctx context.Context, limit int) ([]job, error) {
	rows, err := q.db.QueryContext(ctx, `SELECT id, kind, payload FROM jobs WHERE state = 'ready' ORDER BY id LIMIT ?`, limit)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var jobs []job
	for rows.Next() {
		var j job
		if err := rows.Scan(&j.id, &j.kind, &j.payload); err != nil {
			return nil, err
		}
		jobs = append(jobs, j)
	}
	return jobs, rows.Err()
}

// batch looks at several jobs, and does each in a transaction, in which it makes sure that nobody else has it.
func (q *queue) batch(ctx context.Context) error {
	jobs, err := q.ready(ctx, 8)
	if err != nil {
		return err
	}
	for _, j := range jobs {
		if err := q.one(ctx, j); err != nil {
			return err
		}
	}
	return nil
}

func (q *queue) one(ctx context.Context, j job) error {
	tx, err := q.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	res, err := tx.ExecContext(ctx, `UPDATE jobs SET state = 'running', locked_by = ? WHERE id = ? AND state = 'ready'`, q.name, j.id)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return err
	}
	if err := q.handle(ctx, j); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `UPDATE jobs SET state = 'done' WHERE id = ?`, j.id); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `INSERT INTO job_log (job_id, note) VALUES (?, 'done')`, j.id); err != nil {
		return err
	}
	return tx.Commit()
}

// claimMany takes several jobs by one statement.
func (q *queue) claimMany(ctx context.Context, n int) (jobs []job, err error) {
	rows, err := q.db.QueryContext(ctx, `
		UPDATE jobs SET state = 'running', locked_by = ?
		WHERE id IN (SELECT id FROM jobs WHERE state = 'ready' ORDER BY id LIMIT ?)
		RETURNING id, kind, payload`, q.name, n)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var j job
		if err := rows.Scan(&j.id, &j.kind, &j.payload); err != nil {
			return nil, err
		}
		jobs = append(jobs, j)
	}
	return jobs, rows.Err()
}

// relay publishes what is in the outbox, and marks each message once the broker has it.
func relay(ctx context.Context, db *sql.DB, publish func(topic, body string) error) error {
	rows, err := db.QueryContext(ctx, `SELECT id, topic, body FROM outbox WHERE sent_at IS NULL ORDER BY id LIMIT 100`)
	if err != nil {
		return err
	}
	type message struct {
		id          int64
		topic, body string
	}
	var batch []message
	for rows.Next() {
		var m message
		if err := rows.Scan(&m.id, &m.topic, &m.body); err != nil {
			rows.Close()
			return err
		}
		batch = append(batch, m)
	}
	if err := rows.Close(); err != nil {
		return err
	}
	for _, m := range batch {
		if err := publish(m.topic, m.body); err != nil {
			return fmt.Errorf("publishing %d: %w", m.id, err)
		}
		if _, err := db.ExecContext(ctx, `UPDATE outbox SET sent_at = datetime('now') WHERE id = ?`, m.id); err != nil {
			return err
		}
	}
	return nil
}

// purge deletes finished jobs, ten a statement, so that no lock is held for long.
func (q *queue) purge(ctx context.Context) error {
	for {
		res, err := q.db.ExecContext(ctx, `DELETE FROM jobs WHERE id IN (SELECT id FROM jobs WHERE state = 'done' LIMIT 4)`)
		if err != nil {
			return err
		}
		n, err := res.RowsAffected()
		if err != nil || n == 0 {
			return err
		}
	}
}

// schedule enqueues what has to run each night.
func (q *queue) schedule(ctx context.Context, night string) error {
	for _, kind := range []string{"digest", "expire", "purge", "sync", "report"} {
		_, err := q.db.ExecContext(ctx, `INSERT INTO jobs (id, kind, payload, state) VALUES (?, ?, '{}', 'ready')`, night+"/"+kind, kind)
		if err != nil {
			return err
		}
	}
	return nil
}

// lock waits for the lock of the nightly run on a connection of its own.
func (q *queue) lock(ctx context.Context) error {
	conn, err := q.db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	wait := time.Millisecond
	for range 6 {
		_, err = conn.ExecContext(ctx, `INSERT INTO locks (name, owner) VALUES ('nightly', ?)`, q.name)
		var busy sqlite3.Error
		if !errors.As(err, &busy) {
			return err
		}
		time.Sleep(wait)
		wait *= 2
	}
	_, err = conn.ExecContext(ctx, `UPDATE locks SET owner = ? WHERE name = 'nightly'`, q.name)
	return err
}

// progress runs a long job and says after each part how far it is.
func (q *queue) progress(ctx context.Context, parts []string, do func(string) error) error {
	j, err := q.claim(ctx)
	if err != nil {
		return err
	}
	for i, part := range parts {
		if err := do(part); err != nil {
			return err
		}
		if _, err := q.db.ExecContext(ctx, `UPDATE jobs SET progress = ? WHERE id = ?`, 100*(i+1)/len(parts), j.id); err != nil {
			return err
		}
	}
	return q.finish(ctx, j)
}

// bury gives a job up.
func (q *queue) bury(ctx context.Context, reason string) error {
	j, err := q.claim(ctx)
	if err != nil {
		return err
	}
	if _, err := q.db.ExecContext(ctx, `UPDATE jobs SET state = 'dead' WHERE id = ?`, j.id); err != nil {
		return err
	}
	_, err = q.db.ExecContext(ctx, `INSERT INTO job_log (job_id, note) VALUES (?, ?)`, j.id, reason)
	return err
}
