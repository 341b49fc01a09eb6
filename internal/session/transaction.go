package session

import (
	"cmp"
	"strings"
	"sync/atomic"

	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/record"
	"github.com/nplusgone/nplusgone/internal/stack"
)

// A Transaction is the state of a connection's transaction. The zero value is none.
type Transaction struct {
	Scope  *record.Scope // the scope that began it, nil for none
	Stack  stack.ID      // where it was begun, if a scope began it
	ByText bool          // begun by SQL text: only a text ends it

	id        uint64 // unique in the process; 0 for no transaction
	savepoint uint64 // of the latest savepoint, 0 for none: counts as a transaction of its own
}

var transactions atomic.Uint64

// Begin returns a transaction that a scope began at a stack.
func Begin(scope *record.Scope, at stack.ID) Transaction {
	return Transaction{id: transactions.Add(1), Scope: scope, Stack: at}
}

// Open reports whether t is a transaction.
func (t *Transaction) Open() bool { return t.id != 0 }

// ID returns the number of the innermost savepoint or of the transaction; 0 for none.
func (t *Transaction) ID() uint64 { return cmp.Or(t.savepoint, t.id) }

// Follow records that a statement which ran ended the transaction, or a savepoint in it, or began a savepoint. It reports
// whether the statement begins a transaction: the caller then calls Begin.
func (t *Transaction) Follow(parsed *fingerprint.Parsed) (begins bool) {
	switch parsed.Facts.Kind {
	case fingerprint.Begin:
		return t.id == 0
	case fingerprint.Commit, fingerprint.Rollback:
		*t = Transaction{}
	case fingerprint.Savepoint:
		switch { // ROLLBACK TO keeps the savepoint that it names
		case strings.HasPrefix(parsed.Text, "SAVEPOINT"):
			t.savepoint = transactions.Add(1)
		case strings.HasPrefix(parsed.Text, "RELEASE"):
			t.savepoint = 0
		}
	}
	return false
}
