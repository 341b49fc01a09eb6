package tenants

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/nplusgone/nplusgone"
)

// consumption is for the operators: what each tenant has used.
func consumption(ctx context.Context, db *sql.DB) (map[string]int64, error) {
	rows, err := db.QueryContext(ctx, `SELECT id FROM tenants`)
	if err != nil {
		return nil, err
	}
	ids := map[string]struct{}{}
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			rows.Close()
			return nil, err
		}
		ids[id] = struct{}{}
	}
	rows.Close()
	used := map[string]int64{}
	for id := range ids { // want loop: n-plus-one
		n, err := (store{db, id}).usage(ctx, "bytes")
		if err != nil {
			return nil, err
		}
		used[id] = n
	}
	return used, nil
}

// planOf is older than contexts: both of its steps look the tenant up.
func planOf(db *sql.DB, host string) (string, error) {
	if err := reachable(db, host); err != nil {
		return "", err
	}
	t, err := tenantByHost(db, host)
	return t.Plan, err
}

func reachable(db *sql.DB, host string) error {
	t, err := tenantByHost(db, host)
	if err == nil && t.ID == "" {
		return fmt.Errorf("no tenant at %s", host)
	}
	return err
}

// welcome goes from the host of a request to all that a page needs.
func welcome(ctx context.Context, db *sql.DB, host, session string) (string, error) {
	var t tenant
	if err := db.QueryRowContext(ctx, `SELECT id, host, plan FROM tenants WHERE host = ?`, host).Scan(&t.ID, &t.Host, &t.Plan); err != nil {
		return "", err
	}
	s := store{db, t.ID}
	var id int64
	if err := db.QueryRowContext(ctx, `SELECT user_id FROM sessions WHERE token = ?`, session).Scan(&id); err != nil {
		return "", err
	}
	u, err := s.user(ctx, id)
	if err != nil {
		return "", err
	}
	var projects int
	if err := db.QueryRowContext(ctx, `SELECT max_projects FROM plans WHERE name = ?`, t.Plan).Scan(&projects); err != nil {
		return "", err
	}
	calls, err := s.usage(ctx, "calls")
	return fmt.Sprintf("%s may have %d projects and has made %d calls", u.Name, projects, calls), err
}

// twoSteps runs two transactions that both have to see the tenant as it is then.
func twoSteps(ctx context.Context, db *sql.DB, id string) error {
	for _, step := range []string{"freeze", "archive"} {
		if err := inTx(ctx, db, func(tx *sql.Tx) error {
			var plan string
			if err := tx.QueryRowContext(ctx, `SELECT plan FROM tenants WHERE id = ?`, id).Scan(&plan); err != nil {
				return err
			}
			_, err := tx.ExecContext(ctx, `INSERT INTO usage VALUES (?, ?, 1)`, id, step+"/"+plan)
			return err
		}); err != nil {
			return err
		}
	}
	return nil
}

func inTx(ctx context.Context, db *sql.DB, fn func(*sql.Tx) error) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := fn(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// overview loads the boxes of a page at the same time; two of them want the same numbers.
func overview(ctx context.Context, s store) error {
	errs := make(chan error, 2)
	go func() {
		_, err := s.usage(ctx, "calls")
		errs <- err
	}()
	go func() {
		if _, err := s.plan(ctx); err != nil {
			errs <- err
			return
		}
		_, err := s.usage(ctx, "calls")
		errs <- err
	}()
	return errors.Join(<-errs, <-errs)
}

// meeting loads three people at the same time.
func meeting(ctx context.Context, s store, host, guest, clerk int64) error {
	errs := make(chan error, 3)
	go func() { _, err := s.user(ctx, host); errs <- err }()
	go func() { _, err := s.user(ctx, guest); errs <- err }()
	go func() { _, err := s.user(ctx, clerk); errs <- err }()
	return errors.Join(<-errs, <-errs, <-errs)
}

// drift reads usage before and after something that others do.
func drift(ctx context.Context, s store, meanwhile func() error) (int64, error) {
	before, err := s.usage(ctx, "calls")
	if err != nil {
		return 0, err
	}
	if err := meanwhile(); err != nil {
		return 0, err
	}
	after, err := s.usage(ctx, "calls")
	return after - before, err
}

// own counts the rows of tenants that have a database each.
func own(ctx context.Context, names []string) (total int, err error) {
	for _, name := range names {
		db, err := nplusgone.Open("sqlite3", "file:tenant-"+name+"?mode=memory&cache=shared")
		if err != nil {
			return 0, err
		}
		nplusgone.Ignore(ctx, func(ctx context.Context) {
			_, err = db.ExecContext(ctx, `CREATE TABLE things (id INTEGER PRIMARY KEY); INSERT INTO things VALUES (1), (2)`)
		})
		if err != nil {
			return 0, err
		}
		var n int
		err = db.QueryRowContext(ctx, `SELECT count(*) FROM things`).Scan(&n)
		db.Close()
		if err != nil {
			return 0, err
		}
		total += n
	}
	return total, nil
}
