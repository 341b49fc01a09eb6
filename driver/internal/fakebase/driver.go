package fakebase

import (
	"context"
	"database/sql/driver"
)

// Driver returns the driver. It is a driver.DriverContext if the base has that feature.
func (b *Base) Driver() driver.Driver {
	if b.Features.Has(DriverContext) {
		return &contextDriver{plainDriver{b}}
	}
	return &plainDriver{b}
}

// Connector returns a connector of the driver. It is an io.Closer if the base has that feature.
func (b *Base) Connector() driver.Connector {
	if b.Features.Has(ConnectorCloser) {
		return &closingConnector{connector{b}}
	}
	return &connector{b}
}

type plainDriver struct{ b *Base }

func (d *plainDriver) Open(dsn string) (driver.Conn, error) {
	d.b.note("driver", "Open", dsn)
	return d.b.connect()
}

type contextDriver struct{ plainDriver }

func (d *contextDriver) OpenConnector(dsn string) (driver.Connector, error) {
	d.b.note("driver", "OpenConnector", dsn)
	return d.b.Connector(), nil
}

type connector struct{ b *Base }

func (c *connector) Connect(ctx context.Context) (driver.Conn, error) {
	c.b.note("connector", "Connect", ctx)
	return c.b.connect()
}

func (c *connector) Driver() driver.Driver { return c.b.Driver() }

type closingConnector struct{ connector }

func (c *closingConnector) Close() error {
	c.b.note("connector", "Close")
	return c.b.fault(CloseDatabase)
}

func (b *Base) connect() (driver.Conn, error) {
	if err := b.fault(Connect); err != nil {
		return nil, err
	}
	c := &conn{b: b, name: b.name("conn")}
	return connSets[b.Features&OfConn](c), nil
}
