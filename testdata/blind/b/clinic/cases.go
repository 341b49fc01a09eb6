// Package clinic keeps the patients of a hospital: wards, visits and laboratory values.
package clinic

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"

	blind "github.com/nplusgone/nplusgone/testdata/blind"
	"github.com/nplusgone/nplusgone/testdata/blind/b/clinic/ent"
	"github.com/nplusgone/nplusgone/testdata/blind/b/clinic/ent/patient"
)

func onPostgres(fn func(ctx context.Context, client *ent.Client) error) func(context.Context, *sql.DB) error {
	return func(ctx context.Context, db *sql.DB) error {
		return fn(ctx, ent.NewClient(ent.Driver(entsql.OpenDB(dialect.Postgres, db))))
	}
}

func onSQLite(fn func(ctx context.Context, client *ent.Client) error) func(context.Context, *sql.DB) error {
	return func(ctx context.Context, db *sql.DB) error {
		return fn(ctx, ent.NewClient(ent.Driver(entsql.OpenDB(dialect.SQLite, db))))
	}
}

func observations(visit, n int) []Observation {
	codes := []string{"NA", "K", "CREA", "HB", "CRP", "TSH", "GLU"}
	var out []Observation
	for i := range n {
		o := Observation{Visit: visit, Code: codes[i%len(codes)], Value: float64(i) / 3}
		if i%4 == 0 {
			o.Flag = "L"
		}
		out = append(out, o)
	}
	return out
}

