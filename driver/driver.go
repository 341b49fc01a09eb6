package driver

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"

	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/record"
)

// An Option changes how a driver is wrapped.
type Option interface{ apply(*wrapper) }

type optionFunc func(*wrapper)

func (f optionFunc) apply(w *wrapper) { f(w) }

// WithDialect sets the SQL dialect. The default is guessed from the base driver's type; see DialectOf. The last one wins.
func WithDialect(d fingerprint.Dialect) Option {
	return optionFunc(func(w *wrapper) { w.database.Dialect = d })
}

// WithScans makes known, from Go 1.27 on, which rows of a result the application scans, also where the base driver's rows
// do not scan their own columns. The default is not to: with it database/sql holds the connection's lock during
// (*sql.Rows).Scan, so that a sql.Scanner that runs a statement in its own transaction waits for itself, forever. With an
// older Go the option does nothing.
func WithScans() Option { return optionFunc(func(w *wrapper) { w.scans = true }) }

// Open opens a database as sql.Open does, with the driver registered under name wrapped. Like sql.Open it may return
// before any connection is made, and answers the base driver's own error for a DSN that it cannot read. The pool is a
// plain *sql.DB; closing it is up to the caller.
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

// OpenDB opens a database as sql.OpenDB does, with c wrapped. A nil connector is an error.
func OpenDB(c driver.Connector, obs Observer, opts ...Option) (*sql.DB, error) {
	wrapped, err := WrapConnector(c, obs, opts...)
	if err != nil {
		return nil, err
	}
	return sql.OpenDB(wrapped), nil
}

// Register registers, under newName, the driver registered as baseName, wrapped. Unlike sql.Register it answers an
// error when newName is taken, or when baseName is unknown.
func Register(newName, baseName string, obs Observer, opts ...Option) error {
	switch names := sql.Drivers(); {
	case !slices.Contains(names, baseName):
		return unknownDriver(baseName)
	case slices.Contains(names, newName):
		return fmt.Errorf("driver: registering %q: the name is taken", newName)
	}
	sql.Register(newName, &namedDriver{name: baseName, obs: obs, opts: opts})
	return nil
}

// A namedDriver wraps a driver that is known by name. database/sql hands a driver out only together with a pool, and
// some bases make no pool without a proper DSN, so that the base is looked up with the first DSN that comes.
type namedDriver struct {
	name string
	obs  Observer
	opts []Option

	once sync.Once
	wrappedDriver
}

var _ driver.DriverContext = (*namedDriver)(nil)

func (d *namedDriver) Open(dsn string) (driver.Conn, error) {
	c, err := d.OpenConnector(dsn)
	if err != nil {
		return nil, err
	}
	return c.Connect(context.Background())
}

func (d *namedDriver) OpenConnector(dsn string) (driver.Connector, error) {
	base, err := lookUp(d.name, dsn)
	if err != nil {
		return nil, err
	}
	d.once.Do(func() { d.wrappedDriver = wrappedDriver{base, newWrapper(base, d.obs, d.opts)} })
	c, err := connectorOf(base, dsn)
	if err != nil {
		return nil, err
	}
	return &connector{base: c, w: d.w, driver: d}, nil
}

// Wrap returns d with every statement shown to obs. The result has the optional interfaces that d has, so that
// database/sql treats both alike.
func Wrap(d driver.Driver, obs Observer, opts ...Option) driver.Driver {
	w := &wrappedDriver{base: d, w: newWrapper(d, obs, opts)}
	if _, ok := d.(driver.DriverContext); ok {
		return &wrappedDriverContext{w}
	}
	return w
}

// WrapConnector returns c with every statement shown to obs. If c can be closed, so can the result.
func WrapConnector(c driver.Connector, obs Observer, opts ...Option) (driver.Connector, error) {
	if c == nil {
		return nil, errors.New("driver: wrapping a connector: it is nil (make one with the base driver's own constructor)")
	}
	return &connector{base: c, w: newWrapper(c.Driver(), obs, opts)}, nil
}

func newWrapper(base driver.Driver, obs Observer, opts []Option) *wrapper {
	w := &wrapper{obs: obs, database: &record.Database{Dialect: DialectOf(base)}}
	for _, o := range opts {
		o.apply(w)
	}
	return w
}

// lookUp returns the driver that is registered as name.
func lookUp(name, dsn string) (driver.Driver, error) {
	if !slices.Contains(sql.Drivers(), name) {
		return nil, unknownDriver(name)
	}
	db, err := sql.Open(name, dsn)
	if err != nil {
		return nil, err
	}
	defer db.Close() // no connection was made
	return db.Driver(), nil
}

func unknownDriver(name string) error {
	return fmt.Errorf("driver: unknown driver %q: registered are %q; is its package imported?", name, sql.Drivers())
}

type wrappedDriver struct {
	base driver.Driver
	w    *wrapper
}

// Unwrap returns the base driver.
func (d *wrappedDriver) Unwrap() driver.Driver { return d.base }

func (d *wrappedDriver) Open(dsn string) (driver.Conn, error) {
	c, err := d.base.Open(dsn)
	if err != nil {
		return nil, err
	}
	return wrapConn(c, d.w), nil
}

type wrappedDriverContext struct{ *wrappedDriver }

func (d *wrappedDriverContext) OpenConnector(dsn string) (driver.Connector, error) {
	c, err := d.base.(driver.DriverContext).OpenConnector(dsn)
	if err != nil {
		return nil, err
	}
	return &connector{base: c, w: d.w, driver: d}, nil
}

// A connector makes wrapped connections. Unlike sqlmw's own it closes the base connector.
type connector struct {
	base   driver.Connector
	w      *wrapper
	driver driver.Driver // what Driver returns; nil for the base's own
}

// Unwrap returns the base connector.
func (c *connector) Unwrap() driver.Connector { return c.base }

func (c *connector) Connect(ctx context.Context) (driver.Conn, error) {
	base, err := c.base.Connect(ctx)
	if err != nil {
		return nil, err
	}
	return wrapConn(base, c.w), nil
}

// Driver returns the wrapped driver where a name was registered for it, else the base's own: data layers look at its
// type to find their dialect.
func (c *connector) Driver() driver.Driver {
	if c.driver != nil {
		return c.driver
	}
	return c.base.Driver()
}

// Close closes the base connector if it can be closed. (*sql.DB).Close calls it.
func (c *connector) Close() error {
	if closer, ok := c.base.(io.Closer); ok {
		return closer.Close()
	}
	return nil
}

// connectorOf returns what sql.Open uses to make connections of base.
func connectorOf(base driver.Driver, dsn string) (driver.Connector, error) {
	if d, ok := base.(driver.DriverContext); ok {
		return d.OpenConnector(dsn)
	}
	return dsnConnector{dsn: dsn, driver: base}, nil
}

type dsnConnector struct {
	dsn    string
	driver driver.Driver
}

func (c dsnConnector) Connect(context.Context) (driver.Conn, error) { return c.driver.Open(c.dsn) }

func (c dsnConnector) Driver() driver.Driver { return c.driver }
