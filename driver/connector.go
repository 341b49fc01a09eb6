package driver

import (
	"context"
	"database/sql/driver"
	"io"
	"sync"
)

// A wrappedDriver is a watched driver without connectors.
type wrappedDriver struct {
	base driver.Driver
	w    *wrapper
}

// Unwrap returns the base driver.
func (d *wrappedDriver) Unwrap() driver.Driver { return d.base }

func (d *wrappedDriver) wrapper() *wrapper { return d.w }

func (d *wrappedDriver) Open(dsn string) (driver.Conn, error) {
	c, err := d.base.Open(dsn)
	if err != nil {
		return nil, err
	}
	return wrapConn(c, d.w), nil
}

// A wrappedDriverContext is a watched driver whose base makes connectors.
type wrappedDriverContext struct{ *wrappedDriver }

func (d *wrappedDriverContext) OpenConnector(dsn string) (driver.Connector, error) {
	c, err := d.base.(driver.DriverContext).OpenConnector(dsn)
	if err != nil {
		return nil, err
	}
	return &connector{base: c, w: d.w, driver: d}, nil
}

// A namedDriver is a watched driver that is known by name. It looks its base up with the first DSN that it is given.
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

// A connector makes watched connections.
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

// Driver returns the watched driver if the connector came from one, else the base's: data layers find their dialect by
// its type.
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

// A dsnConnector makes connections of a driver without connectors.
type dsnConnector struct {
	dsn    string
	driver driver.Driver
}

func (c dsnConnector) Connect(context.Context) (driver.Conn, error) { return c.driver.Open(c.dsn) }

func (c dsnConnector) Driver() driver.Driver { return c.driver }
