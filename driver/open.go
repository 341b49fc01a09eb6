package driver

import (
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"slices"
)

// Open opens a database as sql.Open does, and watches its statements. name is the name that the base driver is registered
// under; an unknown one is an error. Like sql.Open it may return before it connects, and returns the base driver's own
// error for a DSN that the driver cannot read. The caller closes the pool.
//
// It is exported as the counterpart of sql.Open.
func Open(name, dsn string, obs Observer, opts ...Option) (*sql.DB, error) {
	base, err := lookUp(name, dsn)
	if err != nil {
		return nil, err
	}
	c, err := connectorOf(base, dsn)
	if err != nil {
		return nil, err
	}
	return sql.OpenDB(&connector{base: c, w: newWrapper(base, obs, opts)}), nil
}

// OpenDB opens a database as sql.OpenDB does, and watches its statements. A nil connector is an error.
//
// It is exported as the counterpart of sql.OpenDB.
func OpenDB(c driver.Connector, obs Observer, opts ...Option) (*sql.DB, error) {
	wrapped, err := WrapConnector(c, obs, opts...)
	if err != nil {
		return nil, err
	}
	return sql.OpenDB(wrapped), nil
}

// Register registers the driver baseName once more, under newName and watched. Unlike sql.Register it returns an error if
// newName is registered already, or baseName is not.
//
// It is exported for code that opens its databases by a driver's name and cannot be given a *sql.DB.
func Register(newName, baseName string, obs Observer, opts ...Option) (err error) {
	if !slices.Contains(sql.Drivers(), baseName) {
		return unknownDriver(baseName)
	}
	defer func() {
		if recover() != nil { // the only panic of sql.Register with a driver that is not nil
			err = fmt.Errorf("driver: registering %q: the name is taken", newName)
		}
	}()
	sql.Register(newName, &namedDriver{name: baseName, obs: obs, opts: opts})
	return nil
}

// Wrap returns d, watched. The result is a driver.DriverContext if d is one.
//
// It is exported for code that registers a driver itself, or hands one to another wrapper.
func Wrap(d driver.Driver, obs Observer, opts ...Option) driver.Driver {
	w := &wrappedDriver{base: d, w: newWrapper(d, obs, opts)}
	if _, ok := d.(driver.DriverContext); ok {
		return &wrappedDriverContext{w}
	}
	return w
}

// WrapConnector returns c, watched. The result can be closed, which closes c if it can be closed. A nil connector is an
// error.
//
// It is exported for code that calls sql.OpenDB itself, or hands the connector to another wrapper.
func WrapConnector(c driver.Connector, obs Observer, opts ...Option) (driver.Connector, error) {
	if c == nil {
		return nil, errors.New("driver: wrapping a connector: it is nil (make one with the base driver's own constructor)")
	}
	return &connector{base: c, w: newWrapper(c.Driver(), obs, opts)}, nil
}

// lookUp returns the driver that is registered as name. database/sql gives a driver only with a pool, and some drivers
// need a proper DSN for that.
func lookUp(name, dsn string) (driver.Driver, error) {
	if !slices.Contains(sql.Drivers(), name) {
		return nil, unknownDriver(name)
	}
	db, err := sql.Open(name, dsn)
	if err != nil {
		return nil, err
	}
	defer db.Close() // it has not connected
	return db.Driver(), nil
}

func unknownDriver(name string) error {
	return fmt.Errorf("driver: unknown driver %q: registered are %q; is its package imported?", name, sql.Drivers())
}
