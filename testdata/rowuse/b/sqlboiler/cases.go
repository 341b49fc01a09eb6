// Package sqlboiler has programs that use the code that sqlboiler generates.
package sqlboiler

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"strings"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
	"github.com/nplusgone/nplusgone/testdata/rowuse/b/sqlboiler/household"
	"github.com/nplusgone/nplusgone/testdata/rowuse/b/sqlboiler/lending"
	"github.com/nplusgone/nplusgone/testdata/rowuse/b/sqlboiler/oncall"
)

func series(n string) string {
	return "WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM s WHERE i < " + n + ")\n"
}

var (
	incidents = `CREATE TABLE incidents (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, service TEXT NOT NULL, severity TEXT NOT NULL, title TEXT NOT NULL, report TEXT NOT NULL, open BOOLEAN NOT NULL);
INSERT INTO incidents ` + series("48") + `SELECT i, 'svc'||(i%2), CASE i%4 WHEN 0 THEN 'high' ELSE 'low' END, 'Disk full '||i, hex(randomblob(300)), i > 40 FROM s;
`
	applicants = `CREATE TABLE applicants (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, vacancy INTEGER NOT NULL, name TEXT NOT NULL, stage TEXT NOT NULL, score INTEGER NOT NULL);
INSERT INTO applicants ` + series("60") + `SELECT i, 1 + i%2, 'applicant '||i, CASE WHEN i%5=0 THEN 'interview' ELSE 'rejected' END, i FROM s;
`
	loans = `CREATE TABLE borrowers (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, name TEXT NOT NULL, address TEXT NOT NULL);
CREATE TABLE loans (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, borrower_id INTEGER NOT NULL, title TEXT NOT NULL, due TEXT NOT NULL, returned BOOLEAN NOT NULL, FOREIGN KEY (borrower_id) REFERENCES borrowers (id));
INSERT INTO borrowers ` + series("12") + `SELECT i, 'reader '||i, i||' Oak St' FROM s;
INSERT INTO loans ` + series("40") + `SELECT i, 1 + i%12, 'Book '||i, '2024-12-'||(10 + i%20), i%3 = 0 FROM s;
`
	listings = `CREATE TABLE listings (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, title TEXT NOT NULL, price INTEGER NOT NULL, visible BOOLEAN NOT NULL);
INSERT INTO listings ` + series("1500") + `SELECT i, 'Bike '||i, 10 + i%300, i%9 <> 0 FROM s;
`
	households = `CREATE TABLE households (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, name TEXT NOT NULL, owner TEXT NOT NULL, currency TEXT NOT NULL);
INSERT INTO households ` + series("14") + `SELECT i, 'Home '||i, 'u'||i, 'EUR' FROM s;
`
	answers = `CREATE TABLE answers (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, survey INTEGER NOT NULL, question TEXT NOT NULL, answer TEXT NOT NULL);
`
	tours = `CREATE TABLE tours (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, region TEXT NOT NULL, name TEXT NOT NULL);
CREATE TABLE stages (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, tour_id INTEGER NOT NULL, number INTEGER NOT NULL, goal TEXT NOT NULL, km REAL NOT NULL, FOREIGN KEY (tour_id) REFERENCES tours (id));
INSERT INTO tours ` + series("12") + `SELECT i, CASE WHEN i%2=0 THEN 'Alps' ELSE 'Tatra' END, 'Tour '||i FROM s;
INSERT INTO stages ` + series("60") + `SELECT i, 1 + i%12, 1 + i/12, 'Hut '||i, 7.5 + i%9 FROM s;
`
)

