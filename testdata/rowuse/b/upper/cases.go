// Package upper has programs that use github.com/upper/db/v4.
package upper

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"

	"github.com/upper/db/v4"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
	"github.com/nplusgone/nplusgone/testdata/rowuse/b/upper/newsletter"
	"github.com/nplusgone/nplusgone/testdata/rowuse/b/upper/plan"
	"github.com/nplusgone/nplusgone/testdata/rowuse/b/upper/podcast"
)

func with(f func(context.Context, db.Session) error) func(context.Context, *sql.DB) error {
	return func(ctx context.Context, sqlDB *sql.DB) error {
		sess, err := session(ctx, sqlDB)
		if err != nil {
			return err
		}
		return f(ctx, sess)
	}
}

func get(ctx context.Context, h http.Handler, url string) error {
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, httptest.NewRequestWithContext(ctx, "GET", url, nil))
	if rec.Code >= 400 {
		return errors.New(rec.Body.String())
	}
	return nil
}

func series(n string) string {
	return "WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM s WHERE i < " + n + ")\n"
}

const (
	episodeTable = `CREATE TABLE episodes (id INTEGER PRIMARY KEY, show_id INTEGER, number INTEGER, title TEXT, show_notes TEXT, transcript TEXT, downloads INTEGER);
`
	subscriberTable = `CREATE TABLE subscribers (id INTEGER PRIMARY KEY, list TEXT, email TEXT, confirmed BOOLEAN);
`
)

