package shop

import (
	"context"
	"database/sql"
	"database/sql/driver"
)

// embedding holds its driver in an embedded field, as sqlhooks does; its connections have the base's optional methods.
type embedding struct{ driver.Driver }

type embeddingConn struct {
	driver.Conn
	driver.QueryerContext
	driver.ExecerContext
}

func (d embedding) Open(dsn string) (driver.Conn, error) {
	c, err := d.Driver.Open(dsn)
	if err != nil {
		return nil, err
	}
	return embeddingConn{c, c.(driver.QueryerContext), c.(driver.ExecerContext)}, nil
}

// hiding holds its driver in an unexported field, as sqlmw and otelsql do, and makes connectors.
type hiding struct{ parent driver.DriverContext }

type hidingConnector struct {
	parent driver.Connector
	maker  *hiding
}

type hidingConn struct {
	parent driver.Conn
	traced int
}

func (d *hiding) Open(dsn string) (driver.Conn, error) {
	c, err := d.OpenConnector(dsn)
	if err != nil {
		return nil, err
	}
	return c.Connect(context.Background())
}

func (d *hiding) OpenConnector(dsn string) (driver.Connector, error) {
	c, err := d.parent.OpenConnector(dsn)
	return &hidingConnector{c, d}, err
}

func (c *hidingConnector) Driver() driver.Driver { return c.maker }

func (c *hidingConnector) Connect(ctx context.Context) (driver.Conn, error) {
	base, err := c.parent.Connect(ctx)
	if err != nil {
		return nil, err
	}
	return &hidingConn{parent: base}, nil
}

func (c *hidingConn) Prepare(query string) (driver.Stmt, error) {
	c.traced++
	return c.parent.Prepare(query)
}

func (c *hidingConn) Close() error { return c.parent.Close() }

//lint:ignore SA1019 driver.Conn has it, so a wrapper must call it
func (c *hidingConn) Begin() (driver.Tx, error) { return c.parent.Begin() }

// closing keeps its driver in a function: only its connections lead to it.
type closing struct {
	open func(string) (driver.Conn, error)
}

func (d closing) Open(dsn string) (driver.Conn, error) {
	c, err := d.open(dsn)
	if err != nil {
		return nil, err
	}
	return &hidingConn{parent: c}, nil
}

// register registers the three wrappers around a driver.
func register(name string) {
	db, err := sql.Open(name, "")
	if err != nil {
		panic(err)
	}
	base := db.Driver()
	db.Close()
	sql.Register("embedded-"+name, embedding{base})
	sql.Register("closed-"+name, closing{base.Open})
	if d, ok := base.(driver.DriverContext); ok {
		sql.Register("hidden-"+name, &hiding{d})
	}
}
