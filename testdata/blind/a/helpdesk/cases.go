package helpdesk

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/nplusgone/nplusgone/testdata/blind"
)

const schema = `
CREATE TABLE people (name text PRIMARY KEY, mail text NOT NULL);
INSERT INTO people SELECT n, lower(n) || '@desk.example' FROM unnest(ARRAY['Amir', 'Bea', 'Chloe', 'Dan', 'Eve', 'Finn', 'Gita', 'Hugo', 'Ines']) n;
CREATE TABLE tickets (id uuid PRIMARY KEY, subject text NOT NULL, agent text, state text NOT NULL, level int NOT NULL, opened timestamptz NOT NULL);
INSERT INTO tickets SELECT md5('t' || i * 31)::uuid, 'Question ' || i, CASE WHEN i % 3 = 0 THEN (ARRAY['Amir', 'Bea', 'Dan'])[1 + i % 2] END,
	CASE WHEN i % 5 = 4 THEN 'closed' ELSE 'open' END, i % 3, timestamptz '2024-09-02 07:00Z' + i * i * interval '11 minutes' FROM generate_series(1, 24) i;
CREATE TABLE replies (id uuid PRIMARY KEY, ticket uuid NOT NULL, parent uuid, author text NOT NULL, body text NOT NULL, internal boolean NOT NULL);
INSERT INTO replies SELECT md5('r' || i)::uuid, md5('t' || (1 + i % 17) * 31)::uuid, CASE WHEN i > 1 THEN md5('r' || i / 2)::uuid END,
	(ARRAY['Amir', 'Bea', 'Chloe', 'Dan', 'Eve', 'Finn'])[1 + i % 6], 'Text ' || i, i % 4 = 0 FROM generate_series(1, 26) i;
CREATE TABLE mails (message_id text PRIMARY KEY, subject text NOT NULL);
INSERT INTO mails SELECT '<' || i * 977 || '@mx.example>', 'Hello ' || i FROM generate_series(1, 6) i;
CREATE TABLE texts (level int NOT NULL, lang text NOT NULL, body text NOT NULL);
INSERT INTO texts VALUES (0, 'en', 'Soon'), (1, 'en', 'Urgent'), (2, 'de', 'Eilt');
CREATE TABLE settings (hours int NOT NULL);
INSERT INTO settings VALUES (36);
CREATE TABLE hits (bucket text PRIMARY KEY, n int NOT NULL);
INSERT INTO hits VALUES ('user:bea', 7), ('company:acme', 88);
`

func mails(n int) []Mail {
	var list []Mail
	for i := range n {
		list = append(list, Mail{MessageID: fmt.Sprintf("<%d@mx.example>", (i+3)*977), Subject: fmt.Sprint("Re: ", i)})
	}
	return list
}

// onOpen runs a program on the open tickets.
func onOpen(run func(ctx context.Context, d *Desk, list []Ticket) error) func(context.Context, *sql.DB) error {
	return func(ctx context.Context, db *sql.DB) error {
		d := &Desk{db}
		list, err := d.Tickets(ctx, "open")
		if err != nil {
			return err
		}
		if len(list) < 15 {
			return fmt.Errorf("%d tickets", len(list))
		}
		return run(ctx, d, list)
	}
}

