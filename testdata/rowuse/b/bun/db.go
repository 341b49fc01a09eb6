package bun

import (
	"database/sql"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/sqlitedialect"
)

// Sink keeps the results of jobs that have no response.
var Sink any

func lite(db *sql.DB) *bun.DB { return bun.NewDB(db, sqlitedialect.New()) }
