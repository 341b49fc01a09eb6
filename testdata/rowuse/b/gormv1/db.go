package gormv1

import (
	"database/sql"

	"github.com/jinzhu/gorm"
)

// Sink keeps the results of jobs that have no response.
var Sink any

func wrap(dialect string, db *sql.DB) (*gorm.DB, error) {
	g, err := gorm.Open(dialect, db)
	if err != nil {
		return nil, err
	}
	return g.LogMode(false), nil
}
