// Package bun has programs that use github.com/uptrace/bun.
package bun

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
	"github.com/nplusgone/nplusgone/testdata/rowuse/b/bun/documents"
	"github.com/nplusgone/nplusgone/testdata/rowuse/b/bun/site"
	"github.com/nplusgone/nplusgone/testdata/rowuse/b/bun/site/settings"
)

func with(f func(context.Context, *bun.DB) error) func(context.Context, *sql.DB) error {
	return func(ctx context.Context, db *sql.DB) error { return f(ctx, lite(db)) }
}

func series(n string) string {
	return "WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM s WHERE i < " + n + ")\n"
}

// Cases lists the programs.
func Cases() []rowuse.Case {
	return []rowuse.Case{
		{
			Name:   "the programme of a festival",
			Want:   []string{rowuse.UnboundedResult},
			Why:    "All visible shows are read and rendered without a limit.",
			Driver: "sqlite3",
			Schema: `CREATE TABLE shows (id INTEGER PRIMARY KEY, artist TEXT, stage TEXT, starts_at DATETIME, visible BOOLEAN);
INSERT INTO shows ` + series("1500") + `SELECT i, 'artist '||i, 'stage '||(i%4), '2024-07-01 12:00:00', i%12 <> 0 FROM s;
`,
			Run: with(func(ctx context.Context, db *bun.DB) error { return (&Programme{db}).Render(ctx, io.Discard) }),
		},
		{
			Name:   "a comment deleted",
			Want:   []string{rowuse.RedundantLookup},
			May:    []string{rowuse.FetchToExist, rowuse.UnusedColumns},
			Why:    "The comment is loaded by its id and nothing of it is used; the rows affected by the DELETE say the same.",
			Driver: "sqlite3",
			Schema: `CREATE TABLE comments (id INTEGER PRIMARY KEY, post_id INTEGER, author TEXT, text TEXT);
INSERT INTO comments ` + series("30") + `SELECT i, 1 + i%3, 'a'||i, 'I agree, '||i FROM s;
`,
			Run: with(func(ctx context.Context, db *bun.DB) error {
				mux := http.NewServeMux()
				mux.HandleFunc("DELETE /comments/{id}", (&commentRepo{db}).DeleteComment)
				rec := httptest.NewRecorder()
				mux.ServeHTTP(rec, httptest.NewRequestWithContext(ctx, "DELETE", "/comments/17", nil))
				if rec.Code >= 400 {
					return errors.New(rec.Body.String())
				}
				return nil
			}),
		},
		{
			Name:   "a site rendered with its settings",
			Want:   []string{rowuse.Duplicate},
			Why:    "The settings of the site are read for the head and again for the foot.",
			Driver: "sqlite3",
			Schema: `CREATE TABLE settings (site_id INTEGER, key TEXT, value TEXT, PRIMARY KEY (site_id, key));
INSERT INTO settings ` + series("12") + `SELECT i, 'title', 'Site '||i FROM s;
INSERT INTO settings ` + series("12") + `SELECT i, 'colour', '#00ff00' FROM s;
INSERT INTO settings ` + series("12") + `SELECT i, 'imprint', 'Owner '||i FROM s;
`,
			Run: with(func(ctx context.Context, db *bun.DB) error {
				r := site.Renderer{Settings: &settings.Provider{DB: db}}
				return r.Render(ctx, io.Discard, 5, "<p>Hello")
			}),
		},
		{
			Name:   "the points of a won match",
			Want:   []string{rowuse.ReadModifyWrite},
			Why:    "The points are read, added to in Go and set: SET points = points + ?.",
			Driver: "sqlite3",
			Schema: `CREATE TABLE scores (gamer TEXT, season INTEGER, points INTEGER, PRIMARY KEY (gamer, season));
INSERT INTO scores ` + series("24") + `SELECT 'g'||i, 3, 10*i FROM s;
`,
			Run: with(func(ctx context.Context, db *bun.DB) error {
				points, err := (&Ladder{scoreDAO{db}}).Won(ctx, "g9", 3, 15)
				Sink = points
				return err
			}),
		},
		{
			Name:   "the documents in a folder",
			Want:   []string{rowuse.UnusedColumns},
			Why:    "The texts and contents of the documents are fetched; name and pages are printed.",
			Driver: "sqlite3",
			Schema: `CREATE TABLE documents (id INTEGER PRIMARY KEY, folder_id INTEGER, name TEXT, kind TEXT, pages INTEGER, text TEXT, content BLOB);
INSERT INTO documents ` + series("24") + `SELECT i, 1 + i%2, 'scan'||i, 'pdf', i%9, hex(randomblob(2000)), randomblob(8000) FROM s;
`,
			Run: with(func(ctx context.Context, db *bun.DB) error {
				return documents.List(ctx, io.Discard, documents.New(db), 9)
			}),
		},
		{
			Name:   "the roll call of a class",
			Want:   []string{rowuse.RowInsert},
			Why:    "Each pupil's attendance is inserted by a statement of its own.",
			Driver: "sqlite3",
			Schema: `CREATE TABLE attendances (id INTEGER PRIMARY KEY, class_id INTEGER, pupil_id INTEGER, day DATETIME, present BOOLEAN);
`,
			Run: with(func(ctx context.Context, db *bun.DB) error {
				there := map[int64]bool{}
				for i := range int64(20) {
					there[i+1] = i%6 != 0
				}
				n, err := rollCall(ctx, bunRegister{db}, 4, time.Date(2024, 9, 2, 0, 0, 0, 0, time.UTC), there)
				Sink = n
				return err
			}),
		},
		{
			Name:   "the next number of a kind of paper",
			Why:    "The sequence is locked by FOR UPDATE in the transaction.",
			Driver: "pgx",
			Schema: `CREATE TABLE sequences (name TEXT PRIMARY KEY, last BIGINT NOT NULL);
INSERT INTO sequences SELECT 'K'||i, 100*i FROM generate_series(1, 15) i;
`,
			Run: func(ctx context.Context, db *sql.DB) error {
				n, err := (&Numbering{bun.NewDB(db, pgdialect.New())}).Next(ctx, "K3")
				Sink = n
				return err
			},
		},
		{
			Name:   "a page of active lodgings",
			Why:    "The page is limited, its rows are encoded and the total is shown beside them.",
			Driver: "sqlite3",
			Schema: `CREATE TABLE lodgings (id INTEGER PRIMARY KEY, town TEXT, name TEXT, beds INTEGER, blurb TEXT, active BOOLEAN);
INSERT INTO lodgings ` + series("60") + `SELECT i, 'town'||(i%3), 'Inn '||i, i%40, 'cosy', i%4 <> 0 FROM s;
`,
			Run: with(func(ctx context.Context, db *bun.DB) error { return serveLodgings(ctx, db, io.Discard, 12) }),
		},
		{
			Name:   "quotes on a topic",
			Why:    "Quotes and their writers are printed whole, by a template. Here nobody wrote on the topic.",
			Driver: "sqlite3",
			Schema: `CREATE TABLE writers (id INTEGER PRIMARY KEY, name TEXT, born INTEGER);
CREATE TABLE quotes (id INTEGER PRIMARY KEY, writer_id INTEGER, topic TEXT, text TEXT);
INSERT INTO writers ` + series("12") + `SELECT i, 'writer '||i, 1800+i FROM s;
INSERT INTO quotes ` + series("40") + `SELECT i, 1 + i%12, 'topic'||(i%5), 'To be, '||i FROM s;
`,
			Run: with(func(ctx context.Context, db *bun.DB) error { return quoteBook{db}.print(ctx, io.Discard, "patience") }),
		},
		{
			Name:   "the stops of a new tram line",
			Why:    "One INSERT has all stops.",
			Driver: "sqlite3",
			Schema: `CREATE TABLE stops (id INTEGER PRIMARY KEY, line_id INTEGER, name TEXT, minutes INTEGER);
`,
			Run: with(func(ctx context.Context, db *bun.DB) error {
				n, err := (&lineEditor{db}).extend(ctx, 6, []string{"Dock", "Mill", "Church", "Market", "School", "Hill"}, 3)
				Sink = n
				return err
			}),
		},
		{
			Name:   "plants whose name was mistyped",
			Why:    "The edit distance cannot be computed in SQLite; the rows are those of one garden.",
			Driver: "sqlite3",
			Schema: `CREATE TABLE plants (id INTEGER PRIMARY KEY, garden_id INTEGER, name TEXT, bed TEXT);
INSERT INTO plants ` + series("36") + `SELECT i, 1 + i%2, CASE i%3 WHEN 0 THEN 'Thyme' WHEN 1 THEN 'Rosemary' ELSE 'Sage' END, 'B'||i FROM s;
`,
			Run: with(func(ctx context.Context, db *bun.DB) error {
				hits, err := herbarium{db}.search(ctx, 1, "tyme")
				Sink = hits
				return err
			}),
		},
		{
			Name:   "mails sent by a worker",
			Why:    "The rows go to a worker through a channel, which sends them; the number is a by-product.",
			Driver: "sqlite3",
			Schema: `CREATE TABLE mails (id INTEGER PRIMARY KEY, address TEXT, subject TEXT, body TEXT, state TEXT);
INSERT INTO mails ` + series("30") + `SELECT i, 'u'||i||'@m.example', 'News', 'Hello '||i, CASE WHEN i%2=0 THEN 'new' ELSE 'sent' END FROM s;
`,
			Run: with(func(ctx context.Context, db *bun.DB) error {
				n, err := flush(ctx, db, io.Discard)
				Sink = n
				return err
			}),
		},
	}
}
