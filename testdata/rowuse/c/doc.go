// Package c holds programs on twelve data layers, in pairs: one breaks a tip, its look-alike does not.
package c

import (
	"context"
	"database/sql"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
)

// Sink keeps the results of jobs that have no response.
var Sink any

// series is a common table expression s with the numbers from 1 to n in its column i.
func series(n string) string {
	return "WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM s WHERE i < " + n + ")\n"
}

// onSQLite is a case on SQLite.
func onSQLite(name, why, schema string, run func(context.Context, *sql.DB) error, want ...string) rowuse.Case {
	return rowuse.Case{Name: name, Why: why, Driver: "sqlite3", Schema: schema, Run: run, Want: want}
}
