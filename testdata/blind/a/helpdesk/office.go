package helpdesk

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"golang.org/x/sync/errgroup"
)

// Overview is what a manager sees first.
type Overview struct {
	Open, Replies, Agents, Mails int
}

// Overview fills four figures at the same time.
func (d *Desk) Overview(ctx context.Context) (o Overview, err error) {
	g, ctx := errgroup.WithContext(ctx)
	for query, to := range map[string]*int{
		`SELECT count(*) FROM tickets WHERE state = 'open'`:        &o.Open,
		`SELECT count(*) FROM replies WHERE NOT internal`:          &o.Replies,
		`SELECT count(DISTINCT author) FROM replies`:               &o.Agents,
		`SELECT count(*) FROM mails WHERE subject NOT LIKE 'Re:%'`: &o.Mails,
	} {
		g.Go(func() error { return d.db.QueryRowContext(ctx, query).Scan(to) })
	}
	return o, g.Wait()
}

func (d *Desk) hit(ctx context.Context, bucket string, limit int) error {
	var n int
	err := d.db.QueryRowContext(ctx, `
		INSERT INTO hits (bucket, n) VALUES ($1, 1)
		ON CONFLICT (bucket) DO UPDATE SET n = hits.n + 1 RETURNING n`, bucket).Scan(&n)
	if err == nil && n > limit {
		return fmt.Errorf("%s: too many requests", bucket)
	}
	return err
}

// Allow counts a request against the limits of its address, its user, its company and its route.
func (d *Desk) Allow(ctx context.Context, address, user, company, route string) error {
	if err := d.hit(ctx, "address:"+address, 100); err != nil {
		return err
	}
	if err := d.hit(ctx, "user:"+user, 50); err != nil {
		return err
	}
	if err := d.hit(ctx, "company:"+company, 1000); err != nil {
		return err
	}
	return d.hit(ctx, "route:"+route, 5000)
}

// BacklogSince finds the hour in which a number of tickets was passed.
func (d *Desk) BacklogSince(ctx context.Context, from, to time.Time, number int) (time.Time, error) {
	for to.Sub(from) > time.Hour {
		middle := from.Add(to.Sub(from) / 2)
		var n int
		if err := d.db.QueryRowContext(ctx, `SELECT count(*) FROM tickets WHERE opened < $1`, middle).Scan(&n); err != nil {
			return from, err
		}
		if n < number {
			from = middle
		} else {
			to = middle
		}
	}
	return to, nil
}

// Assign gives many tickets to their agents by way of a temporary table.
func (d *Desk) Assign(ctx context.Context, tickets, agents []string) (int64, error) {
	conn, err := d.db.Conn(ctx)
	if err != nil {
		return 0, err
	}
	defer conn.Close()
	for _, stmt := range []struct {
		text string
		args []any
	}{
		{`CREATE TEMPORARY TABLE given (ticket uuid, agent text)`, nil},
		{`INSERT INTO given SELECT * FROM unnest($1::uuid[], $2::text[])`, []any{tickets, agents}},
		{`CREATE INDEX ON given (ticket)`, nil},
		{`ANALYZE given`, nil},
	} {
		if _, err := conn.ExecContext(ctx, stmt.text, stmt.args...); err != nil {
			return 0, err
		}
	}
	res, err := conn.ExecContext(ctx, `UPDATE tickets t SET agent = g.agent FROM given g WHERE g.ticket = t.id`)
	if err != nil {
		return 0, err
	}
	if _, err := conn.ExecContext(ctx, `DROP TABLE given`); err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

// Publish tells other processes about tickets.
func (d *Desk) Publish(ctx context.Context, list []Ticket) error {
	tx, err := d.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	for _, t := range list {
		if _, err := tx.ExecContext(ctx, `SELECT pg_notify('tickets', $1)`, t.ID); err != nil {
			return err
		}
	}
	return tx.Commit()
}

func (d *Desk) people(ctx context.Context, names ...string) ([]string, error) {
	rows, err := d.db.QueryContext(ctx, `SELECT name || ' <' || mail || '>' FROM people WHERE name = ANY($1) ORDER BY name`, names)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	return list, rows.Err()
}

// Header is the head of a mail.
type Header struct {
	From, To, Copy, Hidden []string
}

// Head looks up who a mail goes to.
func (d *Desk) Head(ctx context.Context, from string, to, cc, bcc []string) (h Header, err error) {
	if h.From, err = d.people(ctx, from); err != nil {
		return h, err
	}
	if h.To, err = d.people(ctx, to...); err != nil {
		return h, err
	}
	if h.Copy, err = d.people(ctx, cc...); err != nil {
		return h, err
	}
	h.Hidden, err = d.people(ctx, bcc...)
	return h, err
}

// Close walks a ticket through the states of its life, each in a transaction that holds the row.
func (d *Desk) Close(ctx context.Context, id string) error {
	if err := d.step(ctx, id, "open", "answered"); err != nil {
		return err
	}
	if err := d.step(ctx, id, "answered", "rated"); err != nil {
		return err
	}
	return d.step(ctx, id, "rated", "closed")
}

func (d *Desk) step(ctx context.Context, id, from, to string) error {
	tx, err := d.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	var state string
	var agent sql.NullString
	if err := tx.QueryRowContext(ctx, `SELECT state, agent FROM tickets WHERE id = $1 FOR UPDATE`, id).Scan(&state, &agent); err != nil {
		return err
	}
	if state != from {
		return fmt.Errorf("ticket is %s", state)
	}
	if _, err := tx.ExecContext(ctx, `UPDATE tickets SET state = $2 WHERE id = $1`, id, to); err != nil {
		return err
	}
	return tx.Commit()
}

// Consume handles messages as they come, each on its own.
func (d *Desk) Consume(ctx context.Context, messages <-chan string) error {
	for id := range messages {
		var level int
		if err := d.db.QueryRowContext(ctx, `SELECT level FROM tickets WHERE id = $1`, id).Scan(&level); err != nil {
			return err
		}
		if _, err := d.db.ExecContext(ctx, `UPDATE tickets SET level = $2 WHERE id = $1`, id, level*2); err != nil {
			return err
		}
	}
	return nil
}
