package fakebase

import (
	"context"
	"database/sql/driver"
)

// A conn is a connection without optional interfaces. The types below are one interface each: connSets puts them
// together.
type conn struct {
	b    *Base
	name string
}

// Owns reports whether v is a connection of a base's, and nothing around it.
func Owns(v any) bool {
	_, ok := v.(interface{ own() })
	return ok
}

func (c *conn) own() {}

func (c *conn) Prepare(query string) (driver.Stmt, error) {
	c.b.note(c.name, "Prepare", query)
	return c.prepare(query)
}

func (c *conn) prepare(query string) (driver.Stmt, error) {
	if err := c.b.fault(Prepare); err != nil {
		return nil, err
	}
	s := &stmt{b: c.b, name: c.b.name("stmt"), query: query}
	return stmtSets[c.b.Features&OfStmt](s), nil
}

func (c *conn) Close() error {
	c.b.note(c.name, "Close")
	c.b.closed("conn")
	return c.b.fault(CloseConn)
}

func (c *conn) Begin() (driver.Tx, error) {
	c.b.note(c.name, "Begin")
	return c.begin()
}

func (c *conn) begin() (driver.Tx, error) {
	if err := c.b.fault(Begin); err != nil {
		return nil, err
	}
	return &tx{c.b, c.b.name("tx")}, nil
}

type beginTx struct{ c *conn }

func (m beginTx) BeginTx(ctx context.Context, opts driver.TxOptions) (driver.Tx, error) {
	m.c.b.note(m.c.name, "BeginTx", ctx, opts)
	return m.c.begin()
}

type prepareContext struct{ c *conn }

func (m prepareContext) PrepareContext(ctx context.Context, query string) (driver.Stmt, error) {
	m.c.b.note(m.c.name, "PrepareContext", ctx, query)
	return m.c.prepare(query)
}

type execerContext struct{ c *conn }

func (m execerContext) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	m.c.b.note(m.c.name, "ExecContext", ctx, query, args)
	if m.c.b.Features.Has(ReturnsErrSkip) {
		return nil, driver.ErrSkip
	}
	return m.c.b.exec()
}

type execer struct{ c *conn }

func (m execer) Exec(query string, args []driver.Value) (driver.Result, error) {
	m.c.b.note(m.c.name, "Exec", query, args)
	if m.c.b.Features.Has(ReturnsErrSkip) {
		return nil, driver.ErrSkip
	}
	return m.c.b.exec()
}

type queryerContext struct{ c *conn }

func (m queryerContext) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	m.c.b.note(m.c.name, "QueryContext", ctx, query, args)
	if m.c.b.Features.Has(ReturnsErrSkip) {
		return nil, driver.ErrSkip
	}
	return m.c.b.query()
}

type queryer struct{ c *conn }

func (m queryer) Query(query string, args []driver.Value) (driver.Rows, error) {
	m.c.b.note(m.c.name, "Query", query, args)
	if m.c.b.Features.Has(ReturnsErrSkip) {
		return nil, driver.ErrSkip
	}
	return m.c.b.query()
}

type connChecker struct{ c *conn }

func (m connChecker) CheckNamedValue(v *driver.NamedValue) error {
	m.c.b.note(m.c.name, "CheckNamedValue", []driver.NamedValue{*v})
	return check("connection", v)
}

type pinger struct{ c *conn }

func (m pinger) Ping(ctx context.Context) error {
	m.c.b.note(m.c.name, "Ping", ctx)
	return m.c.b.fault(Ping)
}

type resetter struct{ c *conn }

func (m resetter) ResetSession(ctx context.Context) error {
	m.c.b.note(m.c.name, "ResetSession", ctx)
	return m.c.b.fault(Reset)
}

type validator struct{ c *conn }

func (m validator) IsValid() bool {
	m.c.b.note(m.c.name, "IsValid")
	return m.c.b.fault(Valid) == nil
}

type tx struct {
	b    *Base
	name string
}

func (t *tx) Commit() error {
	t.b.note(t.name, "Commit")
	return t.b.fault(Commit)
}

func (t *tx) Rollback() error {
	t.b.note(t.name, "Rollback")
	return t.b.fault(Rollback)
}
