package session

import (
	"sync/atomic"

	"github.com/nplusgone/nplusgone/internal/record"
	"github.com/nplusgone/nplusgone/internal/stack"
)

// A Transaction is the state of a connection's transaction. The zero value is none.
type Transaction struct {
	Scope  *record.Scope // the scope that began it, nil for none
	Stack  stack.ID      // where it was begun, if a scope began it
	ByText bool          // begun by SQL text: only a text ends it

	id         uint64 // unique in the process; 0 for no transaction
	savepoints Savepoints
}

// transactions counts the transactions and savepoints of the process.
var transactions atomic.Uint64

// Begin returns a transaction that a scope began at a stack.
func Begin(scope *record.Scope, at stack.ID) Transaction {
	return Transaction{id: transactions.Add(1), Scope: scope, Stack: at}
}

// Open reports whether t is a transaction.
func (t *Transaction) Open() bool { return t.id != 0 }

// Texts reports whether a text is expected that ends the transaction or a savepoint in it.
func (t *Transaction) Texts() bool { return t.ByText || len(t.savepoints.open) > 0 }

// Of says in a statement which transaction and savepoint it runs in.
func (t *Transaction) Of(st *record.Statement) {
	st.Tx, st.TxStack = t.id, t.Stack
	st.Savepoint, st.SavepointStack = t.savepoints.Innermost()
}

// Follow records that a text ran, which may have begun or ended the transaction or a savepoint in it.
func (t *Transaction) Follow(text *Text) {
	switch t.savepoints.Follow(text, t.Open()) {
	case Begins:
		savepoints := t.savepoints
		*t = Begin(text.Scope, text.At)
		t.ByText, t.savepoints = true, savepoints
	case Ends:
		*t = Transaction{}
	}
}
