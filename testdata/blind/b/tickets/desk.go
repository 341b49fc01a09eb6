package tickets

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/google/uuid"

	"github.com/nplusgone/nplusgone/testdata/blind/b/tickets/db"
)

// Row is a line in the list of tickets.
type Row struct {
	ID       uuid.UUID
	Subject  string
	LastBody string
	Unread   int64
	Assignee string
}

// Desk is what the agents work with.
type Desk struct {
	pool *sql.DB
	q    *db.Queries
	read db.Querier
}

// OpenDesk prepares the statements.
func OpenDesk(ctx context.Context, pool *sql.DB) (*Desk, error) {
	q, err := db.Prepare(ctx, pool)
	if err != nil {
		return nil, err
	}
	return &Desk{pool: pool, q: q, read: q}, nil
}

// Close releases the statements.
func (d *Desk) Close() error { return d.q.Close() }

// List shows the tickets of a state, each with its last comment.
func (d *Desk) List(ctx context.Context, state string) ([]Row, error) {
	tickets, err := d.q.ListTicketsByState(ctx, state)
	if err != nil {
		return nil, err
	}
	rows := make([]Row, 0, len(tickets))
	for _, t := range tickets { // want loop: n-plus-one
		row := Row{ID: t.ID, Subject: t.Subject}
		c, err := d.q.LastComment(ctx, t.ID)
		switch {
		case errors.Is(err, sql.ErrNoRows):
		case err != nil:
			return nil, err
		default:
			row.LastBody = c.Body
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// convert calls fn for each element.
func convert[T, U any](in []T, fn func(T) (U, error)) ([]U, error) {
	out := make([]U, len(in))
	for i, x := range in { // want loop: n-plus-one
		u, err := fn(x)
		if err != nil {
			return nil, err
		}
		out[i] = u
	}
	return out, nil
}

// Inbox shows how much an agent has not read yet.
func (d *Desk) Inbox(ctx context.Context, me string) ([]Row, error) {
	tickets, err := d.read.ListTicketsByState(ctx, "open")
	if err != nil {
		return nil, err
	}
	return convert(tickets, func(t db.Ticket) (Row, error) {
		n, err := d.read.CountUnread(ctx, db.CountUnreadParams{TicketID: t.ID, Author: me})
		return Row{ID: t.ID, Subject: t.Subject, Unread: n}, err
	})
}

// Fetch answers a request for some tickets by their ids; unknown ones are left out.
func (d *Desk) Fetch(ids []string) (found []db.Ticket, err error) {
	for _, s := range ids { // want loop: n-plus-one
		id, err := uuid.Parse(s)
		if err != nil {
			return nil, fmt.Errorf("%q: %w", s, err)
		}
		t, err := d.read.GetTicket(context.Background(), id)
		if errors.Is(err, sql.ErrNoRows) {
			continue
		}
		if err != nil {
			return nil, err
		}
		found = append(found, t)
	}
	return found, nil
}

// Reply adds a comment and returns it as it was stored, with what was the last one before.
func (d *Desk) Reply(ctx context.Context, ticket uuid.UUID, author, body string) (before, after db.Comment, err error) {
	tx, err := d.pool.BeginTx(ctx, nil)
	if err != nil {
		return before, after, err
	}
	defer tx.Rollback()
	q := d.q.WithTx(tx)
	if _, err = q.GetTicket(ctx, ticket); err != nil {
		return before, after, err
	}
	if before, err = q.LastComment(ctx, ticket); err != nil && !errors.Is(err, sql.ErrNoRows) {
		return before, after, err
	}
	parent := sql.NullInt64{Int64: before.ID, Valid: before.ID != 0}
	if _, err = q.AddComment(ctx, db.AddCommentParams{TicketID: ticket, ParentID: parent, Author: author, Body: body}); err != nil {
		return before, after, err
	}
	if after, err = q.LastComment(ctx, ticket); err != nil {
		return before, after, err
	}
	return before, after, tx.Commit()
}

// Teams writes next to each assigned ticket who works on it.
func Teams(ctx context.Context, pool *sql.DB) (map[string]string, error) {
	rows, err := pool.QueryContext(ctx, "SELECT subject, assignee_id FROM tickets WHERE assignee_id IS NOT NULL AND state = $1", "open")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	q := db.New(pool)
	out := map[string]string{}
	for rows.Next() { // want loop: n-plus-one
		var (
			subject string
			id      int64
		)
		if err := rows.Scan(&subject, &id); err != nil {
			return nil, err
		}
		agent, err := q.GetAgent(ctx, id)
		if err != nil {
			return nil, err
		}
		out[subject] = agent.Email
		if agent.Team.Valid {
			out[subject] = agent.Team.String
		}
	}
	return out, rows.Err()
}
