package fleet

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/nplusgone/nplusgone/testdata/blind"
)

const schema = `
CREATE TABLE drivers (id bigint PRIMARY KEY, name text NOT NULL);
INSERT INTO drivers SELECT i * 11, 'Driver ' || i FROM generate_series(1, 12) i;
CREATE TABLE vehicles (id bigint PRIMARY KEY, plate text NOT NULL UNIQUE, driver_id bigint, tenant text NOT NULL, note text);
INSERT INTO vehicles SELECT 300 + i * 17 % 251, 'B-' || chr(65 + i % 26) || chr(65 + i * 7 % 26) || ' ' || 100 + i,
	CASE WHEN i % 4 > 0 THEN 11 * (1 + i % 12) END, (ARRAY['north', 'south', 'west'])[1 + i % 3], CASE WHEN i % 6 = 0 THEN 'old' END FROM generate_series(1, 24) i;
CREATE TABLE trips (id bigint PRIMARY KEY, vehicle_id bigint NOT NULL, km float8 NOT NULL, began timestamptz NOT NULL);
INSERT INTO trips SELECT 7000 + i * 3, 300 + (1 + i * i % 19) * 17 % 251, 5 + i * 2.5, timestamptz '2024-03-04 06:00Z' + i * interval '4 hours' FROM generate_series(1, 40) i;
CREATE TABLE positions (vehicle_id bigint NOT NULL, at timestamptz NOT NULL, lat float8 NOT NULL, lon float8 NOT NULL);
INSERT INTO positions SELECT v.id, timestamptz '2024-03-10' - k * interval '9 minutes', 52 + v.id % 13 * 0.3, 13 + v.id % 7 * 0.4 FROM vehicles v, generate_series(1, 3) k WHERE v.id % 5 <> 1;
CREATE TABLE tariffs (tenant text PRIMARY KEY, per_km float8 NOT NULL, base float8 NOT NULL);
INSERT INTO tariffs VALUES ('north', 0.42, 25), ('south', 0.39, 30), ('west', 0.5, 0);
CREATE TABLE outbox (id bigserial PRIMARY KEY, body text NOT NULL, sent timestamptz);
INSERT INTO outbox (body) SELECT 'event ' || i FROM generate_series(1, 22) i;
CREATE VIEW my_trips AS SELECT t.* FROM trips t JOIN vehicles v ON v.id = t.vehicle_id WHERE v.tenant = current_setting('fleet.tenant', true);
`

// Cases lists the programs of this folder.
func Cases() []blind.Case {
	return []blind.Case{
		{
			Name: "live map", Want: []string{blind.NPlusOne},
			Why:    "a goroutine for each vehicle asks for its newest position; DISTINCT ON would do",
			Driver: "pgx", Schema: schema,
			Run: func(ctx context.Context, db *sql.DB) error {
				_, err := open(db).LiveMap(ctx, "north")
				return err
			},
		},
		{
			Name: "look up plates", Want: []string{blind.NPlusOne},
			Why:    "one SELECT for each text key of a client's list",
			Driver: "pgx", Schema: schema,
			Run: func(ctx context.Context, db *sql.DB) error {
				var plates []string
				f := open(db)
				if err := f.db.SelectContext(ctx, &plates, `SELECT plate FROM vehicles WHERE id % 3 <> 0`); err != nil {
					return err
				}
				_, err := f.Lookup(append(plates, "X-YZ 1"))
				return err
			},
		},
		{
			Name: "logbook", Want: []string{blind.NPlusOne}, May: []string{blind.Duplicate},
			Why:    "the body of a range over an iterator loads a vehicle for each trip by a generic repository",
			Driver: "pgx", Schema: schema,
			Run: func(ctx context.Context, db *sql.DB) error {
				_, err := open(db).Logbook(ctx)
				return err
			},
		},
		{
			Name:   "mileage",
			Why:    "pages, each with one IN for its vehicles",
			Driver: "pgx", Schema: schema,
			Run: func(ctx context.Context, db *sql.DB) error {
				_, err := open(db).Mileage(ctx)
				return err
			},
		},
		{
			Name: "idle vehicles", Want: []string{blind.NPlusOne},
			Why:    "a COUNT for each row while the first result is still being read",
			Driver: "pgx", Schema: schema,
			Run: func(ctx context.Context, db *sql.DB) error {
				_, err := open(db).Idle(ctx, 2)
				return err
			},
		},
		{
			Name: "monthly invoice", Want: []string{blind.Duplicate},
			Why:    "four steps each load the same tariff",
			Driver: "pgx", Schema: schema,
			Run: func(ctx context.Context, db *sql.DB) error {
				_, err := open(db).Bill(ctx, "south")
				return err
			},
		},
		{
			Name: "price trips", Want: []string{blind.Duplicate + " " + blind.NPlusOne},
			Why:    "the loop reads what does not depend on the row, so the same SELECT runs for each trip",
			Driver: "pgx", Schema: schema,
			Run: func(ctx context.Context, db *sql.DB) error {
				_, err := open(db).Price("west")
				return err
			},
		},
		{
			Name:   "close the month",
			Why:    "each tenant must be read in a transaction of its own, as row security hangs on a setting",
			Driver: "pgx", Schema: schema,
			Run: func(ctx context.Context, db *sql.DB) error {
				_, err := open(db).CloseMonth(ctx, []string{"north", "south", "west", "east", "inner", "harbour"})
				return err
			},
		},
		{
			Name:   "annotate",
			Why:    "an optimistic write reads again after each lost race",
			Driver: "pgx", Schema: schema,
			Run: func(ctx context.Context, db *sql.DB) error {
				f := open(db)
				var id int64
				if err := f.db.GetContext(ctx, &id, `SELECT min(id) FROM vehicles`); err != nil {
					return err
				}
				races := 0
				return f.Annotate(ctx, id, func(old string) string {
					if races++; races < 4 {
						other := make(chan struct{})
						go func() {
							defer close(other)
							f.db.MustExec(`UPDATE vehicles SET note = coalesce(note, '') || '+' WHERE id = $1`, id)
						}()
						<-other
					}
					return old + " seen"
				})
			},
		},
		{
			Name:   "relay",
			Why:    "an outbox is drained by batches until it is empty",
			Driver: "pgx", Schema: schema,
			Run: func(ctx context.Context, db *sql.DB) error {
				n := 0
				err := open(db).Relay(ctx, func(list []string) { n += len(list) })
				if err == nil && n != 22 {
					return errors.New("events lost")
				}
				return err
			},
		},
		{
			Name:   "roster",
			Why:    "a goroutine for each vehicle, but a loader joins their look-ups to one statement",
			Driver: "pgx", Schema: schema,
			Run: func(ctx context.Context, db *sql.DB) error {
				_, err := open(db).Roster(ctx)
				return err
			},
		},
		{
			Name:   "nearby",
			Why:    "each turn depends on the one before, and the search ends when it has enough",
			Driver: "pgx", Schema: schema,
			Run: func(ctx context.Context, db *sql.DB) error {
				_, err := open(db).Nearby(ctx, 51.3, 12.1, 18)
				return err
			},
		},
		{
			Name: "week", May: []string{blind.NPlusOne},
			Why:    "seven counts for a chart: GROUP BY would do, but the number is small and does not grow",
			Driver: "pgx", Schema: schema,
			Run: func(ctx context.Context, db *sql.DB) error {
				_, err := open(db).Week(ctx, time.Date(2024, 3, 4, 0, 0, 0, 0, time.UTC))
				return err
			},
		},
	}
}
