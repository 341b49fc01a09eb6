package syncjob

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"time"
)

type syncer struct {
	db  *sql.DB
	api *remote
}

func (s *syncer) everybody() []person {
	var people []person
	for from := 0; from >= 0; {
		page, next := s.api.page(from)
		people = append(people, page...)
		from = next
	}
	return people
}

// reconcile compares each person of the other side with ours, and changes what differs.
func (s *syncer) reconcile(ctx context.Context) error {
	for _, p := range s.everybody() { // want loop: n-plus-one row-by-row-update
		var version int
		if err := s.db.QueryRowContext(ctx, `SELECT version FROM contacts WHERE external_id = ?`, p.id).Scan(&version); err != nil {
			return fmt.Errorf("contact %s: %w", p.id, err)
		}
		if version == p.version {
			continue
		}
		_, err := s.db.ExecContext(ctx, `UPDATE contacts SET email = ?, name = ?, version = ? WHERE external_id = ?`, p.email, p.name, p.version, p.id)
		if err != nil {
			return err
		}
	}
	return nil
}

// forget deletes whom the other side no longer has.
func (s *syncer) forget(ctx context.Context) error {
	there := map[string]bool{}
	for _, p := range s.everybody() {
		there[p.id] = true
	}
	ours, err := s.ids(ctx)
	if err != nil {
		return err
	}
	for _, id := range ours { // want loop: row-by-row-delete
		if there[id] {
			continue
		}
		if _, err := s.db.ExecContext(ctx, `DELETE FROM contacts WHERE external_id = ?`, id); err != nil {
			return err
		}
	}
	return nil
}

func (s *syncer) ids(ctx context.Context) ([]string, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT external_id FROM contacts ORDER BY email`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var ids []string
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}

// copyPages fetches page after page and inserts one person after another, on a connection of its own.
func (s *syncer) copyPages(ctx context.Context) error {
	conn, err := s.db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, `CREATE TEMP TABLE fetched (id TEXT PRIMARY KEY, email TEXT NOT NULL)`); err != nil {
		return err
	}
	for from := 0; from >= 0; {
		people, next := s.api.page(from)
		for _, p := range people { // want loop: row-by-row-insert
			if _, err := conn.ExecContext(ctx, `INSERT INTO fetched (id, email) VALUES (?, ?)`, p.id, p.email); err != nil {
				return err
			}
		}
		from = next
	}
	_, err = conn.ExecContext(ctx, `DROP TABLE fetched`)
	return err
}

// sizes counts the members of each group, three groups at a time.
func (s *syncer) sizes(ctx context.Context) (map[string]int, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT external_id FROM groups`)
	if err != nil {
		return nil, err
	}
	var groups []string
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, errors.Join(err, rows.Close())
		}
		groups = append(groups, id)
	}
	if err := rows.Close(); err != nil {
		return nil, err
	}
	slots := make(chan struct{}, 3)
	var wg sync.WaitGroup
	var mu sync.Mutex
	sizes, failed := map[string]int{}, error(nil)
	for _, id := range groups { // want loop: n-plus-one
		wg.Add(1)
		slots <- struct{}{}
		go func(id string) {
			defer func() { <-slots; wg.Done() }()
			n, err := s.size(ctx, id)
			mu.Lock()
			defer mu.Unlock()
			sizes[id], failed = n, errors.Join(failed, err)
		}(id)
	}
	wg.Wait()
	return sizes, failed
}

func (s *syncer) size(ctx context.Context, group string) (n int, err error) {
	err = s.db.QueryRowContext(ctx, `SELECT count(*) FROM group_members WHERE group_id = ?`, group).Scan(&n)
	return n, err
}

func (s *syncer) touch(ctx context.Context, id string) error {
	_, err := s.db.ExecContext(ctx, `UPDATE contacts SET pushed = 1 WHERE external_id = ?`, id)
	return err
}

