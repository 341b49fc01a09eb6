package ent

import (
	"context"
	"log/slog"

	"github.com/nplusgone/nplusgone/testdata/rowuse/b/ent/ent"
	"github.com/nplusgone/nplusgone/testdata/rowuse/b/ent/ent/job"
)

type jobQueue struct {
	client *ent.Client
	log    *slog.Logger
}

func (q *jobQueue) running(ctx context.Context, queue string) (*ent.Job, error) {
	return q.client.Job.Query().
		Where(job.Queue(queue), job.State("running")).
		First(ctx) // want: fetch-to-exist
}

// idle reports whether a queue can be paused.
func (q *jobQueue) idle(ctx context.Context, queue string) (bool, error) {
	_, err := q.running(ctx, queue)
	if ent.IsNotFound(err) {
		return true, nil
	}
	return false, err
}

func (q *jobQueue) exhausted(ctx context.Context, queue string, attempts int) ([]int, error) {
	return q.client.Job.Query().
		Where(job.Queue(queue), job.State("failed"), job.AttemptsGTE(attempts)).
		Limit(100).
		IDs(ctx)
}

// bury gives up the jobs that have failed too often.
func (q *jobQueue) bury(ctx context.Context, queue string) ([]int, error) {
	ids, err := q.exhausted(ctx, queue, 5)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	n, err := q.client.Job.Update().Where(job.IDIn(ids...)).SetState("dead").Save(ctx)
	q.log.InfoContext(ctx, "buried jobs", "queue", queue, "ids", ids, "n", n)
	return ids, err
}
