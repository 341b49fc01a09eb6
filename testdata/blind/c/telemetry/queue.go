package telemetry

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"golang.org/x/sync/errgroup"
)

func runJobs(ctx context.Context, db *sql.DB) error {
	g, ctx := errgroup.WithContext(ctx)
	for range 2 {
		g.Go(func() error {
			for {
				worked, err := runOne(ctx, db)
				if err != nil || !worked {
					return err
				}
			}
		})
	}
	return g.Wait()
}

func runOne(ctx context.Context, db *sql.DB) (bool, error) {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return false, err
	}
	defer tx.Rollback()
	var id int64
	err = tx.QueryRowContext(ctx, `SELECT id FROM jobs WHERE status = 'queued' ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED`).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	if _, err := tx.ExecContext(ctx, `UPDATE jobs SET status = 'done' WHERE id = $1`, id); err != nil {
		return false, err
	}
	return true, tx.Commit()
}

func awaitJob(ctx context.Context, db *sql.DB) error {
	const id = 3
	go func() {
		time.Sleep(60 * time.Millisecond)
		_, _ = db.Exec(`UPDATE jobs SET status = 'done' WHERE id = $1`, id)
	}()
	tick := time.NewTicker(12 * time.Millisecond)
	defer tick.Stop()
	for {
		var status string
		if err := db.QueryRowContext(ctx, `SELECT status FROM jobs WHERE id = $1`, id).Scan(&status); err != nil {
			return err
		}
		if status == "done" {
			return nil
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func warmUp(ctx context.Context, db *sql.DB) error {
	const size = 5
	conns := make([]*sql.Conn, size)
	g, ctx := errgroup.WithContext(ctx)
	for i := range size {
		g.Go(func() error {
			c, err := db.Conn(ctx)
			if err != nil {
				return err
			}
			conns[i] = c
			var name string
			return c.QueryRowContext(ctx, `SELECT set_config('application_name', $1, false)`, "telemetry").Scan(&name)
		})
	}
	err := g.Wait()
	for _, c := range conns {
		if c != nil {
			err = errors.Join(err, c.Close())
		}
	}
	return err
}

const buckets = 6

func scanBuckets(ctx context.Context, db *sql.DB) error {
	var sums [buckets]float64
	g, ctx := errgroup.WithContext(ctx)
	for b := range buckets {
		g.Go(func() error {
			return db.QueryRowContext(ctx, `SELECT coalesce(sum(value), 0) FROM readings WHERE id % $1 = $2`, buckets, b).Scan(&sums[b])
		})
	}
	return g.Wait()
}
