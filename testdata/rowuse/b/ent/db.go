package ent

import (
	"database/sql"

	entsql "entgo.io/ent/dialect/sql"

	"github.com/nplusgone/nplusgone/testdata/rowuse/b/ent/ent"
)

// Sink keeps the results of jobs that have no response.
var Sink any

func client(dialect string, db *sql.DB) *ent.Client {
	return ent.NewClient(ent.Driver(entsql.OpenDB(dialect, db)))
}
