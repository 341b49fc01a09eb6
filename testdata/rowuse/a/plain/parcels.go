package plain

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
	"github.com/nplusgone/nplusgone/testdata/rowuse/a/plain/collections"
	"github.com/nplusgone/nplusgone/testdata/rowuse/a/plain/parcels"
)

type depotReport struct {
	dao *parcels.DAO
	out io.Writer
}

func (d *depotReport) run(ctx context.Context, depot string) error {
	all, err := d.dao.FindByDepot(ctx, depot)
	if err != nil {
		return fmt.Errorf("depot %s: %w", depot, err)
	}
	late := collections.Filter(all, func(p parcels.Parcel) bool { return p.Status == parcels.Delayed })
	tw := tabwriter.NewWriter(d.out, 0, 4, 2, ' ', 0)
	fmt.Fprintln(tw, "TRACKING\tRECIPIENT\tCITY")
	for _, p := range late {
		fmt.Fprintf(tw, "%s\t%s\t%s\n", p.Tracking, p.Recipient, strings.ToUpper(p.City))
	}
	return tw.Flush()
}

var parcelsLate = rowuse.Case{
	Name:   "report of late parcels of a depot",
	Want:   []string{rowuse.FilterInApp},
	Why:    "All parcels of the depot are read and only those with one status are kept by a generic Filter.",
	Driver: "sqlite3",
	Schema: `
CREATE TABLE parcels (tracking TEXT PRIMARY KEY, depot TEXT NOT NULL, recipient TEXT NOT NULL, city TEXT NOT NULL, status TEXT NOT NULL);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 54) INSERT INTO parcels SELECT 'TRK' || (1000 + i), CASE i % 2 WHEN 0 THEN 'north' ELSE 'south' END, 'r' || i, 'Oslo', CASE WHEN i % 9 = 0 THEN 'delayed' WHEN i % 3 = 0 THEN 'delivered' ELSE 'in_transit' END FROM n;
INSERT INTO parcels VALUES ('TRK2001', 'west', 'r90', 'Moss', 'delivered'), ('TRK2002', 'west', 'r91', 'Moss', 'delayed'), ('TRK2003', 'west', 'r92', 'Ski', 'in_transit');
`,
	Run: func(ctx context.Context, db *sql.DB) error {
		var b strings.Builder
		rep := &depotReport{dao: parcels.NewDAO(db), out: &b}
		err := rep.run(ctx, "west")
		Sink = b.String()
		return err
	},
}
