package sqlc

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
	"github.com/nplusgone/nplusgone/testdata/rowuse/a/sqlc/racedb"
)

func printResults(ctx context.Context, q *racedb.Queries, w io.Writer, race int64) error {
	results, err := q.ListResults(ctx, race)
	if err != nil {
		return err
	}
	if len(results) == 0 {
		_, err := fmt.Fprintln(w, "no results yet")
		return err
	}
	tw := tabwriter.NewWriter(w, 0, 8, 1, ' ', tabwriter.AlignRight)
	for i, r := range results {
		fmt.Fprintf(tw, "%d\t%d/%d\t%s\t%d:%02d\t\n", i+1, r.RaceID, r.Bib, r.Runner, r.Seconds/60, r.Seconds%60)
	}
	return tw.Flush()
}

var raceResults = rowuse.Case{
	Name:   "result list of a race that has not been run",
	Why:    "Whether the list is empty is asked, but its rows are printed when it is not. It is empty in this run.",
	Driver: "sqlite3",
	Schema: `
CREATE TABLE results (race_id INTEGER NOT NULL, bib INTEGER NOT NULL, runner TEXT NOT NULL, seconds INTEGER NOT NULL, PRIMARY KEY (race_id, bib));
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 25) INSERT INTO results SELECT 1, i, 'Runner ' || i, 1800 + 7 * i FROM n;
`,
	Run: func(ctx context.Context, db *sql.DB) error {
		return printResults(ctx, racedb.New(db), io.Discard, 2)
	},
}
