package nplusgone

import (
	"database/sql"
	sqldriver "database/sql/driver"
	"errors"
	"fmt"

	"github.com/nplusgone/nplusgone/driver"
	"github.com/nplusgone/nplusgone/internal/option"
	"github.com/nplusgone/nplusgone/internal/record"
)

// Open opens a database as [sql.Open] does and records its statements. name is the name that the driver is registered
// under; an unknown one is an error. The pool is a plain *sql.DB, whose Driver method returns the base driver, so that
// data layers recognise their dialect.
func Open(name, dsn string, opts ...Option) (*sql.DB, error) {
	o, err := databaseOptions("Open", opts)
	if err != nil {
		return nil, err
	}
	return driver.Open(name, dsn, record.Observer{}, o...)
}

// OpenDB opens a database as [sql.OpenDB] does and records its statements. It is for drivers that are set up in code. A
// nil connector is an error.
func OpenDB(c sqldriver.Connector, opts ...Option) (*sql.DB, error) {
	o, err := databaseOptions("OpenDB", opts)
	if err != nil {
		return nil, err
	}
	return driver.OpenDB(c, record.Observer{}, o...)
}

// Register registers a recording form of the driver baseName under newName. It is for code that opens databases by a
// driver's name. An unknown baseName, and a newName that is already registered, are errors.
func Register(newName, baseName string, opts ...Option) error {
	o, err := databaseOptions("Register", opts)
	if err != nil {
		return err
	}
	return driver.Register(newName, baseName, record.Observer{}, o...)
}

// Wrap returns a driver that records the statements of d. It is for code that registers a driver itself, or hands one to
// another wrapper. A nil driver is an error.
func Wrap(d sqldriver.Driver, opts ...Option) (sqldriver.Driver, error) {
	if d == nil {
		return nil, errors.New("nplusgone: wrapping a driver: it is nil")
	}
	o, err := databaseOptions("Wrap", opts)
	if err != nil {
		return nil, err
	}
	return driver.Wrap(d, record.Observer{}, o...), nil
}

// WrapConnector returns a connector that records the statements of c. It is for code that calls [sql.OpenDB] itself, or
// hands the connector to another wrapper. A nil connector is an error.
func WrapConnector(c sqldriver.Connector, opts ...Option) (sqldriver.Connector, error) {
	o, err := databaseOptions("WrapConnector", opts)
	if err != nil {
		return nil, err
	}
	return driver.WrapConnector(c, record.Observer{}, o...)
}

// Unwrap returns the base driver's value behind a connection, driver, connector, statement or rows of this module. It is
// for code that needs the concrete type:
//
//	conn.Raw(func(c any) error { return backup(nplusgone.Unwrap(c).(*sqlite3.SQLiteConn)) })
//
// A value that is not wrapped is returned unchanged.
func Unwrap(v any) any { return driver.Unwrap(v) }

func databaseOptions(door string, opts []Option) (out []driver.Option, err error) {
	err = option.Apply(door, opts, func(value any) bool {
		o, ok := value.(driver.Option)
		out = append(out, o)
		return ok
	})
	if err != nil {
		return nil, fmt.Errorf("nplusgone: %w", err)
	}
	return out, nil
}
