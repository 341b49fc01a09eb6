// Package ent has programs that use entgo.io/ent.
package ent

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http/httptest"
	"strings"

	"github.com/nplusgone/nplusgone/testdata/rowuse/b/ent/ent"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
	"github.com/nplusgone/nplusgone/testdata/rowuse/b/ent/exhibits"
	"github.com/nplusgone/nplusgone/testdata/rowuse/b/ent/labels"
)

func with(f func(context.Context, *ent.Client) error) func(context.Context, *sql.DB) error {
	return func(ctx context.Context, db *sql.DB) error { return f(ctx, client("sqlite3", db)) }
}

func series(n string) string {
	return "WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM s WHERE i < " + n + ")\n"
}

const (
	clubTables = `CREATE TABLE clubs (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, city TEXT NOT NULL);
CREATE TABLE players (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, bio TEXT NOT NULL, shirt INTEGER NOT NULL, club_id INTEGER);
`
	exhibitTable = `CREATE TABLE exhibits (id INTEGER PRIMARY KEY AUTOINCREMENT, wing TEXT NOT NULL, name TEXT NOT NULL, room TEXT NOT NULL, description TEXT NOT NULL, provenance TEXT NOT NULL, scan BLOB NOT NULL);
`
	vehicleTable = `CREATE TABLE vehicles (id INTEGER PRIMARY KEY AUTOINCREMENT, depot INTEGER NOT NULL, plate TEXT NOT NULL, mileage INTEGER NOT NULL, inspected_at_mileage INTEGER NOT NULL, retired BOOLEAN NOT NULL);
`
	menuTables = `CREATE TABLE menus (id INTEGER PRIMARY KEY AUTOINCREMENT, restaurant TEXT NOT NULL, title TEXT NOT NULL);
CREATE TABLE dishes (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, allergens TEXT NOT NULL, cents INTEGER NOT NULL, likes INTEGER NOT NULL, menu_dishes INTEGER);
`
	jobTable = `CREATE TABLE jobs (id INTEGER PRIMARY KEY AUTOINCREMENT, queue TEXT NOT NULL, state TEXT NOT NULL, attempts INTEGER NOT NULL, payload TEXT NOT NULL);
`
)

