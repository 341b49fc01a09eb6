package syncjob

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/nplusgone/nplusgone"
)

func (s *syncer) upsert(ctx context.Context, people []person) error {
	if len(people) == 0 {
		return nil
	}
	var args []any
	for _, p := range people {
		args = append(args, p.id, p.email, p.name, p.version)
	}
	_, err := s.db.ExecContext(ctx, `INSERT INTO contacts (external_id, email, name, version) VALUES (?, ?, ?, ?)`+
		strings.Repeat(`, (?, ?, ?, ?)`, len(people)-1)+`
		ON CONFLICT (external_id) DO UPDATE SET email = excluded.email, name = excluded.name, version = excluded.version`, args...)
	return err
}

// pull stores page after page, and after each where it stands, so that it can go on from there.
func (s *syncer) pull(ctx context.Context) error {
	for from := 0; from >= 0; {
		people, next := s.api.page(from)
		if err := s.upsert(ctx, people); err != nil {
			return err
		}
		if _, err := s.db.ExecContext(ctx, `UPDATE cursors SET position = ? WHERE name = 'contacts'`, fmt.Sprint(next)); err != nil {
			return err
		}
		from = next
	}
	return nil
}

// pushAll sends what is new and writes down after each what the other side said.
func (s *syncer) pushAll(ctx context.Context) error {
	rows, err := s.db.QueryContext(ctx, `SELECT external_id FROM contacts WHERE pushed = 0`)
	if err != nil {
		return err
	}
	var ids []string
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return errors.Join(err, rows.Close())
		}
		ids = append(ids, id)
	}
	if err := rows.Close(); err != nil {
		return err
	}
	for _, id := range ids {
		status, err := s.api.push(ctx, id)
		if err != nil {
			return err
		}
		if _, err := s.db.ExecContext(ctx, `INSERT INTO push_log (contact_id, status) VALUES (?, ?)`, id, status); err != nil {
			return err
		}
		if err := s.touch(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

// openShards opens the databases of users.
func openShards(ctx context.Context, run string) (shards []*sql.DB, err error) {
	for i := range 4 {
		db, err := nplusgone.Open("sqlite3", fmt.Sprintf("file:shard-%s-%d?mode=memory&cache=shared", run, i))
		if err != nil {
			return nil, err
		}
		nplusgone.Ignore(ctx, func(ctx context.Context) { _, err = db.ExecContext(ctx, shardSchema) })
		if err != nil {
			return nil, err
		}
		shards = append(shards, db)
	}
	return shards, nil
}

// population asks each shard how many users it has.
func population(ctx context.Context, shards []*sql.DB) (total int, err error) {
	for _, shard := range shards {
		var n int
		if err := shard.QueryRowContext(ctx, `SELECT count(*) FROM users`).Scan(&n); err != nil {
			return 0, err
		}
		total += n
	}
	return total, nil
}

// healthy asks each shard whether it answers.
func healthy(ctx context.Context, shards []*sql.DB) error {
	for range 2 {
		for i, shard := range shards {
			var one int
			if err := shard.QueryRowContext(ctx, `SELECT 1`).Scan(&one); err != nil {
				return fmt.Errorf("shard %d: %w", i, err)
			}
		}
	}
	return nil
}

// find looks for a user on one shard after the other until it is found.
func find(ctx context.Context, shards []*sql.DB, id int64) (name string, err error) {
	for _, shard := range shards {
		err = shard.QueryRowContext(ctx, `SELECT name FROM users WHERE id = ?`, id).Scan(&name)
		if !errors.Is(err, sql.ErrNoRows) {
			return name, err
		}
	}
	return "", err
}

var required = []string{"endpoint", "batch", "region", "token", "mode"}

// settings reads what a run needs to know.
func (s *syncer) settings(ctx context.Context) (map[string]string, error) {
	found := map[string]string{}
	for _, name := range required {
		var value string
		if err := s.db.QueryRowContext(ctx, `SELECT value FROM config WHERE name = ?`, name).Scan(&value); err != nil {
			return nil, fmt.Errorf("setting %s: %w", name, err)
		}
		found[name] = value
	}
	return found, nil
}

// settingsAtOnce is settings, on goroutines.
func (s *syncer) settingsAtOnce(ctx context.Context) error {
	var wg sync.WaitGroup
	errs := make(chan error, len(required))
	for _, name := range required {
		wg.Go(func() {
			var value string
			errs <- s.db.QueryRowContext(ctx, `SELECT value FROM config WHERE name = ?`, name).Scan(&value)
		})
	}
	wg.Wait()
	close(errs)
	for err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// advance moves a cursor unless somebody else has, in which case it looks again where that is.
func (s *syncer) advance(ctx context.Context, meddle func()) error {
	for range 5 {
		var position string
		var version int
		if err := s.db.QueryRowContext(ctx, `SELECT position, version FROM cursors WHERE name = 'contacts'`).Scan(&position, &version); err != nil {
			return err
		}
		meddle()
		res, err := s.db.ExecContext(ctx, `UPDATE cursors SET position = ?, version = version + 1 WHERE name = 'contacts' AND version = ?`, position+"+", version)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 1 {
			return err
		}
	}
	return errors.New("the cursor never stood still")
}

// diff compares by a temporary table.
func (s *syncer) diff(ctx context.Context) (changed int, err error) {
	conn, err := s.db.Conn(ctx)
	if err != nil {
		return 0, err
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, `CREATE TEMP TABLE theirs (id TEXT PRIMARY KEY, version INTEGER NOT NULL)`); err != nil {
		return 0, err
	}
	people := s.everybody()
	var args []any
	for _, p := range people {
		args = append(args, p.id, p.version)
	}
	if _, err := conn.ExecContext(ctx, `INSERT INTO theirs VALUES (?, ?)`+strings.Repeat(`, (?, ?)`, len(people)-1), args...); err != nil {
		return 0, err
	}
	err = conn.QueryRowContext(ctx, `SELECT count(*) FROM contacts c JOIN theirs t ON t.id = c.external_id WHERE t.version <> c.version`).Scan(&changed)
	if err != nil {
		return 0, err
	}
	_, err = conn.ExecContext(ctx, `DROP TABLE theirs`)
	return changed, err
}

// settled waits until the other side has worked our changes in, which a trigger of theirs writes into our table.
func (s *syncer) settled(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 25*time.Millisecond)
	defer cancel()
	tick := time.NewTicker(4 * time.Millisecond)
	defer tick.Stop()
	for range tick.C {
		var position string
		err := s.db.QueryRowContext(ctx, `SELECT position FROM cursors WHERE name = 'contacts'`).Scan(&position)
		if ctx.Err() != nil {
			return nil
		}
		if err != nil || position == "end" {
			return err
		}
	}
	return nil
}

// backoff gives a statement some more chances.
func backoff(fn func() error) error {
	var errs []error
	for wait := time.Millisecond; wait < 20*time.Millisecond; wait *= 2 {
		err := fn()
		if err == nil {
			return nil
		}
		errs = append(errs, err)
		time.Sleep(wait)
	}
	return errors.Join(errs...)
}

// flaky writes into a table that another process is about to make.
func (s *syncer) flaky(ctx context.Context) error {
	tries := 0
	return backoff(func() error {
		tries++
		if tries == 4 {
			nplusgone.Ignore(ctx, func(ctx context.Context) {
				s.db.ExecContext(ctx, `CREATE TABLE IF NOT EXISTS arrivals (id TEXT PRIMARY KEY)`)
			})
		}
		_, err := s.db.ExecContext(ctx, `INSERT INTO arrivals (id) VALUES (?)`, fmt.Sprint("a-", tries))
		return err
	})
}
