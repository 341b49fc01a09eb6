package xorm

import (
	"database/sql"

	"xorm.io/xorm"
	"xorm.io/xorm/core"
)

// Sink keeps the results of jobs that have no response.
var Sink any

func engine(db *sql.DB) (*xorm.Engine, error) {
	return xorm.NewEngineWithDB("sqlite3", "app.db", core.FromDB(db))
}
