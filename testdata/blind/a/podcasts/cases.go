package podcasts

import (
	"context"
	"database/sql"
	"time"

	"github.com/nplusgone/nplusgone/testdata/blind"
)

const script = `
CREATE TABLE plans (id INTEGER PRIMARY KEY, name TEXT NOT NULL, "limit" INTEGER NOT NULL);
INSERT INTO plans VALUES (1, 'free', 3), (2, 'pro', 500);
CREATE TABLE hosts (id INTEGER PRIMARY KEY, name TEXT NOT NULL, plan_id INTEGER NOT NULL);
INSERT INTO hosts VALUES (101, 'Mia', 2), (205, 'Noah', 1);
CREATE TABLE shows (key TEXT PRIMARY KEY, title TEXT NOT NULL, host_id INTEGER);
INSERT INTO shows VALUES ('deep-sea', 'Deep Sea', 101), ('old-maps', 'Old Maps', 101), ('night-trains', 'Night Trains', 205), ('bread', 'Bread', NULL),
	('small-talk', 'Small Talk', 205), ('bees', 'Bees', 101), ('chess', 'Chess', 101), ('tides', 'Tides', NULL), ('alpine', 'Alpine', 205), ('radio', 'Radio', 101);
CREATE TABLE episodes (id INTEGER PRIMARY KEY, show_key TEXT NOT NULL, title TEXT NOT NULL, plays INTEGER NOT NULL DEFAULT 0, state TEXT NOT NULL);
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40)
	INSERT INTO episodes SELECT i * 3 + 500, s.key, s.title || ' ' || i, i * 11, CASE WHEN i % 9 = 0 THEN 'queued' ELSE 'ready' END
	FROM n JOIN shows s ON s.rowid = 1 + (i * i + i / 5) % 9;
CREATE TABLE listeners (id INTEGER PRIMARY KEY, token TEXT NOT NULL UNIQUE, name TEXT NOT NULL);
INSERT INTO listeners VALUES (8, 'f3a9', 'Ola'), (16, '77c0', 'Per');
CREATE TABLE tags (id INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE);
INSERT INTO tags (word) VALUES ('sea'), ('history'), ('food');
`

func at(run func(ctx context.Context, c *Catalog) error) func(context.Context, *sql.DB) error {
	return func(ctx context.Context, db *sql.DB) error {
		c, err := catalog(db)
		if err != nil {
			return err
		}
		return run(ctx, c)
	}
}

func (c *Catalog) episodeIDs(ctx context.Context, n int) (ids []uint, err error) {
	err = c.db.WithContext(ctx).Model(&Episode{}).Order("id").Limit(n).Pluck("id", &ids).Error
	return ids, err
}

// Cases lists the programs of this folder.
func Cases() []blind.Case {
	return []blind.Case{
		{
			Name: "front page", Want: []string{blind.NPlusOne},
			Why:    "a lazy method of the model loads the last episode of each show",
			Driver: "sqlite3", Schema: script,
			Run: at(func(ctx context.Context, c *Catalog) error {
				_, err := c.Front(ctx)
				return err
			}),
		},
		{
			Name:   "start page",
			Why:    "Preload with a condition",
			Driver: "sqlite3", Schema: script,
			Run: at(func(ctx context.Context, c *Catalog) error {
				_, err := c.StartPage(ctx)
				return err
			}),
		},
		{
			Name: "graph", Want: []string{blind.NPlusOne},
			Why:    "the executor of a graph query calls the resolver of episodes for each show",
			Driver: "sqlite3", Schema: script,
			Run: at(func(ctx context.Context, c *Catalog) error {
				_, err := c.executor().object(ctx, nil, []Field{{"shows", []Field{{"title", nil}, {"episodes", []Field{{"plays", nil}}}}}})
				return err
			}),
		},
		{
			Name:   "credits",
			Why:    "a cache in front: ten shows, but two hosts only are read",
			Driver: "sqlite3", Schema: script,
			Run: at(func(ctx context.Context, c *Catalog) error {
				_, err := c.Credits(ctx)
				return err
			}),
		},
		{
			Name:   "upload",
			Why:    "a chain of single rows of different tables, and the new row read back",
			Driver: "sqlite3", Schema: script,
			Run: at(func(ctx context.Context, c *Catalog) error {
				_, err := c.Upload(ctx, "bees", "Swarms")
				return err
			}),
		},
		{
			Name:   "await",
			Why:    "polling of one row",
			Driver: "sqlite3", Schema: script,
			Run: at(func(ctx context.Context, c *Catalog) error {
				var e Episode
				if err := c.db.WithContext(ctx).First(&e, "state = ?", "queued").Error; err != nil {
					return err
				}
				done := make(chan error, 1)
				time.AfterFunc(60*time.Millisecond, func() {
					done <- c.db.Model(&Episode{ID: e.ID}).Update("state", "ready").Error
				})
				if err := c.AwaitReady(ctx, e.ID); err != nil {
					return err
				}
				return <-done
			}),
		},
		{
			Name: "page of a listener", Want: []string{blind.Duplicate},
			Why:    "four parts of a page each load the same listener",
			Driver: "sqlite3", Schema: script,
			Run: at(func(ctx context.Context, c *Catalog) error {
				_, err := c.PageFor(ctx, "77c0")
				return err
			}),
		},
		{
			Name: "count plays", Want: []string{blind.RowUpdate},
			Why:    "an UPDATE for each line of a log; CASE or an upsert of many rows would do",
			Driver: "sqlite3", Schema: script,
			Run: at(func(ctx context.Context, c *Catalog) error {
				ids, err := c.episodeIDs(ctx, 11)
				if err != nil {
					return err
				}
				var log []Play
				for i, id := range ids {
					log = append(log, Play{id, 1 + i*i})
				}
				return c.CountPlays(log)
			}),
		},
		{
			Name:   "retire",
			Why:    "an UPDATE for each five ids",
			Driver: "sqlite3", Schema: script,
			Run: at(func(ctx context.Context, c *Catalog) error {
				ids, err := c.episodeIDs(ctx, 23)
				if err != nil {
					return err
				}
				return c.Retire(ctx, ids)
			}),
		},
		{
			Name: "find shows", Want: []string{blind.NPlusOne},
			Why:    "one SELECT for each key, with the key written into the text",
			Driver: "sqlite3", Schema: script,
			Run: at(func(ctx context.Context, c *Catalog) error {
				_, err := c.Find("bees", "bread", "radio", "old-maps", "Nothing", "tides", "chess")
				return err
			}),
		},
		{
			Name: "tag all", May: []string{blind.NPlusOne, blind.RowInsert},
			Why:    "FirstOrCreate for each word is handy and safe; some would ask for one IN and one INSERT",
			Driver: "sqlite3", Schema: script,
			Run: at(func(ctx context.Context, c *Catalog) error {
				_, err := c.TagAll(ctx, []string{"sea", "fish", "history", "wind", "food", "maps", "ships", "salt"})
				return err
			}),
		},
		{
			Name:   "process",
			Why:    "the progress of one row, written down in four steps in the source and read back after each write",
			Driver: "sqlite3", Schema: script,
			Run: at(func(ctx context.Context, c *Catalog) error {
				ids, err := c.episodeIDs(ctx, 3)
				if err != nil {
					return err
				}
				return c.Process(ctx, ids[1], func(string, Episode) error { return nil })
			}),
		},
	}
}
