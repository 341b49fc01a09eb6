package driver

import (
	"context"
	"database/sql/driver"

	"github.com/ngrok/sqlmw"

	"github.com/nplusgone/nplusgone/internal/record"
	"github.com/nplusgone/nplusgone/internal/session"
	"github.com/nplusgone/nplusgone/internal/stack"
)

func (c *conn) beginTransaction(scope *record.Scope) {
	defer c.w.guard()
	var at stack.ID
	if scope != nil {
		at = stack.Capture(1)
	}
	c.tx = session.Begin(scope, at)
}

func (c *conn) endTransaction() { c.tx = session.Transaction{} }

// Transactions pass through sqlmw: its interceptor sees their beginning and their end, and adds one allocation to each.
// Statements do not, because its wrappers of statements and rows cost more than recording does.

// A transactionInterceptor records when transactions of a connection begin and end.
type transactionInterceptor struct {
	sqlmw.NullInterceptor
	c *conn
}

// ConnBeginTx implements sqlmw.Interceptor. sqlmw keeps the context that it returns for as long as the transaction lasts,
// so that it is not the caller's.
func (i *transactionInterceptor) ConnBeginTx(ctx context.Context, _ driver.ConnBeginTx, opts driver.TxOptions) (context.Context, driver.Tx, error) {
	base, err := beginTx(ctx, i.c.base, opts)
	if err != nil {
		return ctx, nil, err
	}
	i.c.beginTransaction(i.c.scope(ctx))
	return context.Background(), base, nil
}

// TxCommit implements sqlmw.Interceptor.
func (i *transactionInterceptor) TxCommit(_ context.Context, base driver.Tx) error {
	i.c.endTransaction()
	return base.Commit()
}

// TxRollback implements sqlmw.Interceptor.
func (i *transactionInterceptor) TxRollback(_ context.Context, base driver.Tx) error {
	i.c.endTransaction()
	return base.Rollback()
}

// beginner returns what begins transactions of the connection. It is made once.
func (c *conn) beginner() (driver.ConnBeginTx, error) {
	if c.begins == nil {
		wrapped, err := sqlmw.Driver(opened{c.base}, &transactionInterceptor{c: c}).Open("")
		if err != nil {
			return nil, err
		}
		c.begins = wrapped.(driver.ConnBeginTx)
	}
	return c.begins, nil
}

// opened is a driver for a connection that is open already.
type opened struct{ conn driver.Conn }

func (o opened) Open(string) (driver.Conn, error) { return o.conn, nil }
