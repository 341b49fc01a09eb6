// Package gormv2 has programs that use gorm.io/gorm.
package gormv2

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"

	"gorm.io/gorm"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
	"github.com/nplusgone/nplusgone/testdata/rowuse/b/gormv2/hooks"
	"github.com/nplusgone/nplusgone/testdata/rowuse/b/gormv2/newsroom"
	"github.com/nplusgone/nplusgone/testdata/rowuse/b/gormv2/picking"
	"github.com/nplusgone/nplusgone/testdata/rowuse/b/gormv2/sitemap"
	"github.com/nplusgone/nplusgone/testdata/rowuse/b/gormv2/warehouse"
)

func with(f func(context.Context, *gorm.DB) error) func(context.Context, *sql.DB) error {
	return func(ctx context.Context, sqlDB *sql.DB) error {
		db, err := open(sqlDB)
		if err != nil {
			return err
		}
		return f(ctx, db)
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

// Cases lists the programs.
func Cases() []rowuse.Case {
	return []rowuse.Case{
		{
			Name:   "the badge of a customer's open tickets",
			Want:   []string{rowuse.FetchToCount},
			May:    []string{rowuse.UnusedColumns},
			Why:    "Tickets and their comments are loaded and only the number of tickets is shown.",
			Driver: "sqlite3",
			Schema: `CREATE TABLE tickets (id INTEGER PRIMARY KEY, customer_id INTEGER, subject TEXT, priority INTEGER, state TEXT, opened_at DATETIME);
CREATE TABLE ticket_comments (id INTEGER PRIMARY KEY, ticket_id INTEGER, author TEXT, text TEXT);
INSERT INTO tickets ` + series("40") + `SELECT i, 1 + i%2, 'subject '||i, i%3, CASE WHEN i%4=0 THEN 'closed' ELSE 'open' END, '2024-03-01 10:00:00' FROM s;
INSERT INTO ticket_comments ` + series("90") + `SELECT i, 1 + i%40, 'agent', 'we look into it, no '||i FROM s;
`,
			Run: with(func(ctx context.Context, db *gorm.DB) error {
				return (&Desk{&ticketStore{db}}).ServeBadge(ctx, io.Discard, 2)
			}),
		},
		{
			Name:   "a section's sitemap",
			Want:   []string{rowuse.UnusedColumns},
			Why:    "Body, markup and standfirst of each article are fetched; the sitemap has the slug and the date.",
			Driver: "sqlite3",
			Schema: `CREATE TABLE articles (id INTEGER PRIMARY KEY, section_id INTEGER, slug TEXT, headline TEXT, standfirst TEXT, body TEXT, markup TEXT, published_at DATETIME);
INSERT INTO articles ` + series("36") + `SELECT i, 1 + i%2, 'article-'||i, 'Headline '||i, 'Standfirst', hex(randomblob(3000)), hex(randomblob(3000)), '2024-05-01 06:00:00' FROM s;
`,
			Run: with(func(ctx context.Context, db *gorm.DB) error {
				m := sitemap.Writer{Base: "https://news.example", Articles: newsroom.NewStore(db)}
				return m.Write(ctx, io.Discard, 1)
			}),
		},
		{
			Name:   "labels for a photo",
			Want:   []string{rowuse.RowInsert},
			Why:    "Each label is appended by an insert of its own; Append takes a slice.",
			Driver: "sqlite3",
			Schema: `CREATE TABLE photos (id INTEGER PRIMARY KEY, album_id INTEGER, title TEXT);
CREATE TABLE labels (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE photo_labels (photo_id INTEGER, label_id INTEGER, PRIMARY KEY (photo_id, label_id));
INSERT INTO photos ` + series("12") + `SELECT i, 1, 'IMG '||i FROM s;
`,
			Run: with(func(ctx context.Context, db *gorm.DB) error {
				a := Album{photoRepo{db}}
				p, err := a.TagPhoto(ctx, 7, "Sea, beach,Sunset, holiday,family, boats, evening")
				Sink = p
				return err
			}),
		},
		{
			Name:   "a coupon that may be used once",
			Want:   []string{rowuse.FetchToExist},
			Why:    "The number of redemptions is counted only to compare it with 0.",
			Driver: "sqlite3",
			Schema: `CREATE TABLE coupons (id INTEGER PRIMARY KEY, code TEXT UNIQUE, percent INTEGER);
CREATE TABLE redemptions (id INTEGER PRIMARY KEY, coupon_id INTEGER, account_id INTEGER, order_no TEXT, used_at DATETIME);
INSERT INTO coupons VALUES (1, 'SPRING', 10), (2, 'VIP', 25);
INSERT INTO redemptions ` + series("30") + `SELECT i, 1, i, 'A-'||i, '2024-04-01 12:00:00' FROM s;
`,
			Run: with(func(ctx context.Context, db *gorm.DB) error {
				c := Checkout{couponDAO{db}}
				percent, err := c.Discount(ctx, 77, "SPRING")
				Sink = percent
				return err
			}),
		},
		{
			Name:   "a line picked out of a bin",
			Want:   []string{rowuse.ReadModifyWrite},
			Why:    "The stock is read, lessened in Go and saved: two pickers lose one update. UPDATE ... SET on_hand = on_hand - ? WHERE on_hand >= ? would do.",
			Driver: "sqlite3",
			Schema: `CREATE TABLE bins (id INTEGER PRIMARY KEY, sku TEXT, aisle TEXT, on_hand INTEGER);
INSERT INTO bins ` + series("24") + `SELECT i, 'SKU'||i, 'A'||(i%4), 10*i FROM s;
`,
			Run: with(func(ctx context.Context, db *gorm.DB) error {
				left, err := picking.Picker{Bins: &warehouse.Bins{DB: db}}.Pick(ctx, picking.Line{Bin: 5, Qty: 3})
				Sink = left
				return err
			}),
		},
		{
			Name:   "the thermometer of a campaign",
			Want:   []string{rowuse.AggregateInApp},
			Why:    "All amounts are plucked only to add them up: SUM(cents).",
			Driver: "sqlite3",
			Schema: `CREATE TABLE donations (id INTEGER PRIMARY KEY, campaign_id INTEGER, donor TEXT, cents INTEGER, settled BOOLEAN);
INSERT INTO donations ` + series("60") + `SELECT i, 1 + i%3, 'donor '||i, 500 + 25*i, i%5 <> 0 FROM s;
`,
			Run: with(func(ctx context.Context, db *gorm.DB) error {
				return PrintThermometer(ctx, db, io.Discard, 2, 100000)
			}),
		},
		{
			Name:   "absentee voters of a precinct",
			Want:   []string{rowuse.FetchToCount},
			May:    []string{rowuse.UnusedColumns},
			Why:    "Find(&voters).Count(&n) runs both statements, and the voters are never looked at.",
			Driver: "sqlite3",
			Schema: `CREATE TABLE voters (id INTEGER PRIMARY KEY, precinct TEXT, name TEXT, street TEXT, party TEXT, absentee BOOLEAN);
INSERT INTO voters ` + series("48") + `SELECT i, 'P'||(i%2), 'voter '||i, i||' Main St', 'I', i%3 = 0 FROM s;
`,
			Run: with(func(ctx context.Context, db *gorm.DB) error {
				return get(ctx, &VoterRoll{db}, "/absentees?precinct=P7")
			}),
		},
		{
			Name:   "the first page of an auction house's lots",
			Why:    "The total is shown beside the ten rows of the page, which are all encoded.",
			Driver: "sqlite3",
			Schema: `CREATE TABLE lots (id INTEGER PRIMARY KEY, house_id INTEGER, title TEXT, estimate INTEGER, closes_at DATETIME);
INSERT INTO lots ` + series("44") + `SELECT i, 1 + i%2, 'Lot '||i, 100*i, '2024-10-01 18:00:00' FROM s;
`,
			Run: with(func(ctx context.Context, db *gorm.DB) error { return ListLots(ctx, db, io.Discard, 9) }),
		},
		{
			Name:   "the departures board",
			Why:    "The select has the board's columns and all rows are encoded.",
			Driver: "sqlite3",
			Schema: `CREATE TABLE airports (code TEXT PRIMARY KEY, city TEXT);
CREATE TABLE flights (id INTEGER PRIMARY KEY, number TEXT, origin TEXT, dest TEXT, gate TEXT, remarks TEXT, departs_at DATETIME);
INSERT INTO airports VALUES ('OSL', 'Oslo'), ('LIS', 'Lisbon'), ('VIE', 'Vienna');
INSERT INTO flights ` + series("30") + `SELECT i, 'XY'||i, CASE WHEN i%2=0 THEN 'OSL' ELSE 'LIS' END, 'VIE', 'B'||i, '', '2024-06-01 08:00:00' FROM s;
`,
			Run: with(func(ctx context.Context, db *gorm.DB) error {
				return get(ctx, &BoardRepo{db}, "/board?airport=OSL")
			}),
		},
		{
			Name:   "the syllabus of a school",
			Why:    "The template prints all columns of the courses and their lessons; the number of lessons stands beside them.",
			Driver: "sqlite3",
			Schema: `CREATE TABLE courses (id INTEGER PRIMARY KEY, school_id INTEGER, title TEXT, summary TEXT);
CREATE TABLE lessons (id INTEGER PRIMARY KEY, course_id INTEGER, position INTEGER, title TEXT, notes TEXT);
INSERT INTO courses ` + series("14") + `SELECT i, 1 + i%2, 'Course '||i, 'What one learns in '||i FROM s;
INSERT INTO lessons ` + series("70") + `SELECT i, 1 + i%14, i/14, 'Lesson '||i, 'Bring a pen' FROM s;
`,
			Run: with(func(ctx context.Context, db *gorm.DB) error { return RenderSyllabus(ctx, db, io.Discard, 3) }),
		},
		{
			Name:   "deliveries of an event to an account's hooks",
			Why:    "The patterns are globs as path.Match knows them, which SQL cannot match; the rows are those of one account.",
			Driver: "sqlite3",
			Schema: `CREATE TABLE subscriptions (id INTEGER PRIMARY KEY, account_id INTEGER, pattern TEXT, url TEXT, secret TEXT);
INSERT INTO subscriptions ` + series("24") + `SELECT i, 1 + i%2, CASE i%3 WHEN 0 THEN 'order.*' WHEN 1 THEN 'user.[a-c]*' ELSE 'invoice.paid' END, 'https://h.example/'||i, 's'||i FROM s;
`,
			Run: with(func(ctx context.Context, db *gorm.DB) error {
				plan, err := (&hooks.Dispatcher{DB: db}).Plan(ctx, 1, "order.shipped")
				Sink = plan
				return err
			}),
		},
		{
			Name:   "a contract renewed under its version",
			Why:    "The update checks the version that was read, so that no change is lost.",
			Driver: "sqlite3",
			Schema: `CREATE TABLE contracts (id INTEGER PRIMARY KEY, title TEXT, clauses TEXT, renewed INTEGER, version INTEGER);
INSERT INTO contracts ` + series("15") + `SELECT i, 'Contract '||i, 'Clause 1. Clause 2.', 0, 1 FROM s;
`,
			Run: with(func(ctx context.Context, db *gorm.DB) error { return Renew(ctx, db, 4, 2) }),
		},
		{
			Name:   "a file of meter readings",
			Why:    "The rows are inserted in batches.",
			Driver: "sqlite3",
			Schema: `CREATE TABLE readings (id INTEGER PRIMARY KEY, meter TEXT, day TEXT, k_wh REAL);
`,
			Run: with(func(ctx context.Context, db *gorm.DB) error {
				im := ReadingImport{db, 10}
				n, err := im.Run(ctx, strings.NewReader(strings.Repeat("M1,2024-01-01,3.5\nM2,2024-01-01,1.25\n", 12)))
				Sink = n
				return err
			}),
		},
		{
			Name:   "a member's new biography",
			Why:    "The member is read again after the update, and both states are in the answer.",
			Driver: "sqlite3",
			Schema: `CREATE TABLE members (id INTEGER PRIMARY KEY, handle TEXT UNIQUE, bio TEXT, homepage TEXT, karma INTEGER);
INSERT INTO members ` + series("20") + `SELECT i, 'm'||i, 'born', 'https://m.example/'||i, i*i FROM s;
`,
			Run: with(func(ctx context.Context, db *gorm.DB) error {
				return PatchBio(ctx, &MemberRepo{db}, io.Discard, "m8", "I write programs.")
			}),
		},
	}
}
