package sqlx

import (
	"context"
	"database/sql"
	"fmt"
	"io"

	"github.com/jmoiron/sqlx"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
)

type concertTicket struct {
	Code  string `db:"code"`
	Seat  string `db:"seat"`
	Venue int64  `db:"venue_id"`
}

type venue struct {
	ID   int64  `db:"id"`
	Name string `db:"name"`
	Town string `db:"town"`
}

type boxOffice struct{ db *sqlx.DB }

func getOne[T any](ctx context.Context, db *sqlx.DB, query string, args ...any) (T, error) {
	var v T
	err := db.GetContext(ctx, &v, query, args...)
	return v, err
}

func (b boxOffice) ticket(ctx context.Context, code string) (concertTicket, error) {
	return getOne[concertTicket](ctx, b.db, `SELECT code, seat, venue_id FROM concert_tickets WHERE code = ?`, code)
}

func (b boxOffice) venue(ctx context.Context, id int64) (venue, error) {
	return getOne[venue](ctx, b.db, `SELECT id, name, town FROM venues WHERE id = ?`, id)
}

func (b boxOffice) gates(ctx context.Context, venue int64) (names []string, err error) {
	err = b.db.SelectContext(ctx, &names, `SELECT name FROM gates WHERE venue_id = ? ORDER BY name`, venue)
	return
}

func (b boxOffice) print(ctx context.Context, w io.Writer, code string) error {
	t, err := b.ticket(ctx, code)
	if err != nil {
		return err
	}
	v, err := b.venue(ctx, t.Venue)
	if err != nil {
		return err
	}
	gates, err := b.gates(ctx, v.ID)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "%s seat %s\n%s, %s\ngates %v\n", t.Code, t.Seat, v.Name, v.Town, gates)
	return err
}

var ticketConcert = rowuse.Case{
	Name:   "ticket is printed with its venue and gates",
	Why:    "The venue is loaded for its name and town; that its id serves as the key of the next query costs nothing.",
	Driver: "sqlite3",
	Schema: `
CREATE TABLE venues (id INTEGER PRIMARY KEY, name TEXT NOT NULL, town TEXT NOT NULL);
CREATE TABLE gates (id INTEGER PRIMARY KEY, venue_id INTEGER NOT NULL, name TEXT NOT NULL);
CREATE TABLE concert_tickets (code TEXT PRIMARY KEY, seat TEXT NOT NULL, venue_id INTEGER NOT NULL);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 12) INSERT INTO venues SELECT i, 'Hall ' || i, 'Bergen' FROM n;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 36) INSERT INTO gates SELECT i, 1 + i % 12, 'Gate ' || i FROM n;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40) INSERT INTO concert_tickets SELECT 'T' || i, 'A' || i, 1 + i % 12 FROM n;
`,
	Run: func(ctx context.Context, db *sql.DB) error {
		return boxOffice{wrap(db)}.print(ctx, io.Discard, "T14")
	},
}
