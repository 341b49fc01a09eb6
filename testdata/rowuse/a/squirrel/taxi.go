package squirrel

import (
	"context"
	"database/sql"
	"fmt"
	"io"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
	"github.com/nplusgone/nplusgone/testdata/rowuse/a/squirrel/taxi"
)

func listCabs(ctx context.Context, db *sql.DB, w io.Writer, where taxi.Point, metres float64) error {
	cabs, err := taxi.InBox(ctx, db, where, 0.02)
	if err != nil {
		return err
	}
	for _, c := range cabs {
		d := where.Distance(c.At)
		if d > metres {
			continue
		}
		fmt.Fprintf(w, "%-10s %-12s %6.0f m\n", c.Plate, c.Driver, d)
	}
	return nil
}

var taxiNearest = rowuse.Case{
	Name:   "free cabs within some metres",
	Why:    "SQL narrows to a box; the distance on the globe needs functions that SQLite does not have.",
	Driver: "sqlite3",
	Schema: `
CREATE TABLE cabs (plate TEXT PRIMARY KEY, driver TEXT NOT NULL, lat REAL NOT NULL, lon REAL NOT NULL, free INTEGER NOT NULL);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40) INSERT INTO cabs SELECT 'TX-' || i, 'Driver ' || i, 59.9 + i * 0.0004, 10.7 + i * 0.0007, 1 FROM n;
`,
	Run: func(ctx context.Context, db *sql.DB) error {
		return listCabs(ctx, db, io.Discard, taxi.Point{Lat: 59.9, Lon: 10.7}, 500)
	},
}
