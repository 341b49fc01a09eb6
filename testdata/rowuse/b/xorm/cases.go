// Package xorm has programs that use xorm.io/xorm.
package xorm

import (
	"context"
	"database/sql"
	"io"

	"xorm.io/xorm"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
	"github.com/nplusgone/nplusgone/testdata/rowuse/b/xorm/depot"
	"github.com/nplusgone/nplusgone/testdata/rowuse/b/xorm/members"
	"github.com/nplusgone/nplusgone/testdata/rowuse/b/xorm/storefront"
)

func with(f func(context.Context, *xorm.Engine) error) func(context.Context, *sql.DB) error {
	return func(ctx context.Context, db *sql.DB) error {
		e, err := engine(db)
		if err != nil {
			return err
		}
		return f(ctx, e)
	}
}

func series(n string) string {
	return "WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM s WHERE i < " + n + ")\n"
}

// Cases lists the programs.
func Cases() []rowuse.Case {
	return []rowuse.Case{
		{
			Name:   "the climate of a station",
			Want:   []string{rowuse.AggregateInApp},
			May:    []string{rowuse.UnusedColumns},
			Why:    "All observations are fetched for the mean and the maximum: AVG(celsius), MAX(wind).",
			Driver: "sqlite3",
			Schema: `CREATE TABLE observations (id INTEGER PRIMARY KEY, station TEXT, day TEXT, celsius REAL, wind REAL);
INSERT INTO observations ` + series("60") + `SELECT i, 'ST'||(i%2), printf('2024-01-%02d', 1 + i/2), -5 + i%17, i%31 FROM s;
`,
			Run: with(func(ctx context.Context, e *xorm.Engine) error {
				return serveClimate(ctx, &observationDAO{e}, io.Discard, "ST1")
			}),
		},
		{
			Name:   "parcels that customs hold",
			Want:   []string{rowuse.FilterInApp},
			Why:    "All parcels of the depot are put into a map, and most are dropped by their status.",
			Driver: "sqlite3",
			Schema: `CREATE TABLE parcel (id INTEGER PRIMARY KEY, depot_id INTEGER, code TEXT, status TEXT, reason TEXT);
INSERT INTO parcel ` + series("54") + `SELECT i, 1 + i%2, 'P'||i, CASE WHEN i%9=0 THEN 'held' ELSE 'moving' END, 'form ' || i FROM s;
`,
			Run: with(func(ctx context.Context, e *xorm.Engine) error {
				return depot.PrintHeld(ctx, io.Discard, depot.Parcels{Engine: e}, 2)
			}),
		},
		{
			Name:   "a ranked ballot",
			Want:   []string{rowuse.RowInsert},
			Why:    "Each rank is inserted by a statement of its own; Insert takes a slice.",
			Driver: "sqlite3",
			Schema: `CREATE TABLE ballot (id INTEGER PRIMARY KEY, poll_id INTEGER, option TEXT, rank INTEGER, voter TEXT);
`,
			Run: with(func(ctx context.Context, e *xorm.Engine) error {
				return (&ballotBox{e}).cast(ctx, 8, "v-77", []string{"red", "blue", "green", "pink", "grey", "black", "white"})
			}),
		},
		{
			Name:   "the status of a site's devices",
			Want:   []string{rowuse.FetchToCount},
			May:    []string{rowuse.UnusedColumns},
			Why:    "The devices are loaded, and only their number is printed.",
			Driver: "sqlite3",
			Schema: `CREATE TABLE device (id INTEGER PRIMARY KEY, site_id INTEGER, name TEXT, firmware TEXT, online BOOLEAN);
INSERT INTO device ` + series("40") + `SELECT i, 1 + i%3, 'dev'||i, '1.'||(i%4), i%2 FROM s;
`,
			Run: with(func(ctx context.Context, e *xorm.Engine) error {
				return (&statusCmd{io.Discard, xormDevices{e}}).run(ctx, 9)
			}),
		},
		{
			Name:   "a welcome to a new member",
			Want:   []string{rowuse.RedundantLookup},
			Why:    "One row is read for its name and again for its email.",
			Driver: "sqlite3",
			Schema: `CREATE TABLE member (id INTEGER PRIMARY KEY, name TEXT, email TEXT, plan TEXT, until TEXT);
INSERT INTO member ` + series("20") + `SELECT i, 'member '||i, i||'@gym.example', 'basic', '2025-01-01' FROM s;
`,
			Run: with(func(ctx context.Context, e *xorm.Engine) error {
				m, err := members.Welcome(ctx, &members.Store{Engine: e}, 13)
				Sink = m
				return err
			}),
		},
		{
			Name:   "a channel without messages dropped",
			Want:   []string{rowuse.FetchToExist},
			Why:    "The messages are counted only to see that there are none.",
			Driver: "sqlite3",
			Schema: `CREATE TABLE channel (id INTEGER PRIMARY KEY, name TEXT, archived BOOLEAN);
CREATE TABLE message (id INTEGER PRIMARY KEY, channel_id INTEGER, sender TEXT, text TEXT);
INSERT INTO channel ` + series("12") + `SELECT i, 'chan'||i, 0 FROM s;
INSERT INTO message ` + series("50") + `SELECT i, 1 + i%10, 'u'||(i%7), 'hi '||i FROM s;
`,
			Run: with(func(ctx context.Context, e *xorm.Engine) error { return dropChannel(ctx, chatStore{e}, 12) }),
		},
		{
			Name:   "a customer's wishes with their products",
			Why:    "The map of products is the index by which the wishes find theirs; all of it is encoded.",
			Driver: "sqlite3",
			Schema: `CREATE TABLE wish (id INTEGER PRIMARY KEY, customer INTEGER, product_id INTEGER, note TEXT);
CREATE TABLE product (id INTEGER PRIMARY KEY, title TEXT, cents INTEGER);
INSERT INTO wish ` + series("40") + `SELECT i, 1 + i%3, 1 + i%20, '' FROM s;
INSERT INTO product ` + series("20") + `SELECT i, 'thing '||i, 100*i FROM s;
`,
			Run: with(func(ctx context.Context, e *xorm.Engine) error {
				return (&storefront.Wishlist{Engine: e}).Write(ctx, io.Discard, 2)
			}),
		},
		{
			Name:   "a bid on a tender",
			Why:    "The version tag makes the update check the version that was read.",
			Driver: "sqlite3",
			Schema: `CREATE TABLE tender (id INTEGER PRIMARY KEY, title TEXT, highest INTEGER, bids INTEGER, version INTEGER);
INSERT INTO tender ` + series("14") + `SELECT i, 'Bridge '||i, 1000*i, 2, 1 FROM s;
`,
			Run: with(func(ctx context.Context, e *xorm.Engine) error {
				answer, err := (&tenderRepo{e}).bid(ctx, 3, 4500)
				Sink = answer
				return err
			}),
		},
		{
			Name:   "an employer's payslips as CSV",
			Why:    "The rows of one employer are streamed, and all columns are written.",
			Driver: "sqlite3",
			Schema: `CREATE TABLE payslip (id INTEGER PRIMARY KEY, employer INTEGER, worker TEXT, month TEXT, gross INTEGER, net INTEGER);
INSERT INTO payslip ` + series("60") + `SELECT i, 1 + i%3, 'w'||(i%8), '2024-02', 300000, 200000 FROM s;
`,
			Run: with(func(ctx context.Context, e *xorm.Engine) error { return exportPayslips(ctx, e, io.Discard, 1) }),
		},
		{
			Name:   "an address that may be registered",
			Why:    "One row is fetched by a unique key to see that it exists, which is fine. Nobody has the address.",
			Driver: "sqlite3",
			Schema: `CREATE TABLE login (id INTEGER PRIMARY KEY, email TEXT NOT NULL UNIQUE, hash TEXT);
INSERT INTO login ` + series("18") + `SELECT i, 'u'||i||'@x.example', 'h'||i FROM s;
`,
			Run: with(func(ctx context.Context, e *xorm.Engine) error {
				id, err := signUp(ctx, &logins{e}, "New@x.example", "h")
				Sink = id
				return err
			}),
		},
		{
			Name:   "a page of a gallery",
			Why:    "The page is limited and printed whole, and the total stands above it.",
			Driver: "sqlite3",
			Schema: `CREATE TABLE painting (id INTEGER PRIMARY KEY, artist TEXT, title TEXT, year INTEGER, on_show BOOLEAN);
INSERT INTO painting ` + series("1300") + `SELECT i, 'artist '||(i%50), 'Untitled '||i, 1800 + i%200, i%3 <> 0 FROM s;
`,
			Run: with(func(ctx context.Context, e *xorm.Engine) error { return renderGallery(ctx, e, io.Discard, 2) }),
		},
		{
			Name:   "a group at the turnstile",
			Why:    "A mutex is held around the read and the write, and nobody else writes the row.",
			Driver: "sqlite3",
			Schema: `CREATE TABLE gate (id INTEGER PRIMARY KEY, name TEXT, entered INTEGER, inside INTEGER);
INSERT INTO gate ` + series("12") + `SELECT i, 'Gate '||i, 100*i, i FROM s;
`,
			Run: with(func(ctx context.Context, e *xorm.Engine) error {
				g, err := (&Turnstile{engine: e, gate: 4}).Enter(ctx, 5)
				Sink = g
				return err
			}),
		},
	}
}