// Cases lists the programs of this folder.
func Cases() []blind.Case {
	return []blind.Case{
		{
			Name: "digest", Want: []string{blind.NPlusOne},
			Why:    "a generic helper calls back for each ticket, and the callback asks for its newest reply",
			Driver: "pgx", Schema: schema,
			Run: func(ctx context.Context, db *sql.DB) error {
				_, err := (&Desk{db}).Digest(ctx)
				return err
			},
		},
		{
			Name:   "subjects",
			Why:    "the same helper with a callback that runs no statement",
			Driver: "pgx", Schema: schema,
			Run: func(ctx context.Context, db *sql.DB) error {
				_, err := (&Desk{db}).Subjects(ctx)
				return err
			},
		},
		{
			Name: "workload", Want: []string{blind.NPlusOne},
			Why:    "a COUNT for each agent; only the comment in front is another each time",
			Driver: "pgx", Schema: schema,
			Run: func(ctx context.Context, db *sql.DB) error {
				_, err := (&Desk{db}).Workload(ctx, []string{"Amir", "Bea", "Chloe", "Dan", "Eve", "Finn", "Gita"})
				return err
			},
		},
		{
			Name: "receive", Want: []string{blind.NPlusOne},
			Why:    "each mail is looked up before they all go in by one INSERT",
			Driver: "pgx", Schema: schema,
			Run: func(ctx context.Context, db *sql.DB) error {
				_, err := (&Desk{db}).Receive(ctx, mails(13))
				return err
			},
		},
		{
			Name:   "replay",
			Why:    "the loop builds one INSERT that skips known rows",
			Driver: "pgx", Schema: schema,
			Run: func(ctx context.Context, db *sql.DB) error {
				_, err := (&Desk{db}).Replay(ctx, mails(13))
				return err
			},
		},
		{
			Name: "unanswered", Want: []string{blind.NPlusOne},
			Why:    "the predicate of slices.DeleteFunc runs a COUNT for each ticket",
			Driver: "pgx", Schema: schema,
			Run: onOpen(func(_ context.Context, d *Desk, list []Ticket) error {
				d.Unanswered(list)
				return nil
			}),
		},
		{
			Name: "escalate", Want: []string{blind.RowUpdate},
			Why:    "an UPDATE for each ticket, in goroutines and with the values written into the text",
			Driver: "pgx", Schema: schema,
			Run: func(ctx context.Context, db *sql.DB) error {
				return (&Desk{db}).Escalate(ctx)
			},
		},
		{
			Name: "thread", Want: []string{blind.Recursive},
			Why:    "a closure calls itself with one SELECT for each reply",
			Driver: "pgx", Schema: schema,
			Run: func(ctx context.Context, db *sql.DB) error {
				var root string
				if err := db.QueryRowContext(ctx, `SELECT id FROM replies WHERE parent IS NULL`).Scan(&root); err != nil {
					return err
				}
				_, err := (&Desk{db}).Thread(ctx, root)
				return err
			},
		},
		{
			Name:   "outline",
			Why:    "one recursive query",
			Driver: "pgx", Schema: schema,
			Run: func(ctx context.Context, db *sql.DB) error {
				var root string
				if err := db.QueryRowContext(ctx, `SELECT id FROM replies WHERE parent IS NULL`).Scan(&root); err != nil {
					return err
				}
				_, err := (&Desk{db}).Outline(ctx, root)
				return err
			},
		},
		{
			Name: "notices", Want: []string{blind.NPlusOne},
			Why:    "two nested loops of which the inner one turns once, as the desk has one language: the outer one multiplies",
			Driver: "pgx", Schema: schema,
			Run: onOpen(func(ctx context.Context, d *Desk, list []Ticket) error {
				_, err := d.Notices(ctx, list, []string{"en"})
				return err
			}),
		},
		{
			Name:   "due",
			Why:    "the settings are read once, in the first turn of the loop",
			Driver: "pgx", Schema: schema,
			Run: onOpen(func(ctx context.Context, d *Desk, list []Ticket) error {
				_, err := d.Due(ctx, list, time.Date(2024, 9, 6, 0, 0, 0, 0, time.UTC))
				return err
			}),
		},
		{
			Name:   "overview",
			Why:    "four different statements side by side",
			Driver: "pgx", Schema: schema,
			Run: func(ctx context.Context, db *sql.DB) error {
				_, err := (&Desk{db}).Overview(ctx)
				return err
			},
		},
		{
			Name:   "allow",
			Why:    "four limits that are written down in the source, each with an atomic upsert",
			Driver: "pgx", Schema: schema,
			Run: func(ctx context.Context, db *sql.DB) error {
				return (&Desk{db}).Allow(ctx, "192.0.2.7", "bea", "acme", "/tickets")
			},
		},
		{
			Name:   "backlog since",
			Why:    "a binary search: each question depends on the answer before",
			Driver: "pgx", Schema: schema,
			Run: func(ctx context.Context, db *sql.DB) error {
				from := time.Date(2024, 9, 2, 0, 0, 0, 0, time.UTC)
				_, err := (&Desk{db}).BacklogSince(ctx, from, from.AddDate(0, 0, 8), 13)
				return err
			},
		},
		{
			Name:   "assign",
			Why:    "a temporary table takes all rows by one INSERT; the loop goes over different statements",
			Driver: "pgx", Schema: schema,
			Run: onOpen(func(ctx context.Context, d *Desk, list []Ticket) error {
				var tickets, agents []string
				for i, t := range list {
					tickets = append(tickets, t.ID)
					agents = append(agents, []string{"Amir", "Bea", "Eve"}[i%3])
				}
				_, err := d.Assign(ctx, tickets, agents)
				return err
			}),
		},
		{
			Name: "publish", May: []string{blind.NPlusOne},
			Why:    "pg_notify is no read; some would send all by SELECT ... FROM unnest",
			Driver: "pgx", Schema: schema,
			Run: onOpen(func(ctx context.Context, d *Desk, list []Ticket) error {
				return d.Publish(ctx, list[:9])
			}),
		},
		{
			Name:   "head of a mail",
			Why:    "four fields of a form, each with a list of its own, of which two happen to have one element",
			Driver: "pgx", Schema: schema,
			Run: func(ctx context.Context, db *sql.DB) error {
				_, err := (&Desk{db}).Head(ctx, "Bea", []string{"Amir", "Dan", "Ines"}, []string{"Eve", "Finn"}, []string{"Hugo"})
				return err
			},
		},
		{
			Name:   "close",
			Why:    "each step locks the row, looks at it and writes it, in a transaction of its own",
			Driver: "pgx", Schema: schema,
			Run: onOpen(func(ctx context.Context, d *Desk, list []Ticket) error {
				return d.Close(ctx, list[4].ID)
			}),
		},
		{
			Name: "consume", May: []string{blind.NPlusOne, blind.RowUpdate},
			Why:    "each message of a queue is a unit of work; some would gather them",
			Driver: "pgx", Schema: schema,
			Run: onOpen(func(ctx context.Context, d *Desk, list []Ticket) error {
				messages := make(chan string)
				go func() {
					defer close(messages)
					for _, t := range list[:8] {
						messages <- t.ID
					}
				}()
				return d.Consume(ctx, messages)
			}),
		},
	}
}
