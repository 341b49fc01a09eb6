package driver

import (
	"database/sql/driver"
	"strings"
	"sync/atomic"

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

// A tx is a watched transaction.
type tx struct {
	base driver.Tx
	c    *conn
}

// Unwrap returns the base transaction.
func (t *tx) Unwrap() driver.Tx { return t.base }

func (t *tx) Commit() error {
	t.c.endTransaction()
	return t.base.Commit()
}

func (t *tx) Rollback() error {
	t.c.endTransaction()
	return t.base.Rollback()
}
