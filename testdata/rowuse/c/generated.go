package c

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"sort"

	entsql "entgo.io/ent/dialect/sql"
	"github.com/aarondl/sqlboiler/v4/queries/qm"
	"github.com/georgysavva/scany/v2/sqlscan"
	"github.com/go-jet/jet/v2/qrm"
	"github.com/go-jet/jet/v2/sqlite"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
	"github.com/nplusgone/nplusgone/testdata/rowuse/a/gojet/gen/model"
	"github.com/nplusgone/nplusgone/testdata/rowuse/a/gojet/gen/table"
	"github.com/nplusgone/nplusgone/testdata/rowuse/b/ent/ent"
	"github.com/nplusgone/nplusgone/testdata/rowuse/b/ent/ent/harvest"
	"github.com/nplusgone/nplusgone/testdata/rowuse/b/ent/ent/player"
	"github.com/nplusgone/nplusgone/testdata/rowuse/b/sqlboiler/models"
)

const squads = `CREATE TABLE clubs (id INTEGER PRIMARY KEY, name TEXT NOT NULL, city TEXT NOT NULL);
CREATE TABLE players (id INTEGER PRIMARY KEY, name TEXT NOT NULL, bio TEXT NOT NULL, shirt INTEGER NOT NULL, club_id INTEGER);
INSERT INTO clubs WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM s WHERE i < 6) SELECT i, 'club '||i, 'Porto' FROM s;
INSERT INTO players WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM s WHERE i < 60) SELECT i, 'player '||i, 'bio '||i, i%30, 1 + i%6 FROM s;`

// Ent lists the programs on ent.
func Ent() []rowuse.Case {
	return []rowuse.Case{
		onSQLite("club that a player's licence names",
			"The edge is loaded with a second query only for the club's id, which the player has as club_id.", squads,
			withEnt(func(ctx context.Context, c *ent.Client) error {
				text, err := licence(ctx, c, 5)
				Sink = text
				return err
			}), rowuse.RedundantLookup),
		onSQLite("card of a player",
			"The club's name and city are printed.", squads,
			withEnt(func(ctx context.Context, c *ent.Client) error { return card(ctx, c, io.Discard, 5) })),
		onSQLite("average harvest of a farm",
			"All harvests are loaded to divide their sum by their number: AVG(tonnes).",
			`CREATE TABLE harvests (id INTEGER PRIMARY KEY, farm TEXT NOT NULL, plot TEXT NOT NULL, year INTEGER NOT NULL, tonnes REAL NOT NULL);
INSERT INTO harvests `+series("30")+`SELECT i, 'hill', 'plot '||i, 2000+i, i*1.5 FROM s;`,
			withEnt(func(ctx context.Context, c *ent.Client) error {
				t, err := averageHarvest(ctx, c, "hill")
				Sink = t
				return err
			}), rowuse.AggregateInApp),
	}
}

func withEnt(f func(context.Context, *ent.Client) error) func(context.Context, *sql.DB) error {
	return func(ctx context.Context, db *sql.DB) error {
		return f(ctx, ent.NewClient(ent.Driver(entsql.OpenDB("sqlite3", db))))
	}
}

func licence(ctx context.Context, c *ent.Client, id int) (string, error) {
	p, err := c.Player.Query().Where(player.ID(id)).WithClub().Only(ctx)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%d/%d/%s", p.Edges.Club.ID, p.ID, p.Name), nil
}

func card(ctx context.Context, c *ent.Client, w io.Writer, id int) error {
	p, err := c.Player.Query().Where(player.ID(id)).WithClub().Only(ctx)
	if err != nil {
		return err
	}
	club := p.Edges.Club
	_, err = fmt.Fprintf(w, "%d %s (%s)\n%s, %s (%d)\n", p.Shirt, p.Name, p.Bio, club.Name, club.City, club.ID)
	return err
}

func averageHarvest(ctx context.Context, c *ent.Client, farm string) (float64, error) {
	all, err := c.Harvest.Query().Where(harvest.Farm(farm)).All(ctx)
	if err != nil {
		return 0, err
	}
	if len(all) == 0 {
		return 0, nil
	}
	var sum float64
	for i := range all {
		sum += all[i].Tonnes
	}
	return sum / float64(len(all)), nil
}

const candidates = `CREATE TABLE applicants (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, vacancy INTEGER NOT NULL, name TEXT NOT NULL, stage TEXT NOT NULL, score INTEGER NOT NULL);
INSERT INTO applicants `

// Sqlboiler lists the programs on sqlboiler.
func Sqlboiler() []rowuse.Case {
	return []rowuse.Case{
		onSQLite("best score for a vacancy",
			"All applicants are sorted in Go for the highest score: MAX(score).",
			candidates+series("50")+`SELECT i, 1, 'applicant '||i, 'new', (i*37)%50 FROM s;`,
			func(ctx context.Context, db *sql.DB) error {
				best, err := bestScore(ctx, db, 1)
				Sink = best
				return err
			}, rowuse.AggregateInApp),
		onSQLite("ranking of a vacancy",
			"All applicants are sorted in Go by a weight that is computed in Go, and all are printed.",
			candidates+series("40")+`SELECT i, 1, 'applicant '||i, 'new', (i*37)%50 FROM s;`,
			func(ctx context.Context, db *sql.DB) error { return ranking(ctx, db, io.Discard, 1) }),
	}
}