// Cases lists the programs.
func Cases() []rowuse.Case {
	return []rowuse.Case{
		{
			Name:   "the feed of live stories",
			Want:   []string{rowuse.UnboundedResult},
			Why:    "All live stories are read and sent, without a limit.",
			Driver: "sqlite3",
			Schema: `CREATE TABLE stories (id INTEGER PRIMARY KEY, title TEXT, state TEXT, views INTEGER);
INSERT INTO stories ` + series("1500") + `SELECT i, 'Story '||i, CASE WHEN i%15=0 THEN 'draft' ELSE 'live' END, i FROM s;
`,
			Run: with(func(_ context.Context, s db.Session) error { return writeFeed(io.Discard, s) }),
		},
		{
			Name:   "the table of contents of a podcast",
			Want:   []string{rowuse.UnusedColumns},
			Why:    "Transcripts and notes are fetched; number and title are printed.",
			Driver: "sqlite3",
			Schema: episodeTable + `INSERT INTO episodes ` + series("30") + `SELECT i, 1 + i%2, i, 'Episode '||i, hex(randomblob(1000)), hex(randomblob(6000)), i FROM s;
`,
			Run: with(func(_ context.Context, s db.Session) error {
				return podcast.Contents(io.Discard, &podcast.Library{Sess: s}, 1)
			}),
		},
		{
			Name:   "a download of an episode",
			Want:   []string{rowuse.ReadModifyWrite},
			May:    []string{rowuse.UnusedColumns},
			Why:    "The row is read, its counter is incremented in Go and the row is written back.",
			Driver: "sqlite3",
			Schema: episodeTable + `INSERT INTO episodes ` + series("16") + `SELECT i, 1 + i%2, i, 'Episode '||i, 'notes', 'words', i FROM s;
`,
			Run: with(func(_ context.Context, s db.Session) error { return (&podcast.Library{Sess: s}).Downloaded(8) }),
		},
		{
			Name:   "flats that one can afford",
			Want:   []string{rowuse.FilterInApp},
			Why:    "All flats of the city are read and most are dropped by rent and rooms, which WHERE could do.",
			Driver: "sqlite3",
			Schema: `CREATE TABLE flats (id INTEGER PRIMARY KEY, city TEXT, street TEXT, rooms INTEGER, rent_eur INTEGER);
INSERT INTO flats ` + series("60") + `SELECT i, CASE WHEN i%2=0 THEN 'Graz' ELSE 'Linz' END, 'Street '||i, 1 + i%4, 300 + 40*i FROM s;
`,
			Run: with(func(ctx context.Context, s db.Session) error {
				return get(ctx, &flatSearch{s}, "/flats?city=Wels&rent=900&rooms=2")
			}),
		},
		{
			Name:   "whether a seller may be paid",
			Want:   []string{rowuse.FetchToExist},
			May:    []string{rowuse.UnusedColumns},
			Why:    "Pending complaints are loaded only to see that there are none.",
			Driver: "sqlite3",
			Schema: `CREATE TABLE sellers (id INTEGER PRIMARY KEY, name TEXT, verified BOOLEAN);
CREATE TABLE complaints (id INTEGER PRIMARY KEY, seller_id INTEGER, text TEXT, settled BOOLEAN);
INSERT INTO sellers ` + series("12") + `SELECT i, 'seller '||i, 1 FROM s;
INSERT INTO complaints ` + series("36") + `SELECT i, 1 + i%6, 'It broke, '||i, i%3 = 0 FROM s;
`,
			Run: with(func(_ context.Context, s db.Session) error {
				p, err := checkPayout(upperMarket{s}, 11)
				Sink = p
				return err
			}),
		},
		{
			Name:   "a project checked against a tenant's plan",
			Want:   []string{rowuse.Duplicate},
			Why:    "Both checks read the same plan by the same statement.",
			Driver: "sqlite3",
			Schema: `CREATE TABLE plans (tenant TEXT PRIMARY KEY, name TEXT, projects INTEGER, sso BOOLEAN);
INSERT INTO plans ` + series("15") + `SELECT 't'||i, 'gold', 10*i, 1 FROM s;
`,
			Run: with(func(_ context.Context, s db.Session) error {
				return (&plan.Guard{Plans: &plan.Repo{Sess: s}}).CanCreate("t7", 12, true)
			}),
		},
		{
			Name:   "the cost of a newsletter",
			Want:   []string{rowuse.FetchToCount},
			May:    []string{rowuse.UnusedColumns},
			Why:    "The confirmed subscribers are loaded, and only their number is used.",
			Driver: "sqlite3",
			Schema: subscriberTable + `INSERT INTO subscribers ` + series("60") + `SELECT i, 'list'||(i%2), 'u'||i||'@x.example', i%5 <> 0 FROM s;
`,
			Run: with(func(_ context.Context, s db.Session) error {
				cents, err := newsletter.Cost(newsletter.Lists{Sess: s}, "list1", 3)
				Sink = cents
				return err
			}),
		},
		{
			Name:   "addresses put on a list",
			Why:    "The batch inserter writes them by one statement.",
			Driver: "sqlite3",
			Schema: subscriberTable,
			Run: with(func(_ context.Context, s db.Session) error {
				return newsletter.Lists{Sess: s}.Add("list9", []string{"a@x", "b@x", "c@x", "d@x", "e@x", "f@x", "g@x"})
			}),
		},
		{
			Name:   "a move in a match",
			Why:    "Exists() asks for existence only.",
			Driver: "sqlite3",
			Schema: `CREATE TABLE moves (id INTEGER PRIMARY KEY, match_id INTEGER, turn INTEGER, who TEXT, what TEXT);
INSERT INTO moves ` + series("30") + `SELECT i, 1 + i%3, i/3, 'p'||(i%2), 'e4' FROM s;
`,
			Run: with(func(_ context.Context, s db.Session) error {
				id, err := matchStore{s.Collection("moves")}.play(Move{Match: 2, Turn: 11, Who: "p1", What: "Nf3"})
				Sink = id
				return err
			}),
		},
		{
			Name:   "a page of checked sightings",
			Why:    "The page has a limit, all columns are encoded and the total is shown beside them.",
			Driver: "sqlite3",
			Schema: `CREATE TABLE sightings (id INTEGER PRIMARY KEY, species TEXT, place TEXT, notes TEXT, checked BOOLEAN);
INSERT INTO sightings ` + series("1300") + `SELECT i, 'Finch', 'Hill '||i, 'brown', i%2 = 0 FROM s;
`,
			Run: with(func(ctx context.Context, s db.Session) error { return get(ctx, &birdHandler{s}, "/sightings?page=3") }),
		},
		{
			Name:   "the sailings of a day",
			Why:    "The three selected columns are printed by the template. There are no sailings on the day.",
			Driver: "sqlite3",
			Schema: `CREATE TABLE ships (id INTEGER PRIMARY KEY, name TEXT, deckplan BLOB);
CREATE TABLE crossings (id INTEGER PRIMARY KEY, ship_id INTEGER, harbour TEXT, port TEXT, day TEXT, departs TEXT);
INSERT INTO ships ` + series("12") + `SELECT i, 'MS '||i, randomblob(200) FROM s;
INSERT INTO crossings ` + series("40") + `SELECT i, 1 + i%12, 'Kiel', 'Oslo', '2024-08-0'||(1+i%5), '14:00' FROM s;
`,
			Run: with(func(_ context.Context, s db.Session) error {
				return renderSailings(io.Discard, s, "Kiel", "2024-12-24")
			}),
		},
		{
			Name:   "a line added to a wiki page",
			Why:    "The update checks the revision that was read.",
			Driver: "sqlite3",
			Schema: `CREATE TABLE wiki_pages (path TEXT PRIMARY KEY, text TEXT, edits INTEGER, rev INTEGER);
INSERT INTO wiki_pages ` + series("20") + `SELECT 'p/'||i, 'First line', 0, 1 FROM s;
`,
			Run: with(func(_ context.Context, s db.Session) error { return (&wiki{s}).appendLine("p/12", "- more") }),
		},
		{
			Name:   "the statement of an account",
			Why:    "Each entry is written with the running balance; the sum is a by-product.",
			Driver: "sqlite3",
			Schema: `CREATE TABLE entries (id INTEGER PRIMARY KEY, account TEXT, text TEXT, cents INTEGER);
INSERT INTO entries ` + series("50") + `SELECT i, 'A'||(i%2), 'entry '||i, 100*(i%9) - 300 FROM s;
`,
			Run: with(func(_ context.Context, s db.Session) error { return writeStatement(io.Discard, s, "A1") }),
		},
	}
}
