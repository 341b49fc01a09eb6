// Package tickets is a help desk.
package tickets

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"strings"

	"github.com/google/uuid"

	blind "github.com/nplusgone/nplusgone/testdata/blind"
	"github.com/nplusgone/nplusgone/testdata/blind/b/tickets/db"
)

func atDesk(fn func(ctx context.Context, d *Desk) error) func(context.Context, *sql.DB) error {
	return func(ctx context.Context, pool *sql.DB) error {
		d, err := OpenDesk(ctx, pool)
		if err != nil {
			return err
		}
		return errors.Join(fn(ctx, d), d.Close())
	}
}

func ticketBySubject(ctx context.Context, pool *sql.DB, subject string) (id uuid.UUID, err error) {
	err = pool.QueryRowContext(ctx, "SELECT id FROM tickets WHERE subject = $1", subject).Scan(&id)
	return id, err
}

// Cases returns the programs of this folder.
func Cases() []blind.Case {
	return []blind.Case{
		{
			Name: "list", Driver: "pgx", Schema: schema,
			Want: []string{blind.NPlusOne},
			Why:  "The last comment is read for each ticket; that the statement is prepared does not save the trips.",
			Run: atDesk(func(ctx context.Context, d *Desk) error {
				_, err := d.List(ctx, "open")
				return err
			}),
		},
		{
			Name: "inbox", Driver: "pgx", Schema: schema,
			Want: []string{blind.NPlusOne},
			Why:  "Unread comments are counted ticket by ticket through a generic helper.",
			Run: atDesk(func(ctx context.Context, d *Desk) error {
				_, err := d.Inbox(ctx, "user2")
				return err
			}),
		},
		{
			Name: "fetch", Driver: "pgx", Schema: schema,
			Want: []string{blind.NPlusOne},
			Why:  "A list of ids comes with the request and each is read alone.",
			Run: atDesk(func(ctx context.Context, d *Desk) error {
				ids := []string{"00000000-0000-4000-8000-000000000001"}
				tickets, err := d.q.ListTicketsByState(ctx, "waiting")
				if err != nil {
					return err
				}
				for _, t := range tickets {
					ids = append(ids, t.ID.String())
				}
				_, err = d.Fetch(ids)
				return err
			}),
		},
		{
			Name: "reply", Driver: "pgx", Schema: schema,
			Why: "The last comment is read twice, but a new one is written in between.",
			Run: atDesk(func(ctx context.Context, d *Desk) error {
				id, err := ticketBySubject(ctx, d.pool, "Subject 12")
				if err != nil {
					return err
				}
				_, _, err = d.Reply(ctx, id, "agent1", "fixed")
				return err
			}),
		},
		{
			Name: "teams", Driver: "pgx", Schema: schema,
			Want: []string{blind.NPlusOne}, May: []string{blind.Duplicate},
			Why: "While the rows are read the agent of each is queried.",
			Run: func(ctx context.Context, pool *sql.DB) error {
				_, err := Teams(ctx, pool)
				return err
			},
		},
		{
			Name: "close waiting", Driver: "pgx", Schema: schema,
			Want: []string{blind.RowUpdate},
			Why:  "One UPDATE for each waiting ticket.",
			Run: func(ctx context.Context, pool *sql.DB) error {
				_, err := (&Workflow{pool}).CloseWaiting(ctx)
				return err
			},
		},
		{
			Name: "escalate", Driver: "pgx", Schema: schema,
			Why: "Two UPDATE ... RETURNING for two states, and one multi-row insert.",
			Run: func(ctx context.Context, pool *sql.DB) error {
				_, err := (&Workflow{pool}).Escalate(ctx)
				return err
			},
		},
		{
			Name: "take", Driver: "pgx", Schema: schema,
			Why: "The same row is read again because the update with its version has failed.",
			Run: func(ctx context.Context, pool *sql.DB) error {
				id, err := ticketBySubject(ctx, pool, "Subject 3")
				if err != nil {
					return err
				}
				others := 4
				return (&Workflow{pool}).Take(ctx, id, 31+17, func() {
					if others > 0 {
						others--
						pool.ExecContext(context.Background(), "UPDATE tickets SET version = version + 1 WHERE id = $1", id)
					}
				})
			},
		},
		{
			Name: "label", Driver: "pgx", Schema: schema,
			Want: []string{blind.RowInsert},
			Why:  "Each tag is inserted or found by a statement of its own; one with unnest would do.",
			Run: func(ctx context.Context, pool *sql.DB) error {
				id, err := ticketBySubject(ctx, pool, "Subject 6")
				if err != nil {
					return err
				}
				return (&Workflow{pool}).Label(ctx, id, strings.Split("Billing, invoice, EUR, urgent, vip, fraud, chargeback, dunning", ","))
			},
		},
		{
			Name: "label a merge", Driver: "pgx", Schema: schema,
			Why: "All tags by one statement, and one link statement for each of exactly two tickets.",
			Run: func(ctx context.Context, pool *sql.DB) error {
				a, err := ticketBySubject(ctx, pool, "Subject 6")
				if err != nil {
					return err
				}
				b, err := ticketBySubject(ctx, pool, "Subject 9")
				if err != nil {
					return err
				}
				return (&Workflow{pool}).LabelAll(ctx, [2]uuid.UUID{a, b}, []string{"billing", "invoice", "vip", "fraud", "dunning"})
			},
		},
		{
			Name: "discussion", Driver: "pgx", Schema: schema,
			Want: []string{blind.Recursive}, May: []string{blind.NPlusOne},
			Why: "A closure that calls itself reads the replies to each comment.",
			Run: func(ctx context.Context, pool *sql.DB) error {
				text, err := Discussion(ctx, db.New(pool), 5000)
				if err == nil && strings.Count(text, "\n") != 14 {
					return errors.New("incomplete")
				}
				return err
			},
		},
		{
			Name: "transcript", Driver: "pgx", Schema: schema,
			Why: "The tree is read by one recursive statement; the recursion in the program only writes it.",
			Run: func(ctx context.Context, pool *sql.DB) error {
				id, err := ticketBySubject(ctx, pool, "Subject 5")
				if err != nil {
					return err
				}
				_, err = Transcript(ctx, db.New(pool), id)
				return err
			},
		},
		{
			Name: "toolbar", Driver: "pgx", Schema: schema,
			Want: []string{blind.Duplicate},
			Why:  "The permissions of the same agent are read for every button.",
			Run: func(ctx context.Context, pool *sql.DB) error {
				if len((&Access{db.New(pool)}).Toolbar(ctx, 31+17*9)) == 0 {
					return errors.New("no buttons")
				}
				return nil
			},
		},
		{
			Name: "admin", Driver: "pgx", Schema: schema,
			Why: "Four rights that are named in the source, and the loop ends at the first that is missing.",
			Run: func(ctx context.Context, pool *sql.DB) error {
				_, err := (&Access{db.New(pool)}).Admin(ctx, 31+17*16)
				return err
			},
		},
		{
			Name: "subjects", Driver: "pgx", Schema: schema,
			Why: "The iterator reads pages by key; the body of the loop runs no statement.",
			Run: func(ctx context.Context, pool *sql.DB) error {
				return Subjects(ctx, db.New(pool), io.Discard)
			},
		},
		{
			Name: "archive", Driver: "pgx", Schema: schema,
			Want: []string{blind.NPlusOne},
			Why:  "The body of the range over the iterator reads the comments of each ticket.",
			Run: func(ctx context.Context, pool *sql.DB) error {
				return Archive(ctx, db.New(pool), io.Discard)
			},
		},
		{
			Name: "assignees", Driver: "pgx", Schema: schema,
			Why: "A goroutine for each ticket, but the loader gathers their keys and reads several agents at once.",
			Run: func(ctx context.Context, pool *sql.DB) error {
				out, err := Assignees(ctx, db.New(pool))
				if err == nil && len(out) == 0 {
					return errors.New("nobody")
				}
				return err
			},
		},
		{
			Name: "relay", Driver: "pgx", Schema: schema,
			Why: "The same query is run until the outbox is empty; between two of them the rows are marked as sent, a batch by one UPDATE.",
			Run: func(ctx context.Context, pool *sql.DB) error {
				r := &Relay{pool: pool, send: func(string, string) error { return nil }}
				n, err := r.Drain(ctx)
				if err == nil && n != 34 {
					return errors.New("something is left")
				}
				return err
			},
		},
		{
			Name: "lane", Driver: "pgx", Schema: schema,
			Why: "Advisory locks are tried one after the other until one is free.",
			Run: func(ctx context.Context, pool *sql.DB) error {
				other, err := pool.Conn(ctx)
				if err != nil {
					return err
				}
				defer other.Close()
				lanes := []int64{77101, 77102, 77103, 77104, 77105, 77106}
				if _, err := other.ExecContext(ctx, "SELECT pg_advisory_lock(k) FROM unnest($1::bigint[]) k", lanes[:4]); err != nil {
					return err
				}
				defer other.ExecContext(ctx, "SELECT pg_advisory_unlock_all()")
				return (&Relay{pool: pool}).Lane(ctx, lanes, func() error { return nil })
			},
		},
	}
}
