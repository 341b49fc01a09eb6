package nplusgone

import (
	"database/sql"

	"github.com/nplusgone/nplusgone/internal/record"

	sqldriver "database/sql/driver"

	"github.com/nplusgone/nplusgone/driver"
)

// A DriverOption changes how a driver is wrapped; see package driver.
type DriverOption = driver.Option

// Open opens a database as sql.Open does, and watches it: its statements belong to the scope in their context, or to
// that of their transaction. name is the name that the driver is registered under.
//
// A data layer that tells dialects apart by the driver's name gets the *sql.DB that Open returns, or the name that
// Register makes.
func Open(name, dsn string, opts ...DriverOption) (*sql.DB, error) {
	return driver.Open(name, dsn, record.Observer{}, opts...)
}

// OpenDB opens a database as sql.OpenDB does, and watches it. A nil connector is an error.
func OpenDB(c sqldriver.Connector, opts ...DriverOption) (*sql.DB, error) {
	return driver.OpenDB(c, record.Observer{}, opts...)
}

// Register registers a watched form of the driver baseName under newName, for code that opens databases by name. An
// unknown baseName and a newName that is taken are errors.
func Register(newName, baseName string, opts ...DriverOption) error {
	return driver.Register(newName, baseName, record.Observer{}, opts...)
}

// Unwrap returns the base driver's own value behind a watched one. It is for code that needs the concrete type, as in
//
//	conn.Raw(func(c any) error { return backup(nplusgone.Unwrap(c).(*sqlite3.SQLiteConn)) })
//
// A value that is not watched is returned as it is.
func Unwrap(v any) any { return driver.Unwrap(v) }
