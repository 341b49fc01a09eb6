// Package syncjob keeps contacts equal with another system: a remote API, shards, cursors, and connections held for a run.
package syncjob

import (
	"context"
	"database/sql"

	"github.com/nplusgone/nplusgone"
	"github.com/nplusgone/nplusgone/testdata/corpus"
)

// Cases are steps of a run.
func Cases() []corpus.Case {
	return corpus.Seeded(schema, []corpus.Case{
		{Name: "reconciled one by one", Want: []string{corpus.NPlusOne, corpus.RowUpdate}, Run: syncing((*syncer).reconcile),
			Why: "a SELECT per person, and an UPDATE for most"},
		{Name: "forgotten one by one", Want: []string{corpus.RowDelete}, Run: syncing((*syncer).forget),
			Why: "a DELETE for each who is gone"},
		{Name: "pages copied one by one", Want: []string{corpus.RowInsert}, Run: syncing((*syncer).copyPages),
			Why: "the other side's pages are a call each, but within a page nothing else happens"},
		{Name: "group sizes with three slots", Want: []string{corpus.NPlusOne},
			Why: "a goroutine and a count per group",
			Run: syncing(func(s *syncer, ctx context.Context) error { _, err := s.sizes(ctx); return err })},
		{Name: "touched by a method value", Want: []string{corpus.RowUpdate}, Run: syncing((*syncer).touchAll),
			Why: "the loop does not say what it calls, and calls an UPDATE"},
		{Name: "touched with retries", Want: []string{corpus.RowUpdate}, Run: syncing((*syncer).touchAllStubbornly),
			Why: "the retries are never needed; the loop over contacts is what repeats"},
		{Name: "upserted one by one", Want: []string{corpus.RowInsert}, Run: syncing((*syncer).upsertEach),
			Why: "one upsert for each person, which could be one for all; that each has a timeout changes nothing"},
		{Name: "pushed with their groups", Want: []string{corpus.NPlusOne}, Run: syncing((*syncer).pushWithGroups),
			Why: "the calls to the other side are one each, but the groups could be read together before"},
		{Name: "languages on each shard", Want: []string{corpus.NPlusOne},
			Why: "a statement per user within each shard",
			Run: sharded("a", func(ctx context.Context, shards []*sql.DB) error { _, err := languages(ctx, shards); return err })},
		{Name: "reconciled without a context", Want: []string{corpus.NPlusOne}, NoContext: true,
			Why: "a SELECT per person, its key in the text",
			Run: syncing(func(s *syncer, _ context.Context) error { return s.oldReconcile() })},
		{Name: "driver that prepares each call", Want: []string{corpus.Implicit},
			Why: "each call costs three round trips that a prepared statement would save; the loop itself is of four fixed turns",
			Run: func(ctx context.Context, _ *sql.DB) error { return stations(ctx) }},

		{Name: "pulled page by page", Run: syncing((*syncer).pull),
			Why: "one statement for many people, and one that keeps the place"},
		{Name: "pushed one by one", Run: syncing((*syncer).pushAll),
			Why: "what the other side has answered is written down before the next call; a crash must not lose it"},
		{Name: "population of shards",
			Why: "one statement per database",
			Run: sharded("b", func(ctx context.Context, shards []*sql.DB) error { _, err := population(ctx, shards); return err })},
		{Name: "health of shards",
			Why: "health checks",
			Run: sharded("c", healthy)},
		{Name: "user searched on shards",
			Why: "one statement per database, until one has it",
			Run: sharded("d", func(ctx context.Context, shards []*sql.DB) error {
				if _, err := find(ctx, shards, 4711); err != sql.ErrNoRows {
					return err
				}
				return nil
			})},
		{Name: "required settings",
			Why: "five names that are written down in the source",
			Run: syncing(func(s *syncer, ctx context.Context) error { _, err := s.settings(ctx); return err })},
		{Name: "required settings at once", Run: syncing((*syncer).settingsAtOnce),
			Why: "the same five names, each on a goroutine"},
		{Name: "cursor moved against somebody",
			Why: "optimistic locking: it reads again because the UPDATE has changed nothing",
			Run: syncing(func(s *syncer, ctx context.Context) error {
				left := 3
				return s.advance(ctx, func() {
					if left--; left >= 0 {
						nplusgone.Ignore(ctx, func(ctx context.Context) {
							s.db.ExecContext(ctx, `UPDATE cursors SET version = version + 1`)
						})
					}
				})
			})},
		{Name: "difference by a temporary table",
			Why: "three statements for any number of people",
			Run: syncing(func(s *syncer, ctx context.Context) error { _, err := s.diff(ctx); return err })},
		{Name: "waiting until settled", Run: syncing((*syncer).settled),
			Why: "polling on a ticker"},
		{Name: "insert with backoff", Run: syncing((*syncer).flaky),
			Why: "each further INSERT follows a failed one"},
	})
}

func syncing(fn func(*syncer, context.Context) error) func(context.Context, *sql.DB) error {
	return func(ctx context.Context, db *sql.DB) error {
		api := newRemote()
		defer api.server.Close()
		return fn(&syncer{db: db, api: api}, ctx)
	}
}

func sharded(run string, fn func(context.Context, []*sql.DB) error) func(context.Context, *sql.DB) error {
	return func(ctx context.Context, _ *sql.DB) error {
		shards, err := openShards(ctx, run)
		if err != nil {
			return err
		}
		defer func() {
			for _, shard := range shards {
				shard.Close()
			}
		}()
		return fn(ctx, shards)
	}
}
