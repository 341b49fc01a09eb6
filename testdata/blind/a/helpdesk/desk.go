package helpdesk

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
)

// Ticket is a question of a customer. Its key is a UUID.
type Ticket struct {
	ID      string
	Subject string
	Agent   sql.NullString
	Level   int
	Opened  time.Time
}

// Desk is the application.
type Desk struct{ db *sql.DB }

// Tickets lists the tickets of a state.
func (d *Desk) Tickets(ctx context.Context, state string) ([]Ticket, error) {
	rows, err := d.db.QueryContext(ctx, `SELECT id, subject, agent, level, opened FROM tickets WHERE state = $1 ORDER BY opened`, state)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []Ticket
	for rows.Next() {
		var t Ticket
		if err := rows.Scan(&t.ID, &t.Subject, &t.Agent, &t.Level, &t.Opened); err != nil {
			return nil, err
		}
		list = append(list, t)
	}
	return list, rows.Err()
}

func convert[T, R any](list []T, fn func(T) (R, error)) ([]R, error) {
	out := make([]R, 0, len(list))
	for _, v := range list { // want loop: n-plus-one
		r, err := fn(v)
		if err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, nil
}

// Digest makes a line for each open ticket.
func (d *Desk) Digest(ctx context.Context) ([]string, error) {
	list, err := d.Tickets(ctx, "open")
	if err != nil {
		return nil, err
	}
	return convert(list, func(t Ticket) (string, error) { // want loop: n-plus-one
		var last sql.NullString
		err := d.db.QueryRowContext(ctx, `SELECT max(body) FROM replies WHERE ticket = $1`, t.ID).Scan(&last)
		return t.Subject + ": " + last.String, err
	})
}

// Subjects makes a line for each open ticket out of what is loaded.
func (d *Desk) Subjects(ctx context.Context) ([]string, error) {
	list, err := d.Tickets(ctx, "open")
	if err != nil {
		return nil, err
	}
	return convert(list, func(t Ticket) (string, error) { return strings.ToUpper(t.Subject), nil })
}

// Workload counts the replies of some agents; each statement says where it comes from.
func (d *Desk) Workload(ctx context.Context, agents []string) (map[string]int, error) {
	load := map[string]int{}
	for k, agent := range agents { // want loop: n-plus-one
		tag := fmt.Sprintf("/* app='desk',action='workload',span='%08x' */ ", 7919*k+17)
		var n int
		if err := d.db.QueryRowContext(ctx, tag+`SELECT count(*) FROM replies WHERE author = $1`, agent).Scan(&n); err != nil {
			return nil, err
		}
		load[agent] = n
	}
	return load, nil
}

// Mail is a message that has come in.
type Mail struct {
	MessageID string
	Subject   string
}

// Receive files the messages that are new.
func (d *Desk) Receive(ctx context.Context, mails []Mail) (int, error) {
	var ids, subjects []string
	for _, m := range mails { // want loop: n-plus-one
		known, err := d.known(ctx, m)
		if err != nil {
			return 0, err
		}
		if !known {
			ids = append(ids, m.MessageID)
			subjects = append(subjects, m.Subject)
		}
	}
	_, err := d.db.ExecContext(ctx, `INSERT INTO mails (message_id, subject) SELECT * FROM unnest($1::text[], $2::text[])`, ids, subjects)
	return len(ids), err
}

func (d *Desk) known(ctx context.Context, m Mail) (yes bool, err error) {
	err = d.db.QueryRowContext(ctx, `SELECT EXISTS (SELECT FROM mails WHERE message_id = $1)`, m.MessageID).Scan(&yes)
	return yes, err
}

// Replay files messages that may be known already.
func (d *Desk) Replay(ctx context.Context, mails []Mail) (int64, error) {
	var args []any
	var values []string
	for _, m := range mails {
		args = append(args, m.MessageID, m.Subject)
		values = append(values, fmt.Sprintf("($%d, $%d)", len(args)-1, len(args)))
	}
	res, err := d.db.ExecContext(ctx, `INSERT INTO mails (message_id, subject) VALUES `+strings.Join(values, ", ")+` ON CONFLICT DO NOTHING`, args...)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

// Unanswered drops the tickets that somebody has replied to.
func (d *Desk) Unanswered(list []Ticket) []Ticket {
	return slices.DeleteFunc(list, func(t Ticket) bool { // want loop: n-plus-one
		var n int
		if err := d.db.QueryRow(`SELECT count(*) FROM replies WHERE ticket = $1 AND NOT internal`, t.ID).Scan(&n); err != nil {
			return false
		}
		return n > 0
	})
}

// Escalate raises tickets that nobody has taken.
func (d *Desk) Escalate(ctx context.Context) error {
	list, err := d.Tickets(ctx, "open")
	if err != nil {
		return err
	}
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(2)
	for _, t := range list { // want loop: row-by-row-update
		if t.Agent.Valid {
			continue
		}
		g.Go(func() error {
			_, err := d.db.ExecContext(ctx, fmt.Sprintf(`UPDATE tickets SET level = %d WHERE id = '%s'`, t.Level+1, t.ID))
			return err
		})
	}
	return g.Wait()
}

// Thread collects the replies below one, as a text with indentation.
func (d *Desk) Thread(ctx context.Context, root string) (string, error) {
	var out strings.Builder
	var walk func(id string, depth int) error
	walk = func(id string, depth int) error {
		rows, err := d.db.QueryContext(ctx, `SELECT id, body FROM replies WHERE parent = $1 ORDER BY id`, id)
		if err != nil {
			return err
		}
		var ids []string
		for rows.Next() {
			var id, body string
			if err := rows.Scan(&id, &body); err != nil {
				rows.Close()
				return err
			}
			ids = append(ids, id)
			fmt.Fprintln(&out, strings.Repeat("  ", depth), body)
		}
		if err := rows.Close(); err != nil {
			return err
		}
		for _, id := range ids { // want loop: recursive-query
			if err := walk(id, depth+1); err != nil {
				return err
			}
		}
		return nil
	}
	err := walk(root, 0)
	return out.String(), err
}

// Outline is the thread below a reply.
func (d *Desk) Outline(ctx context.Context, root string) (string, error) {
	rows, err := d.db.QueryContext(ctx, `
		WITH RECURSIVE t AS (
			SELECT id, body, 0 AS depth, ARRAY[id] AS path FROM replies WHERE parent = $1
			UNION ALL
			SELECT r.id, r.body, t.depth + 1, t.path || r.id FROM replies r JOIN t ON r.parent = t.id)
		SELECT depth, body FROM t ORDER BY path`, root)
	if err != nil {
		return "", err
	}
	defer rows.Close()
	var out strings.Builder
	for rows.Next() {
		var depth int
		var body string
		if err := rows.Scan(&depth, &body); err != nil {
			return "", err
		}
		fmt.Fprintln(&out, strings.Repeat("  ", depth), body)
	}
	return out.String(), rows.Err()
}

// Notices puts together what is sent for each ticket in each language of the desk.
func (d *Desk) Notices(ctx context.Context, list []Ticket, languages []string) ([]string, error) {
	var out []string
	for _, t := range list { // want loop: n-plus-one
		for _, lang := range languages {
			var text string
			err := d.db.QueryRowContext(ctx, `
				SELECT coalesce(max(x.body), 'no text') FROM tickets t JOIN texts x ON x.level = t.level
				WHERE t.id = $1 AND x.lang = $2`, t.ID, lang).Scan(&text)
			if err != nil {
				return nil, err
			}
			out = append(out, text)
		}
	}
	return out, nil
}

// Due tells which tickets are late by the settings, which are read when they are first needed.
func (d *Desk) Due(ctx context.Context, list []Ticket, now time.Time) ([]string, error) {
	hours := sync.OnceValues(func() (n int, err error) {
		err = d.db.QueryRowContext(ctx, `SELECT hours FROM settings`).Scan(&n)
		return n, err
	})
	var late []string
	for _, t := range list {
		n, err := hours()
		if err != nil {
			return nil, err
		}
		if now.Sub(t.Opened) > time.Duration(n)*time.Hour {
			late = append(late, t.Subject)
		}
	}
	return late, nil
}
