package driver

//lint:file-ignore SA1019 legacy drivers are wrapped too

import (
	"context"
	"database/sql/driver"

	"github.com/ngrok/sqlmw"
)

// A conn is what database/sql gets for a connection of the base driver. Calls go through sqlmw to the base and pass the
// session on their way; what sqlmw does not carry is answered here, by the base or as database/sql would do without it.
//
// Some of what a base can do shows only in its method set: see expose.
type conn struct {
	base driver.Conn
	mw   wrapped // sqlmw's conn over base
	s    *session
}

// wrapped is the part of sqlmw's conn that calls pass through.
type wrapped interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
}

var (
	_ driver.ConnBeginTx        = (*conn)(nil)
	_ driver.ConnPrepareContext = (*conn)(nil)
	_ driver.Pinger             = (*conn)(nil)
	_ driver.NamedValueChecker  = (*conn)(nil)
)

// wrapConn wraps one connection. sqlmw wraps drivers only, so that it is handed a driver that opens just this one; the
// session can then be the interceptor of a single connection, and hold its state. A connection that this package has
// wrapped already, as when a registered name is opened with Open, is replaced by its base: a statement is recorded once.
func wrapConn(base driver.Conn, w *wrapper) driver.Conn {
	if inner, ok := base.(interface{ wrappedBase() driver.Conn }); ok {
		base = inner.wrappedBase()
	}
	s := &session{w: w}
	mw, err := sqlmw.Driver(opened{complete(base)}, s).Open("")
	if err != nil {
		return base // opened never fails
	}
	c := &conn{base: base, mw: mw.(wrapped), s: s}
	return c.expose()
}

// opened is the driver of one connection that is open already.
type opened struct{ conn driver.Conn }

func (o opened) Open(string) (driver.Conn, error) { return o.conn, nil }

// Unwrap returns the base driver's connection.
func (c *conn) Unwrap() driver.Conn { return c.base }

// wrappedBase tells this package's connections from those of other wrappers, which have Unwrap as well.
func (c *conn) wrappedBase() driver.Conn { return c.base }

func (c *conn) Prepare(query string) (driver.Stmt, error) {
	return c.PrepareContext(context.Background(), query)
}

func (c *conn) PrepareContext(ctx context.Context, query string) (driver.Stmt, error) {
	st, err := c.mw.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	return wrapStmt(st, c), nil
}

func (c *conn) Close() error { return c.mw.Close() }

// Begin implements driver.Conn. database/sql calls BeginTx instead.
func (c *conn) Begin() (driver.Tx, error) { return c.BeginTx(context.Background(), driver.TxOptions{}) }

func (c *conn) BeginTx(ctx context.Context, opts driver.TxOptions) (driver.Tx, error) {
	return c.mw.BeginTx(ctx, opts)
}

func (c *conn) Ping(ctx context.Context) error {
	if p, ok := c.base.(driver.Pinger); ok {
		return p.Ping(ctx)
	}
	return nil
}

func (c *conn) CheckNamedValue(v *driver.NamedValue) error {
	if checker, ok := c.base.(driver.NamedValueChecker); ok {
		return checker.CheckNamedValue(v)
	}
	return driver.ErrSkip
}