func bestScore(ctx context.Context, db *sql.DB, vacancy int64) (int64, error) {
	list, err := models.Applicants(models.ApplicantWhere.Vacancy.EQ(vacancy)).All(ctx, db)
	if err != nil || len(list) == 0 {
		return 0, err
	}
	sort.Slice(list, func(i, j int) bool { return list[i].Score > list[j].Score })
	return list[0].Score, nil
}

func ranking(ctx context.Context, db *sql.DB, w io.Writer, vacancy int64) error {
	list, err := models.Applicants(models.ApplicantWhere.Vacancy.EQ(vacancy), qm.OrderBy("id")).All(ctx, db)
	if err != nil {
		return err
	}
	weight := func(a *models.Applicant) int64 { return a.Score*10 + int64(len(a.Name)) }
	sort.SliceStable(list, func(i, j int) bool { return weight(list[i]) > weight(list[j]) })
	for n, a := range list {
		fmt.Fprintln(w, n+1, a.ID, a.Vacancy, a.Name, a.Stage, a.Score)
	}
	return nil
}

const lost = `CREATE TABLE lost_items (id INTEGER PRIMARY KEY, what TEXT NOT NULL, place TEXT NOT NULL, found_on TEXT NOT NULL, state TEXT NOT NULL);
INSERT INTO lost_items `

// Jet lists the programs on jet.
func Jet() []rowuse.Case {
	return []rowuse.Case{
		onSQLite("number of things that were found in a place",
			"All things are fetched for their number: COUNT(*).",
			lost+series("30")+`SELECT i, 'umbrella', 'hall', '2024-02-0'||(1+i%9), 'kept' FROM s;`,
			func(ctx context.Context, db *sql.DB) error {
				_, err := fmt.Fprintf(io.Discard, "%d things\n", must(foundIn(ctx, db, "hall")))
				return err
			}, rowuse.FetchToCount),
		onSQLite("things that were found in a place",
			"The number is the heading of the list.",
			lost+series("30")+`SELECT i, 'umbrella', 'hall', '2024-02-0'||(1+i%9), 'kept' FROM s;`,
			func(ctx context.Context, db *sql.DB) error {
				list, err := things(ctx, db, "hall")
				if err != nil {
					return err
				}
				fmt.Fprintf(io.Discard, "%d things\n", len(list))
				for _, x := range list {
					fmt.Fprintln(io.Discard, x.ID, x.What, x.Place, x.FoundOn, x.State)
				}
				return nil
			}),
	}
}

func things(ctx context.Context, db qrm.Queryable, place string) ([]model.LostItems, error) {
	l := table.LostItems
	var list []model.LostItems
	err := sqlite.SELECT(l.AllColumns).FROM(l).WHERE(l.Place.EQ(sqlite.String(place))).ORDER_BY(l.FoundOn).QueryContext(ctx, db, &list)
	return list, err
}

func foundIn(ctx context.Context, db qrm.Queryable, place string) (int, error) {
	list, err := things(ctx, db, place)
	return len(list), err
}

const watering = `CREATE TABLE beds (id INTEGER PRIMARY KEY, garden TEXT, crop TEXT, dry BOOLEAN, litres INTEGER);
INSERT INTO beds `

// Scany lists the programs on scany.
func Scany() []rowuse.Case {
	return []rowuse.Case{
		onSQLite("beds of a garden that are dry",
			"All beds are fetched, and those that are not dry are skipped in a loop.",
			watering+series("32")+`SELECT i, 'south', 'beans', i%3 = 0, 5*i FROM s;`,
			func(ctx context.Context, db *sql.DB) error {
				return dryBeds(ctx, db, func(b bed) { fmt.Fprintln(io.Discard, b.ID, b.Crop, b.Litres) })
			}, rowuse.FilterInApp),
		onSQLite("water for all beds of a garden",
			"A dry bed gets twice the water; each bed gets some.",
			watering+series("32")+`SELECT i, 'south', 'beans', i%3 = 0, 5*i FROM s;`,
			func(ctx context.Context, db *sql.DB) error {
				plan := map[int]int{}
				list, err := bedsOf(ctx, db, "south")
				for _, b := range list {
					litres := b.Litres
					if b.Dry {
						litres *= 2
					}
					plan[b.ID] = litres
					fmt.Fprintln(io.Discard, b.Crop, litres)
				}
				if err == nil {
					err = json.NewEncoder(io.Discard).Encode(plan)
				}
				return err
			}),
	}
}

type bed struct {
	ID     int
	Crop   string
	Dry    bool
	Litres int
}

func bedsOf(ctx context.Context, db sqlscan.Querier, garden string) (list []bed, err error) {
	err = sqlscan.Select(ctx, db, &list, `SELECT id, crop, dry, litres FROM beds WHERE garden = ?`, garden)
	return list, err
}

func dryBeds(ctx context.Context, db sqlscan.Querier, water func(bed)) error {
	list, err := bedsOf(ctx, db, "south")
	if err != nil {
		return err
	}
	for _, b := range list {
		if !b.Dry {
			continue
		}
		water(b)
	}
	return nil
}
