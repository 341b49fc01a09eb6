// Package analytics makes reports: generic helpers, iterators, and a good deal of SQL.
package analytics

import (
	"context"
	"database/sql"
	"io"
	"time"

	"github.com/nplusgone/nplusgone/testdata/corpus"
)

// Cases are reports.
func Cases() []corpus.Case {
	date := func(month time.Month, day int) time.Time { return time.Date(2024, month, day, 0, 0, 0, 0, time.UTC) }
	return corpus.Seeded(schema, []corpus.Case{
		{Name: "day by day", Want: []string{corpus.NPlusOne},
			Why: "a statement for each day of a period of any length, where GROUP BY would do",
			Run: func(ctx context.Context, db *sql.DB) error {
				return discard(daily(ctx, db, date(1, 3), date(2, 2)))
			}},
		{Name: "sums while regions are read", Want: []string{corpus.NPlusOne}, Run: printing(perRegion),
			Why: "a sum for each value of an iterator over rows"},
		{Name: "sums by a generic helper", Want: []string{corpus.NPlusOne},
			Why: "the loop stands in a helper",
			Run: func(ctx context.Context, db *sql.DB) error { return discard(enriched(ctx, db)) }},
		{Name: "sums over a map", Want: []string{corpus.NPlusOne},
			Why: "a sum for each entry, in the order of a map",
			Run: func(ctx context.Context, db *sql.DB) error { return discard(byName(ctx, db)) }},
		{Name: "cell by cell", Want: []string{corpus.NPlusOne},
			Why: "48 statements for a table that one GROUP BY of two columns fills",
			Run: func(ctx context.Context, db *sql.DB) error { return discard(matrix(ctx, db)) }},
		{Name: "rate of each sale", Want: []string{corpus.NPlusOne}, May: []string{corpus.Duplicate},
			Why: "a rate by day and currency for each sale that needs one",
			Run: func(ctx context.Context, db *sql.DB) error { return discard(converted(ctx, db)) }},
		{Name: "regions pulled", Want: []string{corpus.NPlusOne}, Run: printing(pulled),
			Why: "a sum for each value that iter.Pull hands out"},
		{Name: "months against targets", Want: []string{corpus.NPlusOne}, Run: printing(againstTarget),
			Why: "a target by region and month for each row"},
		{Name: "products by a named argument", Want: []string{corpus.NPlusOne}, May: []string{corpus.Duplicate}, Run: printing(named),
			Why: "a product for each sale; how its key is bound makes no difference"},
		{Name: "total in header and footer", Want: []string{corpus.Duplicate}, Run: printing(framed),
			Why: "two functions ask for the same sum"},
		{Name: "snapshot region by region", Want: []string{corpus.RowInsert},
			Why: "INSERT … SELECT would do it",
			Run: func(ctx context.Context, db *sql.DB) error { return snapshot(ctx, db, "2024-02-10") }},
		{Name: "managers without a context", Want: []string{corpus.NPlusOne}, NoContext: true,
			Why: "a prepared statement runs for each region",
			Run: func(_ context.Context, db *sql.DB) error { return managers(db, io.Discard) }},

		{Name: "grouped by day", Run: printing(grouped),
			Why: "one statement"},
		{Name: "export", Run: printing(export),
			Why: "one statement, its rows streamed"},
		{Name: "export in pages", Run: printing(exportPaged),
			Why: "keyset paging"},
		{Name: "twelve months",
			Why: "a year has twelve months; the number does not grow with the data",
			Run: func(ctx context.Context, db *sql.DB) error { return discard(year(ctx, db)) }},
		{Name: "seven days",
			Why: "a fixed number of turns",
			Run: func(ctx context.Context, db *sql.DB) error { return discard(week(ctx, db, date(2, 1))) }},
		{Name: "four quarters", Run: printing(perQuarter),
			Why: "an array of the source"},
		{Name: "dashboard",
			Why: "six boxes, each a statement of its own",
			Run: func(ctx context.Context, db *sql.DB) error { return discard(dashboard(ctx, db)) }},
		{Name: "dashboard at once",
			Why: "six boxes, each a statement of its own, on goroutines",
			Run: func(ctx context.Context, db *sql.DB) error { return discard(dashboardAtOnce(ctx, db)) }},
		{Name: "pages with their products", Run: printing(namedPages),
			Why: "two statements for each page of eleven"},
		{Name: "two days compared",
			Why: "two calls for two days",
			Run: func(ctx context.Context, db *sql.DB) error {
				return discard(compared(ctx, db, "2024-01-08", "2024-01-07"))
			}},
		{Name: "running sum",
			Why: "one statement",
			Run: func(ctx context.Context, db *sql.DB) error { return discard(running(ctx, db)) }},
		{Name: "two results joined in memory",
			Why: "two statements and a map",
			Run: func(ctx context.Context, db *sql.DB) error { return discard(joined(ctx, db)) }},
		{Name: "saved reports", Run: printing(saved),
			Why: "each row is a statement that a user has written; no other one does the same"},
		{Name: "percentiles", Run: printing(percentiles),
			Why: "four points that are written down in the source"},
		{Name: "tables described", Run: printing(describe),
			Why: "questions to the catalog"},
	})
}

func printing(fn func(context.Context, *sql.DB, io.Writer) error) func(context.Context, *sql.DB) error {
	return func(ctx context.Context, db *sql.DB) error { return fn(ctx, db, io.Discard) }
}

func discard[T any](_ T, err error) error { return err }
