package tickets

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"iter"
	"sync"
	"time"

	"github.com/nplusgone/nplusgone/testdata/blind/b/tickets/db"
)

// All yields every ticket in the order of time; they are read in pages.
func All(ctx context.Context, q db.Querier, page int32) iter.Seq2[db.Ticket, error] {
	return func(yield func(db.Ticket, error) bool) {
		cursor := db.ListTicketsPageParams{OpenedAt: time.Unix(0, 0), Limit: page}
		for {
			tickets, err := q.ListTicketsPage(ctx, cursor)
			if err != nil {
				yield(db.Ticket{}, err)
				return
			}
			for _, t := range tickets {
				if !yield(t, nil) {
					return
				}
				cursor.OpenedAt, cursor.ID = t.OpenedAt, t.ID
			}
			if len(tickets) < int(page) {
				return
			}
		}
	}
}

// Subjects writes a line for each ticket.
func Subjects(ctx context.Context, q db.Querier, w io.Writer) error {
	for t, err := range All(ctx, q, 6) {
		if err != nil {
			return err
		}
		fmt.Fprintln(w, t.ID, t.Subject)
	}
	return nil
}

// Archive writes each ticket with all that was said on it.
func Archive(ctx context.Context, q db.Querier, w io.Writer) error {
	for t, err := range All(ctx, q, 10) { // want loop: n-plus-one
		if err != nil {
			return err
		}
		comments, err := q.TopComments(ctx, t.ID)
		if err != nil {
			return err
		}
		fmt.Fprintln(w, t.Subject, len(comments))
		for _, c := range comments {
			fmt.Fprintln(w, "\t", c.Author, c.Body)
		}
	}
	return nil
}

// agentLoader gathers the keys that are asked for at about the same time.
type agentLoader struct {
	q    db.Querier
	wait time.Duration
	size int

	mu    sync.Mutex
	batch *agentBatch
}

type agentBatch struct {
	ids  []int64
	done chan struct{}
	rows map[int64]db.Agent
	err  error
}

func (l *agentLoader) Load(ctx context.Context, id int64) (db.Agent, error) {
	l.mu.Lock()
	b := l.batch
	if b == nil {
		b = &agentBatch{done: make(chan struct{})}
		l.batch = b
		go func() {
			time.Sleep(l.wait)
			l.flush(ctx, b)
		}()
	}
	b.ids = append(b.ids, id)
	full := len(b.ids) == l.size
	l.mu.Unlock()
	if full {
		l.flush(ctx, b)
	}
	<-b.done
	if b.err != nil {
		return db.Agent{}, b.err
	}
	a, ok := b.rows[id]
	if !ok {
		return a, sql.ErrNoRows
	}
	return a, nil
}

func (l *agentLoader) flush(ctx context.Context, b *agentBatch) {
	l.mu.Lock()
	if l.batch != b {
		l.mu.Unlock()
		return
	}
	l.batch = nil
	l.mu.Unlock()
	rows, err := l.q.ListAgentsByIDs(ctx, b.ids)
	b.err, b.rows = err, map[int64]db.Agent{}
	for _, a := range rows {
		b.rows[a.ID] = a
	}
	close(b.done)
}

// Assignees finds the agent of each open ticket, all at the same time.
func Assignees(ctx context.Context, q db.Querier) (map[string]string, error) {
	tickets, err := q.ListTicketsByState(ctx, "open")
	if err != nil {
		return nil, err
	}
	loader := &agentLoader{q: q, wait: 5 * time.Millisecond, size: 4}
	var (
		wg  sync.WaitGroup
		mu  sync.Mutex
		out = map[string]string{}
	)
	for _, t := range tickets {
		if !t.AssigneeID.Valid {
			continue
		}
		wg.Add(1)
		go func() {
			defer wg.Done()
			a, err := loader.Load(ctx, t.AssigneeID.Int64)
			if err != nil {
				return
			}
			mu.Lock()
			defer mu.Unlock()
			out[t.Subject] = a.Email
		}()
	}
	wg.Wait()
	return out, nil
}
