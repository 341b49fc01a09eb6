package sqlc

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
	"github.com/nplusgone/nplusgone/testdata/rowuse/a/sqlc/fleetdb"
)

type fix struct {
	Vehicle int64   `json:"v"`
	Time    int64   `json:"t"`
	Lat     float64 `json:"lat"`
	Lon     float64 `json:"lon"`
}

type tracker struct {
	q      *fleetdb.Queries
	buffer []fix
}

func (t *tracker) add(f fix) { t.buffer = append(t.buffer, f) }

func (t *tracker) flush(ctx context.Context) error {
	if len(t.buffer) == 0 {
		return nil
	}
	batch, err := json.Marshal(t.buffer)
	if err != nil {
		return err
	}
	if err := t.q.InsertPositions(ctx, string(batch)); err != nil {
		return err
	}
	t.buffer = t.buffer[:0]
	return nil
}

func trackTrip(ctx context.Context, q *fleetdb.Queries, vehicle int64) (string, error) {
	t := &tracker{q: q}
	for i := range int64(90) {
		t.add(fix{vehicle, 1700000000 + 10*i, 59.9 + float64(i)/1000, 10.7})
		if len(t.buffer) >= 64 {
			if err := t.flush(ctx); err != nil {
				return "", err
			}
		}
	}
	if err := t.flush(ctx); err != nil {
		return "", err
	}
	n, err := q.CountPositions(ctx, vehicle)
	return fmt.Sprintf("%d positions", n), err
}

var fleetTrack = rowuse.Case{
	Name:   "positions of a vehicle are stored in batches",
	Why:    "The loop fills a buffer; 64 positions are one INSERT from json_each. The count is shown.",
	Driver: "sqlite3",
	Schema: `
CREATE TABLE positions (vehicle_id INTEGER NOT NULL, at INTEGER NOT NULL, lat REAL NOT NULL, lon REAL NOT NULL);
INSERT INTO positions VALUES (7, 1600000000, 60.1, 10.2), (8, 1600000000, 60.2, 10.3);
`,
	Run: func(ctx context.Context, db *sql.DB) (err error) {
		Sink, err = trackTrip(ctx, fleetdb.New(db), 7)
		return err
	},
}
