package tickets

import (
	"context"
	"database/sql"
	"errors"

	"github.com/nplusgone/nplusgone/testdata/blind/b/tickets/db"
)

// Relay sends what is in the outbox.
type Relay struct {
	pool *sql.DB
	send func(topic, payload string) error
}

// Drain sends until nothing is left; what was sent is marked batch by batch.
func (r *Relay) Drain(ctx context.Context) (n int, err error) {
	q := db.New(r.pool)
	for {
		pending, err := q.PendingOutbox(ctx, 8)
		if err != nil {
			return n, err
		}
		if len(pending) == 0 {
			return n, nil
		}
		ids := make([]int64, 0, len(pending))
		for _, m := range pending {
			if err := r.send(m.Topic, m.Payload); err != nil {
				return n, err
			}
			ids = append(ids, m.ID)
		}
		if err := q.MarkSent(ctx, ids); err != nil {
			return n, err
		}
		n += len(ids)
	}
}

var errBusy = errors.New("every lane is taken")

// Lane finds one of the lanes on which relays may work and is free, and works on it.
func (r *Relay) Lane(ctx context.Context, lanes []int64, work func() error) error {
	conn, err := r.pool.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	q := db.New(conn)
	for _, lane := range lanes {
		ok, err := q.TryLock(ctx, lane)
		if err != nil {
			return err
		}
		if !ok {
			continue
		}
		defer conn.ExecContext(context.WithoutCancel(ctx), "SELECT pg_advisory_unlock($1)", lane)
		return work()
	}
	return errBusy
}
