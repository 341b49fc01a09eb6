package venue

import (
	"context"
	"database/sql"

	"github.com/pocketbase/dbx"
)

const pgTables = `
CREATE TABLE halls (id text PRIMARY KEY, name text NOT NULL);
CREATE TABLE events (id text PRIMARY KEY, title text NOT NULL, hall_id text, starts int NOT NULL);
CREATE TABLE seats (event_id text NOT NULL, label text NOT NULL, holder text, price int NOT NULL, PRIMARY KEY (event_id, label));
CREATE TABLE tickets (id text PRIMARY KEY, event_id text NOT NULL, email text NOT NULL);
INSERT INTO halls SELECT 'h' || substr(md5(n::text), 1, 14), 'Hall ' || n FROM generate_series(1, 9) n;
INSERT INTO events SELECT 'e' || substr(md5('e' || n), 1, 14), 'Event ' || n, CASE WHEN n % 8 = 0 THEN NULL ELSE 'h' || substr(md5((1 + n % 9)::text), 1, 14) END, 1000 + n FROM generate_series(1, 18) n;
INSERT INTO seats SELECT e.id, 'S' || k, CASE WHEN k % 3 = 0 THEN NULL ELSE 'u' || k END, 10 + k FROM events e, generate_series(1, 7) k WHERE k <= 2 + ascii(right(e.id, 1)) % 6;
`

const myTables = `
CREATE TABLE halls (id varchar(15) PRIMARY KEY, name varchar(40) NOT NULL);
CREATE TABLE events (id varchar(15) PRIMARY KEY, title varchar(40) NOT NULL, hall_id varchar(15), starts int NOT NULL);
CREATE TABLE seats (event_id varchar(15) NOT NULL, label varchar(8) NOT NULL, holder varchar(20), price int NOT NULL, PRIMARY KEY (event_id, label));
CREATE TABLE tickets (id varchar(20) PRIMARY KEY, event_id varchar(15) NOT NULL, email varchar(60) NOT NULL);
INSERT INTO halls VALUES ('h1', 'Small'), ('h5', 'Large'), ('h7', 'Yard');
INSERT INTO events VALUES ('e10', 'Fado', 'h1', 1001), ('e14', 'Jazz', 'h5', 1002), ('e15', 'Chess', NULL, 1003), ('e23', 'Opera', 'h5', 1004), ('e31', 'Improv', 'h7', 1005), ('e44', 'Films', 'h1', 1006), ('e45', 'Poetry', 'h7', 1007), ('e60', 'Circus', 'h7', 1008);
INSERT INTO seats VALUES ('e10', 'A1', NULL, 20), ('e10', 'A2', 'mia', 20), ('e14', 'A1', 'bo', 35), ('e14', 'A2', NULL, 35), ('e14', 'A3', NULL, 30), ('e23', 'B1', 'mia', 80), ('e31', 'A1', 'lu', 12), ('e44', 'C9', NULL, 9), ('e60', 'A1', 'lu', 22), ('e60', 'A2', 'bo', 22), ('e45', 'A1', NULL, 7), ('e45', 'A2', NULL, 7), ('e45', 'A4', 'bo', 7), ('e15', 'T1', NULL, 5), ('e15', 'T2', 'lu', 5), ('e15', 'T3', NULL, 5);
`

type Hall struct {
	ID   string `db:"id"`
	Name string `db:"name"`
}

func (Hall) TableName() string { return "halls" }

type Event struct {
	ID     string         `db:"id"`
	Title  string         `db:"title"`
	HallID sql.NullString `db:"hall_id"`
	Starts int            `db:"starts"`
	Hall   *Hall          `db:"-"`
	Free   int            `db:"-"`
}

func (Event) TableName() string { return "events" }

type Seat struct {
	EventID string         `db:"pk,event_id"`
	Label   string         `db:"pk,label"`
	Holder  sql.NullString `db:"holder"`
	Price   int            `db:"price"`
}

func (Seat) TableName() string { return "seats" }

type Ticket struct {
	ID      string `db:"pk,id"`
	EventID string `db:"event_id"`
	Email   string `db:"email"`
}

func (Ticket) TableName() string { return "tickets" }

// box is the box office's access to the database.
type box struct{ dbx.Builder }

func on(driver string, fn func(b *box) error) func(context.Context, *sql.DB) error {
	return func(ctx context.Context, db *sql.DB) error {
		return fn(&box{dbx.NewFromDB(db, driver).WithContext(ctx)})
	}
}

func detached(driver string, fn func(d *dbx.DB) error) func(context.Context, *sql.DB) error {
	return func(_ context.Context, db *sql.DB) error {
		return fn(dbx.NewFromDB(db, driver))
	}
}

func (b *box) events() ([]*Event, error) {
	var list []*Event
	err := b.Select("id", "title", "hall_id", "starts").From("events").OrderBy("starts").All(&list)
	return list, err
}

func (b *box) hall(id string) (*Hall, error) {
	h := new(Hall)
	return h, b.Select("id", "name").From("halls").Where(dbx.HashExp{"id": id}).One(h)
}