// Cases returns the programs of this folder.
func Cases() []blind.Case {
	return []blind.Case{
		{
			Name: "morning round", Driver: "pgx", Schema: pgTables + pgRows,
			Want: []string{blind.NPlusOne},
			Why:  "The last visit is queried for each admitted patient.",
			Run: onPostgres(func(ctx context.Context, client *ent.Client) error {
				_, err := (&Rounds{client}).Morning(ctx)
				return err
			}),
		},
		{
			Name: "evening round", Driver: "pgx", Schema: pgTables + pgRows,
			Why: "Wards, visits and results are loaded eagerly, one statement for each edge.",
			Run: onPostgres(func(ctx context.Context, client *ent.Client) error {
				_, err := (&Rounds{client}).Evening(ctx)
				return err
			}),
		},
		{
			Name: "visit cards", Driver: "pgx", Schema: pgTables + pgRows,
			Want: []string{blind.NPlusOne}, May: []string{blind.Duplicate},
			Why: "The resolver reads the patient of each visit with a statement of its own.",
			Run: onPostgres(func(ctx context.Context, client *ent.Client) error {
				_, err := (&Desk{client, edgeResolver{}}).Cards(ctx, 15)
				return err
			}),
		},
		{
			Name: "visit fees", Driver: "pgx", Schema: pgTables + pgRows,
			Want: []string{blind.NPlusOne},
			Why:  "A goroutine for each visit counts its lab values; one GROUP BY would do.",
			Run: onPostgres(func(ctx context.Context, client *ent.Client) error {
				_, err := Fees(ctx, client, 120)
				return err
			}),
		},
		{
			Name: "ward outline", Driver: "pgx", Schema: pgTables + pgRows,
			Want: []string{blind.Recursive}, May: []string{blind.NPlusOne},
			Why: "The function that prints a ward queries its units and calls itself for each.",
			Run: onPostgres(func(ctx context.Context, client *ent.Client) error {
				_, err := Outline(ctx, client)
				return err
			}),
		},
		{
			Name: "bed report", Driver: "sqlite3", Schema: liteTables + liteRows,
			Want: []string{blind.NPlusOne},
			Why:  "One COUNT for each ward.",
			Run: onSQLite(func(_ context.Context, client *ent.Client) error {
				_, err := (&bedManager{client}).Report()
				return err
			}),
		},
		{
			Name: "bed summary", Driver: "sqlite3", Schema: liteTables + liteRows,
			Why: "The counts come from one grouped query; the loop only looks them up.",
			Run: onSQLite(func(ctx context.Context, client *ent.Client) error {
				_, err := (&bedManager{client}).Summary(ctx)
				return err
			}),
		},
		{
			Name: "hall board", Driver: "sqlite3", Schema: liteTables + liteRows,
			Why: "Six counts that are all written down in the source; their number does not grow with the data.",
			Run: onSQLite(func(_ context.Context, client *ent.Client) error {
				_, err := (&bedManager{client}).HallBoard()
				return err
			}),
		},
		{
			Name: "discharge", Driver: "pgx", Schema: pgTables + pgRows,
			Want: []string{blind.RowUpdate}, May: []string{blind.NPlusOne},
			Why: "Each patient gets the same values by an UPDATE of its own.",
			Run: onPostgres(func(ctx context.Context, client *ent.Client) error {
				n, err := DischargeLowRisk(ctx, client, 3, time.Date(2024, 6, 1, 10, 0, 0, 0, time.UTC))
				if err == nil && n < 5 {
					return errors.New("too few")
				}
				return err
			}),
		},
		{
			Name: "exchange beds", Driver: "pgx", Schema: pgTables + pgRows,
			Why: "Exactly two rows are locked one after the other, in a fixed order so that there is no deadlock.",
			Run: onPostgres(func(ctx context.Context, client *ent.Client) error {
				return Exchange(ctx, client, 80, 58)
			}),
		},
		{
			Name: "plan follow-ups", Driver: "pgx", Schema: pgTables + pgRows,
			Want: []string{blind.NPlusOne}, May: []string{blind.Recursive},
			Why: "The rows are inserted by one statement, but the hook reads a patient for each of them.",
			Run: onPostgres(func(ctx context.Context, client *ent.Client) error {
				ids, err := client.Patient.Query().Where(patient.RiskGTE(2)).IDs(ctx)
				if err != nil {
					return err
				}
				_, err = NewScheduler(client).PlanFor(ctx, time.Date(2024, 7, 1, 8, 0, 0, 0, time.UTC), ids)
				return err
			}),
		},
		{
			Name: "lab message", Driver: "sqlite3", Schema: liteTables + liteRows,
			Want: []string{blind.RowInsert},
			Why:  "One INSERT for each segment of the message.",
			Run: onSQLite(func(ctx context.Context, client *ent.Client) error {
				_, err := (&LabGateway{client}).Receive(ctx, observations(203, 18))
				return err
			}),
		},
		{
			Name: "lab feed", Driver: "pgx", Schema: pgTables + pgRows,
			Why: "The rows are inserted in chunks of 25.",
			Run: onPostgres(func(ctx context.Context, client *ent.Client) error {
				v, err := client.Visit.Query().FirstID(ctx)
				if err != nil {
					return err
				}
				return (&LabGateway{client}).ReceiveFeed(ctx, observations(v, 160))
			}),
		},
		{
			Name: "await result", Driver: "pgx", Schema: pgTables + pgRows,
			Why: "The same query is repeated on purpose, until another process has written the row.",
			Run: onPostgres(func(ctx context.Context, client *ent.Client) error {
				v, err := client.Visit.Query().FirstID(ctx)
				if err != nil {
					return err
				}
				gw := &LabGateway{client}
				posted := make(chan error, 1)
				time.AfterFunc(70*time.Millisecond, func() {
					posted <- gw.store(ctx, Observation{Visit: v, Code: "TROP", Value: 0.04})
				})
				_, err = gw.Await(ctx, v, "TROP", 10*time.Millisecond)
				return errors.Join(err, <-posted)
			}),
		},
		{
			Name: "census", Driver: "pgx", Schema: pgTables + pgRows,
			Why: "Pages by key, and one grouped query for each page.",
			Run: onPostgres(func(ctx context.Context, client *ent.Client) error {
				_, err := Census(ctx, client, 5)
				return err
			}),
		},
	}
}
