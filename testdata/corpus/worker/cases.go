// Package worker is a queue worker: jobs claimed from a table, an outbox, retries, locks, and the jobs themselves.
package worker

import (
	"context"
	"database/sql"
	"time"

	"github.com/nplusgone/nplusgone/testdata/corpus"
)

// Cases are runs of the worker and single jobs.
func Cases() []corpus.Case {
	return corpus.Seeded(schema, []corpus.Case{
		{Name: "reminders with addresses", Want: []string{corpus.NPlusOne},
			Why: "an account per invoice, within the scope of one job",
			Run: func(ctx context.Context, db *sql.DB) error { _, err := remind(ctx, db); return err }},
		{Name: "invoices expired one by one", Want: []string{corpus.RowUpdate},
			Why: "all get the same state: the condition of the SELECT could be the UPDATE's",
			Run: expire},
		{Name: "digest queued one by one", Want: []string{corpus.RowInsert},
			Why: "INSERT … SELECT would queue all in one statement",
			Run: func(ctx context.Context, db *sql.DB) error { return digest(ctx, db, "your week") }},
		{Name: "done jobs swept one by one", Want: []string{corpus.RowDelete},
			Why: "one DELETE per job in one transaction",
			Run: sweep},
		{Name: "pool over a channel", Want: []string{corpus.NPlusOne},
			Why: "four workers still ask once for each row",
			Run: func(ctx context.Context, db *sql.DB) error { _, err := emails(ctx, db, 4); return err }},
		{Name: "goroutine for each account", Want: []string{corpus.NPlusOne},
			Why: "one statement for each row, only at the same time",
			Run: func(ctx context.Context, db *sql.DB) error { _, err := webhooks(ctx, db); return err }},
		{Name: "notified in the background", Want: []string{corpus.NPlusOne}, NoContext: true,
			Why: "a goroutine of the request asks once for each account, with context.Background",
			Run: func(_ context.Context, db *sql.DB) error {
				done := make(chan error)
				notify(db, done)
				return <-done
			}},
		{Name: "flag read for each invoice", Want: []string{corpus.Duplicate},
			Why: "the flag is the same for the whole loop",
			Run: func(ctx context.Context, db *sql.DB) error { _, err := compose(ctx, db); return err }},

		{Name: "queue drained in one scope",
			Why: "a claim and a finish per job is what a queue is",
			Run: withQueue(func(ctx context.Context, q *queue) error { return q.drain(ctx) })},
		{Name: "queue worked with a scope for each job",
			Why: "each scope has one job",
			Run: withQueue(func(ctx context.Context, q *queue) error { return q.work(ctx) })},
		{Name: "transaction for each job",
			Why: "each job has to succeed or fail alone, and its handler does other work",
			Run: withQueue(func(ctx context.Context, q *queue) error { return q.batch(ctx) })},
		{Name: "jobs claimed together",
			Why: "one statement",
			Run: withQueue(func(ctx context.Context, q *queue) error { _, err := q.claimMany(ctx, 5); return err })},
		{Name: "outbox relay",
			Why: "a message is marked when the broker has it; marking later loses or doubles messages",
			Run: func(ctx context.Context, db *sql.DB) error {
				return relay(ctx, db, func(string, string) error { time.Sleep(100 * time.Microsecond); return nil })
			}},
		{Name: "purge in portions",
			Why: "many rows a statement, until none is left",
			Run: withQueue(func(ctx context.Context, q *queue) error { return q.purge(ctx) })},
		{Name: "nightly schedule",
			Why: "five kinds that are written down in the source",
			Run: withQueue(func(ctx context.Context, q *queue) error { return q.schedule(ctx, "2024-05-01") })},
		{Name: "lock with backoff",
			Why: "each INSERT follows a failed one",
			Run: withQueue(func(ctx context.Context, q *queue) error { return q.lock(ctx) })},
		{Name: "progress of one job",
			Why: "others watch the number while the work goes on",
			Run: withQueue(func(ctx context.Context, q *queue) error {
				parts := []string{"a", "b", "c", "d", "e", "f"}
				return q.progress(ctx, append(parts, q.name), func(string) error { time.Sleep(100 * time.Microsecond); return nil })
			})},
		{Name: "job buried",
			Why: "three different statements, once each",
			Run: withQueue(func(ctx context.Context, q *queue) error { return q.bury(ctx, "poison") })},
		{Name: "three accounts of a transfer",
			Why: "an order has three of them, however many orders there are",
			Run: func(ctx context.Context, db *sql.DB) error { _, err := transfer(ctx, db, 2); return err }},
		{Name: "delivery retried",
			Why: "a failed statement is run again, with a pause",
			Run: func(ctx context.Context, db *sql.DB) error { return deliver(ctx, db, 11) }},
		{Name: "waiting for a payment",
			Why: "polling: the answer may change, and it sleeps between",
			Run: func(ctx context.Context, db *sql.DB) error { _, err := settle(ctx, db, 1); return err }},
	})
}

func withQueue(fn func(context.Context, *queue) error) func(context.Context, *sql.DB) error {
	return func(ctx context.Context, db *sql.DB) error {
		handle := func(context.Context, job) error { time.Sleep(50 * time.Microsecond); return nil }
		return fn(ctx, &queue{db: db, name: "worker-1", handle: handle})
	}
}