// Cases lists the programs.
func Cases() []rowuse.Case {
	return []rowuse.Case{
		{
			Name:   "the roster sizes of a city's clubs",
			Want:   []string{rowuse.FetchToCount},
			May:    []string{rowuse.UnusedColumns, rowuse.AggregateInApp},
			Why:    "All players of the clubs are loaded with their biographies, and only their number is printed.",
			Driver: "sqlite3",
			Schema: clubTables + `INSERT INTO clubs ` + series("12") + `SELECT i, 'FC '||i, 'city'||(i%2) FROM s;
INSERT INTO players ` + series("60") + `SELECT i, 'player '||i, hex(randomblob(400)), i%23, 1 + i%12 FROM s;
`,
			Run: with(func(ctx context.Context, c *ent.Client) error {
				return rosterSizes(ctx, io.Discard, clubStore{c}, "city1")
			}),
		},
		{
			Name:   "the labels of a wing's exhibits",
			Want:   []string{rowuse.UnusedColumns},
			Why:    "Descriptions, provenance and scans are fetched; the label has room and name.",
			Driver: "sqlite3",
			Schema: exhibitTable + `INSERT INTO exhibits ` + series("24") + `SELECT i, CASE WHEN i%2=0 THEN 'east' ELSE 'west' END, 'Vase '||i, 'R'||(i%5), hex(randomblob(1000)), hex(randomblob(1000)), randomblob(4000) FROM s;
`,
			Run: with(func(ctx context.Context, c *ent.Client) error {
				return labels.Print(ctx, io.Discard, &exhibits.Store{Client: c}, "east")
			}),
		},
		{
			Name:   "vehicles of a depot that are worn",
			Want:   []string{rowuse.FilterInApp},
			Why:    "All vehicles of the depot are fetched and most are dropped by state and mileage, which could be predicates.",
			Driver: "sqlite3",
			Schema: vehicleTable + `INSERT INTO vehicles ` + series("50") + `SELECT i, 1 + i%2, 'AB '||i, 8000*i, 1000, i%7 = 0 FROM s;
`,
			Run: with(func(ctx context.Context, c *ent.Client) error {
				return (&fleetService{&fleetRepo{c}}).serveWorn(ctx, io.Discard, 1)
			}),
		},
		{
			Name:   "the record harvest of a farm",
			Want:   []string{rowuse.AggregateInApp},
			May:    []string{rowuse.UnusedColumns},
			Why:    "All harvests are sorted in Go to take the first one's tonnes: MAX(tonnes).",
			Driver: "sqlite3",
			Schema: `CREATE TABLE harvests (id INTEGER PRIMARY KEY AUTOINCREMENT, farm TEXT NOT NULL, plot TEXT NOT NULL, year INTEGER NOT NULL, tonnes REAL NOT NULL);
INSERT INTO harvests ` + series("48") + `SELECT i, 'farm'||(i%2), 'plot'||(i%4), 2000 + i/2, 3.5 + (i*7)%13 FROM s;
`,
			Run: with(func(ctx context.Context, c *ent.Client) error {
				tonnes, ok, err := record(ctx, c, "farm7")
				Sink = []any{tonnes, ok}
				return err
			}),
		},
		{
			Name:   "the seats of a new hall",
			Want:   []string{rowuse.RowInsert},
			Why:    "Each seat is inserted on its own; CreateBulk would do.",
			Driver: "sqlite3",
			Schema: `CREATE TABLE seats (id INTEGER PRIMARY KEY AUTOINCREMENT, hall INTEGER NOT NULL, row TEXT NOT NULL, number INTEGER NOT NULL, price INTEGER NOT NULL);
`,
			Run: with(func(ctx context.Context, c *ent.Client) error {
				return (&boxOffice{c}).furnish(ctx, hallPlan{Hall: 3, Rows: "ABC", Seats: 8, Price: 2500})
			}),
		},
		{
			Name:   "a letter signed by an agent",
			Want:   []string{rowuse.RedundantLookup},
			Why:    "The agent is read by licence and then again by id in the same request.",
			Driver: "sqlite3",
			Schema: `CREATE TABLE agents (id INTEGER PRIMARY KEY AUTOINCREMENT, licence TEXT NOT NULL UNIQUE, name TEXT NOT NULL, office TEXT NOT NULL, active BOOLEAN NOT NULL);
INSERT INTO agents ` + series("16") + `SELECT i, 'L'||i, 'Agent '||i, 'Office '||(i%3), 1 FROM s;
`,
			Run: with(func(ctx context.Context, c *ent.Client) error {
				letter, err := viewingLetter(ctx, agentStore{c.Agent}, "L6", "1 Elm St")
				Sink = letter
				return err
			}),
		},
		{
			Name:   "whether a queue is idle",
			Want:   []string{rowuse.FetchToExist},
			May:    []string{rowuse.UnusedColumns},
			Why:    "One of the running jobs is fetched with its payload only to see that there is one: Exist(ctx).",
			Driver: "sqlite3",
			Schema: jobTable + `INSERT INTO jobs ` + series("40") + `SELECT i, 'q'||(i%2), CASE i%3 WHEN 0 THEN 'running' ELSE 'done' END, i%4, hex(randomblob(500)) FROM s;
`,
			Run: with(func(ctx context.Context, c *ent.Client) error {
				idle, err := (&jobQueue{c, slog.New(slog.DiscardHandler)}).idle(ctx, "q1")
				Sink = idle
				return err
			}),
		},
		{
			Name:   "jobs that have failed too often",
			Why:    "Only ids are selected; they are updated in one statement, logged and returned.",
			Driver: "sqlite3",
			Schema: jobTable + `INSERT INTO jobs ` + series("40") + `SELECT i, 'q'||(i%2), CASE i%3 WHEN 0 THEN 'failed' ELSE 'done' END, i%8, 'p' FROM s;
`,
			Run: with(func(ctx context.Context, c *ent.Client) error {
				ids, err := (&jobQueue{c, slog.New(slog.DiscardHandler)}).bury(ctx, "q1")
				Sink = ids
				return err
			}),
		},
		{
			Name:   "a page of a museum's catalogue",
			Why:    "The count is shown beside the page, whose exhibits are encoded with all their fields.",
			Driver: "sqlite3",
			Schema: exhibitTable + `INSERT INTO exhibits ` + series("30") + `SELECT i, 'east', 'Vase '||i, 'R'||(i%5), 'nice', 'unknown', randomblob(50) FROM s;
`,
			Run: with(func(ctx context.Context, c *ent.Client) error {
				total, page, err := (&exhibits.Store{Client: c}).Catalogue(ctx, "east", 10, 10)
				if err != nil {
					return err
				}
				return json.NewEncoder(io.Discard).Encode(map[string]any{"total": total, "exhibits": page})
			}),
		},
		{
			Name:   "the plates of a depot",
			Why:    "Only the two columns that are encoded are selected.",
			Driver: "sqlite3",
			Schema: vehicleTable + `INSERT INTO vehicles ` + series("50") + `SELECT i, 1 + i%2, 'AB '||i, 8000*i, 1000, i%7 = 0 FROM s;
`,
			Run: with(func(ctx context.Context, c *ent.Client) error {
				return (&fleetService{&fleetRepo{c}}).servePlates(ctx, io.Discard, 2)
			}),
		},
		{
			Name:   "the menus of a restaurant with their dishes",
			Why:    "Menus and dishes are encoded whole.",
			Driver: "sqlite3",
			Schema: menuTables + `INSERT INTO menus ` + series("12") + `SELECT i, CASE WHEN i%2=0 THEN 'Roma' ELSE 'Lima' END, 'Menu '||i FROM s;
INSERT INTO dishes ` + series("60") + `SELECT i, 'dish '||i, 'A,C', 900 + i, i%5, 1 + i%12 FROM s;
`,
			Run: with(func(ctx context.Context, c *ent.Client) error {
				rec := httptest.NewRecorder()
				(&menuHandler{c}).ServeHTTP(rec, httptest.NewRequestWithContext(ctx, "GET", "/menus?restaurant=Oslo", nil))
				if rec.Code >= 400 {
					return errors.New(rec.Body.String())
				}
				return nil
			}),
		},
		{
			Name:   "a guest likes a dish",
			Why:    "AddLikes sets likes = likes + 1 in the statement.",
			Driver: "sqlite3",
			Schema: menuTables + `INSERT INTO dishes ` + series("15") + `SELECT i, 'dish '||i, 'A,C', 900 + i, i%5, 1 FROM s;
`,
			Run: with(func(ctx context.Context, c *ent.Client) error {
				likes, err := (&menuHandler{c}).like(ctx, 11)
				Sink = likes
				return err
			}),
		},
		{
			Name:   "some of a tenant's quota",
			Why:    "The row is locked by FOR UPDATE in the transaction that writes it back.",
			Driver: "pgx",
			Schema: `CREATE TABLE quota (id BIGSERIAL PRIMARY KEY, tenant TEXT NOT NULL UNIQUE, used BIGINT NOT NULL, allowed BIGINT NOT NULL);
INSERT INTO quota (tenant, used, allowed) SELECT 't'||i, 10*i, 1000 FROM generate_series(1, 20) i;
`,
			Run: func(ctx context.Context, db *sql.DB) error {
				left, err := (&quotaService{client("postgres", db)}).Consume(ctx, "t4", 25)
				Sink = left
				return err
			},
		},
		{
			Name:   "a club's new roster",
			Why:    "All players are inserted by one CreateBulk.",
			Driver: "sqlite3",
			Schema: clubTables + `INSERT INTO clubs VALUES (1, 'FC 1', 'city1');
`,
			Run: with(func(ctx context.Context, c *ent.Client) error {
				players, err := rosterImport{c, 1}.run(ctx, strings.NewReader("1 Ann\n2 Bob\n3 Cleo\n4 Dan\n5 Eve\n6 Fay\n"))
				Sink = players
				return err
			}),
		},
	}
}
