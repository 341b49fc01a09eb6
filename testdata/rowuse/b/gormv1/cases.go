// Package gormv1 has programs that use github.com/jinzhu/gorm.
package gormv1

import (
	"context"
	"database/sql"
	"io"

	"github.com/jinzhu/gorm"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
	"github.com/nplusgone/nplusgone/testdata/rowuse/b/gormv1/freight"
	"github.com/nplusgone/nplusgone/testdata/rowuse/b/gormv1/freight/rating"
	"github.com/nplusgone/nplusgone/testdata/rowuse/b/gormv1/kanban"
)

func with(dialect string, f func(*gorm.DB) error) func(context.Context, *sql.DB) error {
	return func(_ context.Context, sqlDB *sql.DB) error {
		db, err := wrap(dialect, sqlDB)
		if err != nil {
			return err
		}
		return f(db)
	}
}

func series(n string) string {
	return "WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM s WHERE i < " + n + ")\n"
}

// Cases lists the programs.
func Cases() []rowuse.Case {
	return []rowuse.Case{
		{
			Name:   "one person's cards on a board",
			Want:   []string{rowuse.FilterInApp},
			Why:    "All cards of the board are loaded, and those of the other people are dropped; assignee could be in the WHERE clause.",
			Driver: "sqlite3",
			Schema: `CREATE TABLE boards (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE cards (id INTEGER PRIMARY KEY, board_id INTEGER, title TEXT, assignee TEXT, lane TEXT);
INSERT INTO boards VALUES (1, 'Web'), (2, 'Mobile');
INSERT INTO cards ` + series("50") + `SELECT i, 1 + i%2, 'card '||i, CASE WHEN i%6=0 THEN 'ann' ELSE 'p'||(i%6) END, 'doing' FROM s;
`,
			Run: with("sqlite3", func(db *gorm.DB) error { return kanban.PrintMine(io.Discard, kanban.New(db), 1, "ann") }),
		},
		{
			Name:   "the price of a shipment",
			Want:   []string{rowuse.RedundantLookup},
			May:    []string{rowuse.UnusedColumns},
			Why:    "The carrier is loaded only for its id, which the shipment has as carrier_id.",
			Driver: "sqlite3",
			Schema: `CREATE TABLE carriers (id INTEGER PRIMARY KEY, name TEXT, contact TEXT);
CREATE TABLE shipments (id INTEGER PRIMARY KEY, carrier_id INTEGER, zone INTEGER, grams INTEGER);
CREATE TABLE tariffs (id INTEGER PRIMARY KEY, carrier_id INTEGER, zone INTEGER, up_to INTEGER, cents INTEGER);
INSERT INTO carriers VALUES (1, 'Quick', 'q@x'), (2, 'Slow', 's@x');
INSERT INTO shipments ` + series("20") + `SELECT i, 1 + i%2, 1 + i%3, 100*i FROM s;
INSERT INTO tariffs ` + series("36") + `SELECT i, 1 + i%2, 1 + i%3, 500*i, 300 + 10*i FROM s;
`,
			Run: with("sqlite3", func(db *gorm.DB) error {
				s := rating.Service{DAO: freight.DAO{DB: db}}
				cents, err := s.Price(9)
				Sink = cents
				return err
			}),
		},
		{
			Name:   "the cookbook of published recipes",
			Want:   []string{rowuse.UnboundedResult},
			Why:    "All published recipes are read and sent, without a limit; their number grows.",
			Driver: "sqlite3",
			Schema: `CREATE TABLE recipes (id INTEGER PRIMARY KEY, title TEXT, minutes INTEGER, published BOOLEAN);
INSERT INTO recipes ` + series("1600") + `SELECT i, 'Recipe '||i, i%90, i%10 <> 0 FROM s;
`,
			Run: with("sqlite3", func(db *gorm.DB) error { return writeCookbook(io.Discard, &recipeStore{db}) }),
		},
		{
			Name:   "a track at the end of a playlist",
			Want:   []string{rowuse.ReadModifyWrite},
			Why:    "MAX(position) is read and one more is inserted: two requests get the same position. INSERT ... SELECT MAX(position) + 1 would do.",
			Driver: "sqlite3",
			Schema: `CREATE TABLE playlist_tracks (id INTEGER PRIMARY KEY, playlist_id INTEGER, track_id INTEGER, position INTEGER);
INSERT INTO playlist_tracks ` + series("30") + `SELECT i, 1 + i%2, 100+i, i/2 FROM s;
`,
			Run: with("sqlite3", func(db *gorm.DB) error {
				t, err := Enqueue(db, 1, 555)
				Sink = t
				return err
			}),
		},
		{
			Name:   "a hotel room booked if it is free",
			Want:   []string{rowuse.FetchToExist},
			May:    []string{rowuse.UnusedColumns},
			Why:    "The overlapping bookings are loaded only to see whether there is one.",
			Driver: "sqlite3",
			Schema: `CREATE TABLE bookings (id INTEGER PRIMARY KEY, room_id INTEGER, guest TEXT, from_day TEXT, to_day TEXT);
INSERT INTO bookings ` + series("28") + `SELECT i, 1 + i%4, 'guest '||i, printf('2024-05-%02d', i), printf('2024-05-%02d', i+2) FROM s;
`,
			Run: with("sqlite3", func(db *gorm.DB) error {
				id, err := (&Reception{&bookingRepo{db}}).Book(3, "Ms Roe", "2024-07-01", "2024-07-04")
				Sink = id
				return err
			}),
		},
		{
			Name:   "expenses of a team by category",
			Want:   []string{rowuse.AggregateInApp},
			May:    []string{rowuse.UnusedColumns},
			Why:    "A map of totals is filled from all rows: GROUP BY category.",
			Driver: "sqlite3",
			Schema: `CREATE TABLE expenses (id INTEGER PRIMARY KEY, team_id INTEGER, category TEXT, month TEXT, cents INTEGER);
INSERT INTO expenses ` + series("54") + `SELECT i, 1 + i%2, CASE i%4 WHEN 0 THEN 'travel' WHEN 1 THEN 'food' ELSE 'office' END, '2024-0'||(1+i%6), 100*i FROM s;
`,
			Run: with("sqlite3", func(db *gorm.DB) error { return (&MonthlyReport{expenseDAO{db}}).Print(io.Discard, 9) }),
		},
		{
			Name:   "an invoice printed with its lines",
			Why:    "All lines are printed; their number and sum stand below them.",
			Driver: "sqlite3",
			Schema: `CREATE TABLE invoices (id INTEGER PRIMARY KEY, number TEXT UNIQUE, payer TEXT);
CREATE TABLE invoice_lines (id INTEGER PRIMARY KEY, invoice_id INTEGER, text TEXT, qty INTEGER, cents INTEGER);
INSERT INTO invoices ` + series("12") + `SELECT i, 'R-'||i, 'payer '||i FROM s;
INSERT INTO invoice_lines ` + series("60") + `SELECT i, 1 + i%12, 'work '||i, 1 + i%3, 900 FROM s;
`,
			Run: with("sqlite3", func(db *gorm.DB) error { return PrintInvoice(db, io.Discard, "R-5") }),
		},
		{
			Name:   "money from wallet to wallet",
			Why:    "Both rows are locked by FOR UPDATE in a transaction before they are changed.",
			Driver: "mysql",
			Schema: `CREATE TABLE wallets (id INT PRIMARY KEY AUTO_INCREMENT, owner VARCHAR(50), balance BIGINT);
INSERT INTO wallets (owner, balance) VALUES ('a', 1000), ('b', 2000), ('c', 3000), ('d', 400), ('e', 50), ('f', 600), ('g', 7), ('h', 80), ('i', 90), ('j', 10), ('k', 11), ('l', 12);
`,
			Run: with("mysql", func(db *gorm.DB) error { return transfer(db, 2, 5, 300) }),
		},
		{
			Name:   "the exchange rates of a day kept in a table",
			Why:    "The rows go into a map that the table keeps for many conversions.",
			Driver: "sqlite3",
			Schema: `CREATE TABLE rates (id INTEGER PRIMARY KEY, currency TEXT, day TEXT, micros INTEGER);
INSERT INTO rates ` + series("40") + `SELECT i, 'C'||(i%20), CASE WHEN i <= 20 THEN '2024-01-01' ELSE '2024-01-02' END, 1000000 + i FROM s;
`,
			Run: with("sqlite3", func(db *gorm.DB) error {
				var t RateTable
				if err := t.Load(db, "2024-01-02"); err != nil {
					return err
				}
				cents, err := t.Convert(1995, "C7")
				Sink = []any{&t, cents}
				return err
			}),
		},
		{
			Name:   "a page of public episodes",
			Why:    "The page has a LIMIT and its template prints all columns.",
			Driver: "sqlite3",
			Schema: `CREATE TABLE episodes (id INTEGER PRIMARY KEY, title TEXT, length INTEGER, public BOOLEAN);
INSERT INTO episodes ` + series("1300") + `SELECT i, 'Episode '||i, i%60, i%3 = 0 FROM s;
`,
			Run: with("sqlite3", func(db *gorm.DB) error { return renderEpisodes(io.Discard, db, Page{After: 100, Size: 20}) }),
		},
		{
			Name:   "a reminder of an appointment",
			Why:    "The patient is loaded by the appointment's key and name and address are used.",
			Driver: "sqlite3",
			Schema: `CREATE TABLE patients (id INTEGER PRIMARY KEY, name TEXT, email TEXT);
CREATE TABLE appointments (id INTEGER PRIMARY KEY, patient_id INTEGER, doctor TEXT, day TEXT);
INSERT INTO patients ` + series("15") + `SELECT i, 'patient '||i, i||'@p.example' FROM s;
INSERT INTO appointments ` + series("30") + `SELECT i, 1 + i%15, 'Dr. Who', '2024-09-09' FROM s;
`,
			Run: with("sqlite3", func(db *gorm.DB) error {
				letter, err := Reminder(&clinicStore{db}, 22)
				Sink = letter
				return err
			}),
		},
		{
			Name:   "a cart with its count and total",
			Why:    "The items are encoded, and the count and the total are shown with them. Here the cart is empty.",
			Driver: "sqlite3",
			Schema: `CREATE TABLE cart_items (id INTEGER PRIMARY KEY, cart_id INTEGER, sku TEXT, qty INTEGER, cents INTEGER);
INSERT INTO cart_items ` + series("20") + `SELECT i, 1 + i%5, 'S'||i, 1, 100*i FROM s;
`,
			Run: with("sqlite3", func(db *gorm.DB) error { return ShowCart(db, io.Discard, 99) }),
		},
	}
}
