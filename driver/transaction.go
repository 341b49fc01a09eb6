package driver

import (
	"context"
	"database/sql/driver"
	"strings"
	"sync/atomic"

	"github.com/ngrok/sqlmw"

	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/record"
	"github.com/nplusgone/nplusgone/internal/stack"
)

// A transaction is the state of a connection's transaction. The zero value is none.
type transaction struct {
	id        uint64        // unique in the process; 0 for no transaction
	savepoint uint64        // of the latest savepoint, 0 for none: counts as a transaction of its own
	scope     *record.Scope // the scope that began it, nil for none
	stack     stack.ID      // where it was begun, if a scope began it
	byText    bool          // begun by SQL text: only a text ends it
}

var transactions atomic.Uint64

func (c *conn) beginTransaction(scope *record.Scope) {
	defer c.w.guard()
	c.tx = transaction{id: transactions.Add(1), scope: scope}
	if scope != nil {
		c.tx.stack = stack.Capture(1)
	}
}

func (c *conn) endTransaction() { c.tx = transaction{} }

// followTransaction records that a statement which ran began or ended a transaction or a savepoint.
func (c *conn) followTransaction(parsed *fingerprint.Parsed, scope *record.Scope) {
	switch parsed.Facts.Kind {
	case fingerprint.Begin:
		if c.tx.id == 0 {
			c.beginTransaction(scope)
			c.tx.byText = true
		}
	case fingerprint.Commit, fingerprint.Rollback:
		c.endTransaction()
	case fingerprint.Savepoint:
		switch { // ROLLBACK TO keeps the savepoint that it names
		case strings.HasPrefix(parsed.Text, "SAVEPOINT"):
			c.tx.savepoint = transactions.Add(1)
		case strings.HasPrefix(parsed.Text, "RELEASE"):
			c.tx.savepoint = 0
		}
	}
}

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
