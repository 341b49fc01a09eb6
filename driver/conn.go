package driver

//lint:file-ignore SA1019 legacy drivers are wrapped too

import (
	"context"
	"database/sql/driver"

	"github.com/nplusgone/nplusgone/internal/record"
	"github.com/nplusgone/nplusgone/internal/session"
)

// A conn is a watched connection. Each method calls the base connection once and returns what the base returned, apart
// from rows, transactions and statements, which have to be watched themselves. database/sql never uses a connection from
// two goroutines at once, so a conn needs no lock.
//
// database/sql gets a conn with the optional methods of its base: see expose.
type conn struct {
	base    driver.Conn
	checker driver.NamedValueChecker // base, if it is one
	w       *wrapper
	off     bool // another watched connection is built on this one, and records its statements

	tx       session.Transaction
	begins   driver.ConnBeginTx // see beginner
	observed record.Statement   // passed to scopes, and reused: recording a statement allocates nothing
	args     []driver.NamedValue
	texts    session.Texts
}

var (
	_ driver.ConnBeginTx        = (*conn)(nil)
	_ driver.ConnPrepareContext = (*conn)(nil)
	_ driver.Pinger             = (*conn)(nil)
	_ driver.NamedValueChecker  = (*conn)(nil)
)

// wrapConn returns base, watched. A statement must be recorded once, also if base is watched already: a watched
// connection is replaced by its own base; one behind another package's wrapper records nothing from then on. A wrapper
// that Unwrap cannot look through hides it: its statements are recorded twice.
func wrapConn(base driver.Conn, w *wrapper) driver.Conn {
	if inner, ok := base.(watched); ok {
		base = inner.watched().base
	}
	if inner, ok := find[watched](base); ok {
		inner.watched().off = true
	}
	w.learn(base)
	c := &conn{base: base, w: w}
	c.checker, _ = base.(driver.NamedValueChecker)
	return c.expose()
}

// watched is implemented by the connections of this package alone.
type watched interface{ watched() *conn }

func (c *conn) watched() *conn { return c }

// Unwrap returns the base connection.
func (c *conn) Unwrap() driver.Conn { return c.base }

func (c *conn) Close() error { return c.base.Close() }

func (c *conn) Ping(ctx context.Context) error {
	if p, ok := c.base.(driver.Pinger); ok {
		return p.Ping(ctx)
	}
	return nil
}

// CheckNamedValue implements driver.NamedValueChecker. Without a checker of the base's, database/sql converts the value
// by its default rules.
func (c *conn) CheckNamedValue(v *driver.NamedValue) error {
	if c.checker != nil {
		return c.checker.CheckNamedValue(v)
	}
	return driver.ErrSkip
}

// Prepare implements driver.Conn. database/sql calls PrepareContext instead.
func (c *conn) Prepare(query string) (driver.Stmt, error) {
	return c.PrepareContext(context.Background(), query)
}

// PrepareContext implements driver.ConnPrepareContext. It does not keep ctx: the statement runs in the scope of each
// caller.
func (c *conn) PrepareContext(ctx context.Context, query string) (driver.Stmt, error) {
	base, err := prepare(ctx, c.base, query)
	if err != nil {
		return nil, err
	}
	return wrapStmt(base, query, c), nil
}

// Begin implements driver.Conn. database/sql calls BeginTx instead.
func (c *conn) Begin() (driver.Tx, error) { return c.BeginTx(context.Background(), driver.TxOptions{}) }

// BeginTx implements driver.ConnBeginTx. It does not keep ctx.
func (c *conn) BeginTx(ctx context.Context, opts driver.TxOptions) (driver.Tx, error) {
	begins, err := c.beginner()
	if err != nil {
		return nil, err
	}
	return begins.BeginTx(ctx, opts)
}

func (c *conn) exec(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	q := call{query: query, args: args}
	q.begin(ctx, c)
	result, err := execContext(ctx, c.base, query, args)
	c.record(&q, err, nil)
	return result, err
}

func (c *conn) query(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	q := call{query: query, args: args}
	q.begin(ctx, c)
	base, err := queryContext(ctx, c.base, query, args)
	return c.recordQuery(&q, base, err)
}
