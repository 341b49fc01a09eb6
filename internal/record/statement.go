package record

import (
	"database/sql/driver"
	"time"

	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/stack"
)

// A Database is the identity of one observed database. Statements of different databases never share a group.
type Database struct {
	Dialect fingerprint.Dialect // Unknown if the driver is not known
}

// A Statement is one statement that the driver ran. The driver may reuse it and its arguments after Observe has returned.
type Statement struct {
	Parsed   *fingerprint.Parsed
	Database *Database
	Tx       uint64   // transaction, unique in the process; 0 for none
	TxStack  stack.ID // where the transaction was begun; 0 for none

	Savepoint      uint64   // the innermost savepoint, unique in the process; 0 for none
	SavepointStack stack.ID // where it was begun; 0 for none, or if that is not known

	Args  []driver.NamedValue // as the driver received them
	Stack stack.ID            // of the call that ran the statement

	// Goroutine distinguishes the goroutine that ran the statement from others; 0 where that is not known.
	Goroutine uint32
	Start     time.Duration // when the driver was called, since an epoch that all statements of the process share
	Duration  time.Duration // until the driver returned, without fetching the rows
	Failed    bool          // the driver returned an error
	Fresh     bool          // the first execution of a prepared statement

	// Loops are those around the stack that count their turns, and Counts what each of them had counted. Both are empty if none is known.
	// The scope keeps them.
	Loops  []CountedLoop
	Counts []LoopCount

	// Batch has the further executions of a batch: statements with the same fingerprint that the driver sent together with
	// this one, in one round trip. They count as one statement, which has a list of values at each position.
	Batch []Execution
}

// An Execution is one statement of a batch. Its fingerprint is that of the Statement.
type Execution struct {
	Parsed *fingerprint.Parsed
	Args   []driver.NamedValue
}
