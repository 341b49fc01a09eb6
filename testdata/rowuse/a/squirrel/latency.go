package squirrel

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
	"github.com/nplusgone/nplusgone/testdata/rowuse/a/squirrel/latency"
)

var latencyReport = rowuse.Case{
	Name:   "median, 95th percentile and deviation of an endpoint",
	Why:    "Interpolated quantiles and the median deviation are no aggregates of SQLite.",
	Driver: "sqlite3",
	Schema: `
CREATE TABLE samples (id INTEGER PRIMARY KEY, endpoint TEXT NOT NULL, at INTEGER NOT NULL, millis REAL NOT NULL);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60) INSERT INTO samples SELECT i, CASE i % 2 WHEN 0 THEN '/login' ELSE '/search' END, 1000 + i, 5 + (i * 31) % 47 FROM n;
`,
	Run: func(ctx context.Context, db *sql.DB) error {
		ms, err := latency.Samples{DB: db}.Millis(ctx, "/logout", 1010)
		if err != nil {
			return err
		}
		Sink = fmt.Sprintf("%+v", latency.Summarize(ms))
		return nil
	},
}
