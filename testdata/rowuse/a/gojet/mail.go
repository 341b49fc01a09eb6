package gojet

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"

	"github.com/go-jet/jet/v2/qrm"
	. "github.com/go-jet/jet/v2/sqlite"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
	"github.com/nplusgone/nplusgone/testdata/rowuse/a/gojet/gen/model"
	. "github.com/nplusgone/nplusgone/testdata/rowuse/a/gojet/gen/table"
)

type mailQueue struct{ db *sql.DB }

func (q *mailQueue) next(ctx context.Context) (*model.MailJobs, error) {
	var job model.MailJobs
	err := SELECT(MailJobs.ID, MailJobs.Recipient, MailJobs.Subject).
		FROM(MailJobs).
		WHERE(MailJobs.State.EQ(String("new"))).
		ORDER_BY(MailJobs.ID).
		LIMIT(1).
		QueryContext(ctx, q.db, &job)
	if errors.Is(err, qrm.ErrNoRows) {
		return nil, nil
	}
	return &job, err
}

func (q *mailQueue) done(ctx context.Context, id int32) error {
	stmt := MailJobs.UPDATE(MailJobs.State).SET("sent").WHERE(MailJobs.ID.EQ(Int32(id)))
	_, err := stmt.ExecContext(ctx, q.db)
	return err
}

type mailWorker struct {
	queue *mailQueue
	smtp  io.Writer
}

// step sends one mail and reports whether there was one.
func (w *mailWorker) step(ctx context.Context) (bool, error) {
	job, err := w.queue.next(ctx)
	if err != nil || job == nil {
		return false, err
	}
	if _, err := fmt.Fprintf(w.smtp, "To: %s\nSubject: %s\n\n", job.Recipient, job.Subject); err != nil {
		return false, err
	}
	return true, w.queue.done(ctx, job.ID)
}

var mailNext = rowuse.Case{
	Name:   "worker sends the next mail",
	Why:    "One row is fetched with LIMIT 1 and used; that there is none ends the step.",
	Driver: "sqlite3",
	Schema: `
CREATE TABLE mail_jobs (id INTEGER NOT NULL PRIMARY KEY, recipient TEXT NOT NULL, subject TEXT NOT NULL, state TEXT NOT NULL);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30) INSERT INTO mail_jobs SELECT i, 'r' || i || '@example.com', 'Subject ' || i, CASE WHEN i < 12 THEN 'sent' ELSE 'new' END FROM n;
`,
	Run: func(ctx context.Context, db *sql.DB) error {
		w := &mailWorker{&mailQueue{db}, io.Discard}
		more, err := w.step(ctx)
		Sink = more
		return err
	},
}
