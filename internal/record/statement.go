package record

import (
	"database/sql/driver"
	"time"

	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/stack"
)

// A Database is the identity of one wrapped database: statements of different ones are never merged.
type Database struct {
	Dialect fingerprint.Dialect
}

// A Statement is one statement as the driver ran it. The driver may reuse it and its arguments after Observe returns.
type Statement struct {
	Parsed   *fingerprint.Parsed
	Database *Database
	Tx       uint64   // transaction, unique in the process; 0 for none
	TxStack  stack.ID // where the transaction was begun
	Args     []driver.NamedValue
	Stack    stack.ID
	// Goroutine distinguishes the goroutine that ran the statement from others at the same time; 0 where it is not known.
	Goroutine uint32
	Start     time.Duration // when it was handed to the driver, since a moment that all statements share
	Duration  time.Duration // until the driver answered; rows come on top
	Failed    bool          // the driver answered an error
	Fresh     bool          // the first execution of a prepared statement
}
