package tickets

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"github.com/nplusgone/nplusgone/testdata/blind/b/tickets/db"
)

// Workflow moves tickets from state to state.
type Workflow struct {
	pool *sql.DB
}

func (w *Workflow) inTx(ctx context.Context, fn func(q *db.Queries) error) error {
	tx, err := w.pool.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := fn(db.New(tx)); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}

// CloseWaiting closes the tickets on which nobody has answered.
func (w *Workflow) CloseWaiting(ctx context.Context) (closed []string, err error) {
	err = w.inTx(ctx, func(q *db.Queries) error {
		waiting, err := q.ListTicketsByState(ctx, "waiting")
		if err != nil {
			return err
		}
		for _, t := range waiting { // want loop: row-by-row-update
			if err := q.CloseTicket(ctx, t.ID); err != nil {
				return err
			}
			closed = append(closed, t.Subject)
		}
		return nil
	})
	return closed, err
}

// Escalate marks old tickets and announces each of them.
func (w *Workflow) Escalate(ctx context.Context) (int, error) {
	n := 0
	err := w.inTx(ctx, func(q *db.Queries) error {
		for _, state := range []string{"open", "waiting"} {
			old, err := q.EscalateStale(ctx, state)
			if err != nil {
				return err
			}
			n += len(old)
		}
		return nil
	})
	if err != nil || n == 0 {
		return n, err
	}
	var (
		b    strings.Builder
		args []any
	)
	b.WriteString("INSERT INTO outbox (topic, payload) VALUES ")
	for i := range n {
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "($%d, $%d)", len(args)+1, len(args)+2)
		args = append(args, "ticket.escalated", fmt.Sprint(i))
	}
	_, err = w.pool.ExecContext(ctx, b.String(), args...)
	return n, err
}

var errConflict = errors.New("somebody else has changed the ticket")

// Take assigns a ticket; when somebody has changed it in the meantime it is read again.
func (w *Workflow) Take(ctx context.Context, id uuid.UUID, agent int64, onRead func()) error {
	q := db.New(w.pool)
	for attempt := 1; attempt <= 6; attempt++ {
		t, err := q.GetTicket(ctx, id)
		if err != nil {
			return err
		}
		onRead()
		n, err := q.ReassignTicket(ctx, db.ReassignTicketParams{
			ID:         id,
			AssigneeID: sql.NullInt64{Int64: agent, Valid: true},
			Version:    t.Version,
		})
		if err != nil {
			return err
		}
		if n == 1 {
			return nil
		}
	}
	return errConflict
}

// Label puts tags on a ticket; tags that are new are made.
func (w *Workflow) Label(ctx context.Context, ticket uuid.UUID, names []string) error {
	return w.inTx(ctx, func(q *db.Queries) error {
		var ids []int64
		for _, name := range names { // want loop: row-by-row-insert
			id, err := q.UpsertTag(ctx, strings.ToLower(strings.TrimSpace(name)))
			if err != nil {
				return err
			}
			ids = append(ids, id)
		}
		return q.LinkTags(ctx, db.LinkTagsParams{TicketID: ticket, TagIds: ids})
	})
}

// LabelAll puts the same tags on several tickets of one merge.
func (w *Workflow) LabelAll(ctx context.Context, tickets [2]uuid.UUID, names []string) error {
	return w.inTx(ctx, func(q *db.Queries) error {
		tags, err := q.UpsertTags(ctx, names)
		if err != nil {
			return err
		}
		ids := make([]int64, len(tags))
		for i := range tags {
			ids[i] = tags[i].ID
		}
		for _, t := range tickets {
			if err := q.LinkTags(ctx, db.LinkTagsParams{TicketID: t, TagIds: ids}); err != nil {
				return err
			}
		}
		return nil
	})
}
