package upper

import (
	"context"
	"database/sql"

	"github.com/upper/db/v4"
	"github.com/upper/db/v4/adapter/sqlite"
)

// Sink keeps the results of jobs that have no response.
var Sink any

func session(ctx context.Context, sqlDB *sql.DB) (db.Session, error) {
	sess, err := sqlite.New(sqlDB)
	if err != nil {
		return nil, err
	}
	return sess.WithContext(ctx), nil
}