// Cases lists the programs.
func Cases() []rowuse.Case {
	return []rowuse.Case{
		{
			Name:   "incidents of a service by severity",
			Want:   []string{rowuse.AggregateInApp},
			May:    []string{rowuse.UnusedColumns},
			Why:    "All incidents with their reports are fetched to count them per severity: GROUP BY.",
			Driver: "sqlite3",
			Schema: incidents,
			Run: func(ctx context.Context, db *sql.DB) error {
				return oncall.Severities(ctx, io.Discard, &oncall.Incidents{DB: db}, "svc1")
			},
		},
		{
			Name:   "the shortlist for a vacancy",
			Want:   []string{rowuse.FilterInApp},
			Why:    "All applicants are fetched and most are dropped by stage and score.",
			Driver: "sqlite3",
			Schema: applicants,
			Run: func(ctx context.Context, db *sql.DB) error {
				return printShortlist(ctx, io.Discard, applicantRepo{db}, 5, 30)
			},
		},
		{
			Name:   "the slip of a loan",
			Want:   []string{rowuse.RedundantLookup},
			May:    []string{rowuse.UnusedColumns},
			Why:    "The borrower is loaded only for the id, which the loan has as borrower_id.",
			Driver: "sqlite3",
			Schema: loans,
			Run: func(ctx context.Context, db *sql.DB) error {
				slip, err := (&lending.Desk{DB: db}).Slip(ctx, 8)
				Sink = slip
				return err
			},
		},
		{
			Name:   "the bazaar",
			Want:   []string{rowuse.UnboundedResult},
			Why:    "All visible listings are rendered, without a limit.",
			Driver: "sqlite3",
			Schema: listings,
			Run: func(ctx context.Context, db *sql.DB) error {
				return renderBazaar(ctx, io.Discard, &listingStore{db})
			},
		},
		{
			Name:   "the title of a household's books",
			Want:   []string{rowuse.Duplicate},
			Why:    "The household is found by the same statement for the permission and for the title.",
			Driver: "sqlite3",
			Schema: households,
			Run: func(ctx context.Context, db *sql.DB) error {
				title, err := (&household.Books{DB: db}).Title(ctx, 6, "u6")
				Sink = title
				return err
			},
		},
		{
			Name:   "the answers of a form",
			Want:   []string{rowuse.RowInsert},
			Why:    "Each answer is inserted by a statement of its own.",
			Driver: "sqlite3",
			Schema: answers,
			Run: func(ctx context.Context, db *sql.DB) error {
				n, err := (&surveyStore{db}).submit(ctx, 3, strings.NewReader(`{"age":"40","name":"x","town":"y","car":"no","dog":"yes","tea":"yes"}`))
				Sink = n
				return err
			},
		},
		{
			Name:   "the light of a service",
			Why:    "Exists asks for existence only. The service has no incidents.",
			Driver: "sqlite3",
			Schema: incidents,
			Run: func(ctx context.Context, db *sql.DB) error {
				light, err := oncall.Light(ctx, &oncall.Incidents{DB: db}, "svc9")
				Sink = light
				return err
			},
		},
		{
			Name:   "an index of applicants",
			Why:    "The rows are kept in the map of a struct, which is asked later.",
			Driver: "sqlite3",
			Schema: applicants,
			Run: func(ctx context.Context, db *sql.DB) error {
				x := new(applicantIndex)
				if err := x.fill(ctx, db, 2); err != nil {
					return err
				}
				a, ok := x.get("applicant 31")
				if !ok {
					return errors.New("not found")
				}
				Sink = []any{x, a}
				return nil
			},
		},
		{
			Name:   "a loan extended by open days",
			May:    []string{rowuse.ReadModifyWrite},
			Why:    "The new day comes from the library's calendar, which SQL does not know.",
			Driver: "sqlite3",
			Schema: loans,
			Run: func(ctx context.Context, db *sql.DB) error {
				l, err := (&lending.Desk{DB: db}).Extend(ctx, lending.Calendar{Holidays: map[string]bool{"12-25": true}}, 11, 5)
				Sink = l
				return err
			},
		},
		{
			Name:   "a page of the bazaar",
			Why:    "The page has a limit, and the total is shown beside its rows.",
			Driver: "sqlite3",
			Schema: listings,
			Run: func(ctx context.Context, db *sql.DB) error {
				return writeBazaarPage(ctx, io.Discard, &listingStore{db}, 50)
			},
		},
		{
			Name:   "a household renamed",
			Why:    "The household is read again after the update, and both states are returned.",
			Driver: "sqlite3",
			Schema: households,
			Run: func(ctx context.Context, db *sql.DB) error {
				now, before, err := (&household.Books{DB: db}).Rename(ctx, 9, "Villa")
				Sink = []any{now, before}
				return err
			},
		},
		{
			Name:   "the tours of a region with their stages",
			Why:    "Tours and stages are printed whole, with the number and the sum beside them.",
			Driver: "sqlite3",
			Schema: tours,
			Run:    func(ctx context.Context, db *sql.DB) error { return (&guide{db, io.Discard}).print(ctx, "Alps") },
		},
		{
			Name:   "the legend of a map",
			Why:    "Only the two columns that are printed are selected.",
			Driver: "sqlite3",
			Schema: tours,
			Run:    func(ctx context.Context, db *sql.DB) error { return (&guide{db, io.Discard}).printLegend(ctx, "Tatra") },
		},
	}
}
