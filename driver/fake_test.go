package driver_test

import (
	"context"
	"database/sql/driver"
	"errors"
	"io"
)

// errBase is the error of the base driver.
var errBase = errors.New("base driver: no such table")

// A fakeDriver is a base driver without a database. Its connections have no optional interfaces, or those to execute and to
// query.
type fakeDriver struct {
	skip     bool // return driver.ErrSkip for statements that are not prepared
	modern   bool // connections run statements themselves
	prepared int
	closed   int
}

func (d *fakeDriver) Open(string) (driver.Conn, error) {
	if d.modern {
		return &fakeModernConn{fakeConn{d}}, nil
	}
	return &fakeConn{d}, nil
}

type fakeConn struct{ d *fakeDriver }

func (c *fakeConn) Prepare(query string) (driver.Stmt, error) {
	if query == "bad" {
		return nil, errBase
	}
	c.d.prepared++
	return &fakeStmt{c.d, query}, nil
}
func (c *fakeConn) Close() error              { c.d.closed++; return nil }
func (c *fakeConn) Begin() (driver.Tx, error) { return fakeTx{}, nil }

type fakeModernConn struct{ fakeConn }

func (c *fakeModernConn) ExecContext(context.Context, string, []driver.NamedValue) (driver.Result, error) {
	if c.d.skip {
		return nil, driver.ErrSkip
	}
	return driver.RowsAffected(1), nil
}

func (c *fakeModernConn) QueryContext(context.Context, string, []driver.NamedValue) (driver.Rows, error) {
	if c.d.skip {
		return nil, driver.ErrSkip
	}
	return &fakeRows{left: 2}, nil
}

type fakeStmt struct {
	d     *fakeDriver
	query string
}

func (s *fakeStmt) Close() error                               { return nil }
func (s *fakeStmt) NumInput() int                              { return -1 }
func (s *fakeStmt) Exec([]driver.Value) (driver.Result, error) { return driver.RowsAffected(1), nil }
func (s *fakeStmt) Query([]driver.Value) (driver.Rows, error)  { return &fakeRows{left: 2}, nil }

type fakeTx struct{}

func (fakeTx) Commit() error   { return nil }
func (fakeTx) Rollback() error { return nil }

type fakeRows struct{ left int64 }

func (r *fakeRows) Columns() []string { return []string{"id"} }
func (r *fakeRows) Close() error      { return nil }
func (r *fakeRows) Next(dest []driver.Value) error {
	if r.left == 0 {
		return io.EOF
	}
	dest[0] = r.left
	r.left--
	return nil
}

// A fakeConnector makes connections of a fakeDriver, and can be closed.
type fakeConnector struct {
	*fakeDriver
	shut bool
}

func (c *fakeConnector) Connect(context.Context) (driver.Conn, error) { return c.Open("") }
func (c *fakeConnector) Driver() driver.Driver                        { return c.fakeDriver }
func (c *fakeConnector) Close() error                                 { c.shut = true; return nil }
