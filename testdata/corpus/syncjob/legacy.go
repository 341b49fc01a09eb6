package syncjob

import (
	"context"
	"database/sql"
	"database/sql/driver"

	"github.com/mattn/go-sqlite3"

	"github.com/nplusgone/nplusgone"
)

// legacyDriver opens connections that only prepare, as those of drivers for older databases do: database/sql then
// prepares and closes a statement around each call.
type legacyDriver struct{}

func (legacyDriver) Open(dsn string) (driver.Conn, error) {
	conn, err := (&sqlite3.SQLiteDriver{}).Open(dsn)
	return legacyConn{conn}, err
}

type legacyConn struct{ driver.Conn }

type legacyConnector struct{ dsn string }

func (c legacyConnector) Connect(context.Context) (driver.Conn, error) {
	return legacyDriver{}.Open(c.dsn)
}
func (legacyConnector) Driver() driver.Driver { return legacyDriver{} }

// openLegacy opens the database of an older system, with what it has in it.
func openLegacy(ctx context.Context) (db *sql.DB, err error) {
	db, err = nplusgone.OpenDB(legacyConnector{"file:legacy?mode=memory&cache=shared"})
	if err != nil {
		return nil, err
	}
	nplusgone.Ignore(ctx, func(ctx context.Context) {
		_, err = db.ExecContext(ctx, `CREATE TABLE stations (id INTEGER PRIMARY KEY, name TEXT NOT NULL)`)
	})
	return db, err
}
