// Package fleet follows the vehicles of a bus company.
package fleet

import (
	"context"
	"database/sql"
	"errors"
	"time"

	. "github.com/go-jet/jet/v2/postgres"

	blind "github.com/nplusgone/nplusgone/testdata/blind"
	"github.com/nplusgone/nplusgone/testdata/blind/b/fleet/gen/model"
	"github.com/nplusgone/nplusgone/testdata/blind/b/fleet/gen/table"
)

// Cases returns the programs of this folder.
func Cases() []blind.Case {
	return []blind.Case{
		{
			Name: "map", Driver: "pgx", Schema: pgSchema,
			Want: []string{blind.NPlusOne},
			Why:  "The last position is queried vehicle by vehicle; DISTINCT ON or a lateral join would do.",
			Run: func(ctx context.Context, db *sql.DB) error {
				_, err := (&Fleet{db}).Map(ctx)
				return err
			},
		},
		{
			Name: "overviews", Driver: "pgx", Schema: pgSchema,
			Why: "One join fills the nested structs; the nested loops run no statement.",
			Run: func(_ context.Context, db *sql.DB) error {
				_, err := (&Fleet{db}).Overviews()
				return err
			},
		},
		{
			Name: "roster", Driver: "pgx", Schema: pgSchema,
			Want: []string{blind.NPlusOne},
			Why:  "There is a cache, but it is empty and each driver drives one vehicle, so each look-up misses.",
			Run: func(ctx context.Context, db *sql.DB) error {
				_, err := (&Fleet{db}).Roster(ctx, newKnownDrivers(db))
				return err
			},
		},
		{
			Name: "roster by depot", Driver: "pgx", Schema: pgSchema,
			Why: "The cache is filled by one IN query before the loop.",
			Run: func(ctx context.Context, db *sql.DB) error {
				_, err := (&Fleet{db}).RosterByDepot(ctx)
				return err
			},
		},
		{
			Name: "readings", Driver: "postgres", Schema: pgSchema,
			Want: []string{blind.NPlusOne},
			Why:  "The sensors are read for each vehicle of each depot.",
			Run: func(ctx context.Context, db *sql.DB) error {
				_, err := (&Fleet{db}).Readings(ctx)
				return err
			},
		},
		{
			Name: "warnings", Driver: "postgres", Schema: pgSchema,
			Want: []string{blind.NPlusOne},
			Why:  "The sensors are read for each vehicle; the loop over kinds turns only once.",
			Run: func(ctx context.Context, db *sql.DB) error {
				_, err := (&Fleet{db}).Warnings(ctx, 70, "brake")
				return err
			},
		},
		{
			Name: "page", Driver: "pgx", Schema: pgSchema,
			Want: []string{blind.NPlusOne},
			Why:  "The template calls a method of each vehicle that queries its driver.",
			Run: func(ctx context.Context, db *sql.DB) error {
				_, err := (&Fleet{db}).Page(ctx)
				return err
			},
		},
		{
			Name: "ranked", Driver: "pgx", Schema: pgSchema,
			Want: []string{blind.NPlusOne + " " + blind.Duplicate},
			Why:  "Each comparison of the sort reads two drivers.",
			Run: func(_ context.Context, db *sql.DB) error {
				_, err := (&Fleet{db}).Ranked()
				return err
			},
		},
		{
			Name: "distances", Driver: "postgres", Schema: pgSchema,
			Why: "The ids are looked up twenty at a time.",
			Run: func(ctx context.Context, db *sql.DB) error {
				var trips []int64
				for id := range int64(105) {
					trips = append(trips, id+1)
				}
				_, err := (&Upkeep{db}).Distances(ctx, trips)
				return err
			},
		},
		{
			Name: "forget", Driver: "postgres", Schema: pgSchema,
			Want: []string{blind.RowDelete},
			Why:  "One DELETE for each retired vehicle.",
			Run: func(_ context.Context, db *sql.DB) error {
				n, err := (&Upkeep{db}).Forget()
				if err == nil && n == 0 {
					return errors.New("nothing was deleted")
				}
				return err
			},
		},
		{
			Name: "odometers", Driver: "pgx", Schema: pgSchema,
			Want: []string{blind.RowUpdate},
			Why:  "One UPDATE for each vehicle that has sent a number; UPDATE ... FROM (VALUES ...) would do.",
			Run: func(ctx context.Context, db *sql.DB) error {
				sent := map[int64]int64{}
				for g := range int64(19) {
					sent[3000+(g+1)*(g+1)*7] = g * 1234
				}
				return (&Upkeep{db}).Odometers(ctx, sent)
			},
		},
		{
			Name: "track", Driver: "pgx", Schema: pgSchema,
			Why: "All positions are stored by one statement that returns their ids.",
			Run: func(ctx context.Context, db *sql.DB) error {
				spots := make([]Spot, 33)
				ids, err := (&Upkeep{db}).Track(ctx, 3007, spots, time.Date(2024, 9, 2, 0, 0, 0, 0, time.UTC))
				if err == nil && len(ids) != len(spots) {
					return errors.New("some are missing")
				}
				return err
			},
		},
		{
			Name: "walk", Driver: "pgx", Schema: pgSchema,
			Why: "The same FETCH is repeated, but it moves on in a cursor.",
			Run: func(ctx context.Context, db *sql.DB) error {
				n := 0
				err := (&Upkeep{db}).Walk(ctx, func(model.Position) { n++ })
				if err == nil && n == 0 {
					return errors.New("no positions")
				}
				return err
			},
		},
		{
			Name: "close month", Driver: "pgx", Schema: pgSchema,
			Why: "Each tenant is billed in its own serializable transaction with its own setting; that cannot be put together.",
			Run: func(ctx context.Context, db *sql.DB) error {
				failed, err := (&Billing{db}).CloseMonth(ctx)
				for _, e := range failed {
					err = errors.Join(err, e)
				}
				return err
			},
		},
		{
			Name: "totals", Driver: "pgx", Schema: pgSchema,
			Why: "Four tables that are named in the source, one aggregate from each.",
			Run: func(ctx context.Context, db *sql.DB) error {
				_, err := (&Billing{db}).Totals(ctx)
				return err
			},
		},
		{
			Name: "papers", Driver: "postgres", Schema: pgSchema,
			Why: "Three numbers of a sequence and three times of the clock: the same text gives something new each time.",
			Run: func(ctx context.Context, db *sql.DB) error {
				p, err := (&Billing{db}).Issue(ctx)
				if err == nil && p.Waybill == p.Receipt {
					return errors.New("same number")
				}
				return err
			},
		},
		{
			Name: "offer", Driver: "sqlite3", Schema: liteSchema,
			Want: []string{blind.Duplicate},
			Why:  "Three steps of one offer load the same vehicle again.",
			Run: func(_ context.Context, db *sql.DB) error {
				_, err := (&Rental{db}).Offer("CD-107", 3)
				return err
			},
		},
		{
			Name: "register device", Driver: "sqlite3", Schema: liteSchema,
			Why: "The batch has one message; its device is looked up, made, and read again after the insert.",
			Run: func(ctx context.Context, db *sql.DB) error {
				_, _, err := (&Rental{db}).Register(ctx, []Hello{{"dev-9001"}})
				return err
			},
		},
		{
			Name: "hire", Driver: "sqlite3", Schema: liteSchema,
			Why: "The loop is a search that ends at the first vehicle that is free.",
			Run: func(ctx context.Context, db *sql.DB) error {
				_, err := (&Rental{db}).Hire(ctx, "Ada", []string{"CD-102", "CD-104", "CD-106", "CD-108", "CD-109", "CD-110"})
				return err
			},
		},
		{
			Name: "fleet of one vehicle", Driver: "pgx", Schema: pgSchema,
			Why: "The list holds one vehicle, so that the loop over its sensors turns once.",
			Run: func(ctx context.Context, db *sql.DB) error {
				_, err := table.Vehicle.UPDATE().SET(table.Vehicle.Retired.SET(Bool(true))).
					WHERE(table.Vehicle.ID.NOT_EQ(Int64(3007))).ExecContext(ctx, db)
				if err != nil {
					return err
				}
				_, err = (&Fleet{db}).Map(ctx)
				return err
			},
		},
	}
}