// apply runs a method for each contact.
func (s *syncer) apply(ctx context.Context, step func(context.Context, string) error) error {
	ids, err := s.ids(ctx)
	if err != nil {
		return err
	}
	for _, id := range ids { // want loop: row-by-row-update
		if err := step(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

// touchAll marks all contacts, by way of a method value.
func (s *syncer) touchAll(ctx context.Context) error { return s.apply(ctx, s.touch) }

// touchAllStubbornly tries each UPDATE several times; none needs it.
func (s *syncer) touchAllStubbornly(ctx context.Context) error {
	ids, err := s.ids(ctx)
	if err != nil {
		return err
	}
	for _, id := range ids { // want loop: row-by-row-update
		for try := 1; ; try++ {
			err := s.touch(ctx, id)
			if err == nil {
				break
			}
			if try == 3 {
				return err
			}
			time.Sleep(time.Duration(try) * time.Millisecond)
		}
	}
	return nil
}

// upsertEach is upsert for people who come one by one, each within a second.
func (s *syncer) upsertEach(ctx context.Context) error {
	for _, p := range s.everybody() { // want loop: row-by-row-insert
		if err := s.upsertOne(ctx, p); err != nil {
			return err
		}
	}
	return nil
}

func (s *syncer) upsertOne(ctx context.Context, p person) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	_, err := s.db.ExecContext(ctx, `INSERT INTO contacts (external_id, email, name, version) VALUES (?, ?, ?, ?)
		ON CONFLICT (external_id) DO UPDATE SET email = excluded.email, name = excluded.name`, p.id, p.email, p.name, p.version)
	return err
}

// pushWithGroups sends each contact with the titles of its groups.
func (s *syncer) pushWithGroups(ctx context.Context) error {
	ids, err := s.ids(ctx)
	if err != nil {
		return err
	}
	for _, id := range ids { // want loop: n-plus-one
		var titles string
		err := s.db.QueryRowContext(ctx, `
			SELECT coalesce(group_concat(g.title), '') FROM groups g JOIN group_members m ON m.group_id = g.external_id
			WHERE m.contact_id = ?`, id).Scan(&titles)
		if err != nil {
			return err
		}
		if _, err := s.api.push(ctx, id+" "+titles); err != nil {
			return err
		}
	}
	return nil
}

// languages reads the language of each user of each shard.
func languages(ctx context.Context, shards []*sql.DB) (map[string]int, error) {
	found := map[string]int{}
	for _, shard := range shards {
		rows, err := shard.QueryContext(ctx, `SELECT id FROM users`)
		if err != nil {
			return nil, err
		}
		var users []int64
		for rows.Next() {
			var id int64
			if err := rows.Scan(&id); err != nil {
				return nil, errors.Join(err, rows.Close())
			}
			users = append(users, id)
		}
		rows.Close()
		for _, id := range users { // want loop: n-plus-one
			var language string
			if err := shard.QueryRowContext(ctx, `SELECT language FROM preferences WHERE user_id = ?`, id).Scan(&language); err != nil {
				return nil, err
			}
			found[language]++
		}
	}
	return found, nil
}

// stations adds what an older system has to know, through a driver that cannot but prepare.
func stations(ctx context.Context) error {
	db, err := openLegacy(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	for _, name := range []string{"North", "South", "East", "West"} { // want loop: implicit-prepare
		if _, err := db.ExecContext(ctx, `INSERT INTO stations (name) VALUES (?)`, name); err != nil { // want loop: implicit-prepare
			return err
		}
	}
	return nil
}

// oldReconcile is reconcile from before contexts.
func (s *syncer) oldReconcile() error {
	for _, p := range s.everybody() { // want loop: n-plus-one
		var name string
		err := s.db.QueryRow(fmt.Sprintf("SELECT name FROM contacts WHERE external_id = '%s'", p.id)).Scan(&name)
		if err != nil {
			return err
		}
		if name != p.name {
			return fmt.Errorf("%s is called %s there", name, p.name)
		}
	}
	return nil
}
