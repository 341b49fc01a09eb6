// Package fleet serves the vehicles of a haulier over GraphQL.
package fleet

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/graphql-go/graphql"

	"github.com/nplusgone/nplusgone/testdata/blind"
)

func do(query string) func(context.Context, *sql.DB) error {
	return func(ctx context.Context, db *sql.DB) error {
		schema, err := newAPI(db).schema()
		if err != nil {
			return err
		}
		res := graphql.Do(graphql.Params{Schema: schema, RequestString: query, Context: ctx})
		if res.HasErrors() {
			return fmt.Errorf("graphql: %v", res.Errors)
		}
		return nil
	}
}

const nineReadings = `[{plate: "AB-1041", km: 120900}, {plate: "AB-1077", km: 90500}, {plate: "AC-2210", km: 334000}, {plate: "BD-3300", km: 71300}, {plate: "BD-3318", km: 64100}, {plate: "BE-4001", km: 51900}, {plate: "BE-4002", km: 9300}, {plate: "BE-4090", km: 9000}, {plate: "CF-5100", km: 45200}]`

// Cases returns the requests of the application.
func Cases() []blind.Case {
	return []blind.Case{
		{
			Name: "vehicles with driver", Driver: "sqlite3", Schema: tables,
			Want: []string{blind.NPlusOne},
			May:  []string{blind.Duplicate},
			Why:  "The resolver of Vehicle.driver selects a driver for each vehicle, without the context.",
			Run:  do(`{ vehicles { plate model driver { name } } }`),
		},
		{
			Name: "vehicles with last service", Driver: "pgx", Schema: tables,
			Want: []string{blind.NPlusOne},
			Why:  "The resolver selects the last service of each vehicle.",
			Run:  do(`{ vehicles { plate lastService { doneOn cost } } }`),
		},
		{
			Name: "costs of vehicles", Driver: "sqlite3", Schema: tables,
			Want: []string{blind.NPlusOne},
			Why:  "A new loader for each vehicle gathers nothing: its IN list has one key each time.",
			Run:  do(`{ vehicles { plate costs } }`),
		},
		{
			Name: "vehicles with assignee", Driver: "sqlite3", Schema: tables,
			Why: "The loader of the request gathers the keys of all thunks into one IN list.",
			Run: do(`{ vehicles { plate assignee { name } } }`),
		},
		{
			Name: "vehicles with crew", Driver: "pgx", Schema: tables,
			Why: "The list's resolver looks ahead and fetches all the drivers with one IN list.",
			Run: do(`{ vehicles { plate crew { name } } }`),
		},
		{
			Name: "statistics", Driver: "sqlite3", Schema: tables,
			Why: "Five counts of different things, each written down in the schema.",
			Run: do(`{ stats { vehicles drivers unassigned services depots } }`),
		},
		{
			Name: "depots below", Driver: "sqlite3", Schema: tables,
			Want: []string{blind.Recursive},
			May:  []string{blind.NPlusOne},
			Why:  "The tree of depots is loaded by a function that calls itself for each node.",
			Run:  do(`{ depotsBelow(code: "EU") { code children { code children { code } } } }`),
		},
		{
			Name: "depot tree", Driver: "pgx", Schema: tables,
			Why: "One recursive CTE; the function that calls itself only links rows in memory.",
			Run: do(`{ depot(code: "EU") { code children { code children { code children { code } } } } }`),
		},
		{
			Name: "record odometers", Driver: "sqlite3", Schema: tables,
			Want: []string{blind.RowUpdate},
			Why:  "One UPDATE for each reading of the input list.",
			Run:  do(`mutation { recordOdometers(readings: ` + nineReadings + `) }`),
		},
		{
			Name: "sync odometers", Driver: "sqlite3", Schema: tables,
			Why: "One UPDATE with a CASE for all the readings.",
			Run: do(`mutation { syncOdometers(readings: ` + nineReadings + `) }`),
		},
		{
			Name: "retire vehicles", Driver: "sqlite3", Schema: tables,
			Want: []string{blind.RowDelete},
			Why:  "One DELETE for each plate of the input list; an IN list would do.",
			Run:  do(`mutation { retire(plates: ["AB-1041", "AC-2210", "BD-3300", "BD-3318", "BE-4001", "CF-5100"]) }`),
		},
	}
}
