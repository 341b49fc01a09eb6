package internal

import "internal/runtime/atomic"

// The flags of a statement.
const (
	Failed = 1 << iota // the driver returned an error
	Fresh              // the first execution of a prepared statement
	Rows               // it returned rows
)

// The flags of a closed result.
const (
	Drained = 1 << iota // the application fetched the end
	Capped              // values of later rows were not written
)

// ids counts databases, connections, transactions and results.
var ids uint64

// NewID returns a number that no other database, connection, transaction or result of the process has.
//
//go:norace
func NewID() uint64 { return atomic.Xadd64(&ids, 1) }

// Database records a database, with the types of its driver and of a connection.
//
//go:norace
func Database(id uint64, driver, conn string) {
	lock()
	d, c := textID(driver), textID(conn)
	begin(kindDatabase)
	putUint(id)
	putUint(d)
	putUint(c)
	commit()
	unlock()
}

// Begin records that a transaction begins on a connection.
//
//go:norace
func Begin(conn uint64) {
	hash, _ := walk(maxDepth)
	scope := current()
	lock()
	stack := stackID(hash)
	begin(kindBegin)
	putUint(conn)
	putUint(NewID())
	putUint(scope)
	putUint(stack)
	commit()
	unlock()
}

// Finish records that the transaction of a connection ends.
//
//go:norace
func Finish(conn uint64) {
	lock()
	begin(kindFinish)
	putUint(conn)
	commit()
	unlock()
}

// Statement records a statement that ran on the calling goroutine. args has its arguments, as package sql writes values, with a
// name before each. result is 0 for a statement without rows.
//
//go:norace
func Statement(database, conn, result uint64, text string, start int64, flags byte, count int, args []byte) {
	took := nanotime() - start
	hash, _ := walk(maxDepth)
	scope := current()
	lock()
	id, stack, self := textID(text), stackID(hash), goroutine()
	begin(kindStatement)
	putUint(scope)
	putUint(self)
	putUint(database)
	putUint(conn)
	putUint(result)
	putUint(id)
	putUint(stack)
	putUint(uint64(start))
	putUint(uint64(took))
	putByte(flags)
	if id == 0 {
		putUint(uint64(len(text)))
		putString(text)
	}
	putLoops(stack, self)
	putUint(uint64(count))
	putBytes(args)
	commit()
	unlock()
}

// Columns records the names of the columns of a result.
//
//go:norace
func Columns(result uint64, names []string) {
	var ids [64]uint64
	n := min(len(names), len(ids))
	lock()
	for i := range n {
		ids[i] = textID(names[i])
	}
	begin(kindColumns)
	putUint(result)
	for i := range n {
		putUint(ids[i])
	}
	commit()
	unlock()
}

// Row records a row of a result, with its values as package sql writes them.
//
//go:norace
func Row(result uint64, values []byte) {
	lock()
	begin(kindRow)
	putUint(result)
	putBytes(values)
	commit()
	unlock()
}

// Close records that a result was closed: how many rows were fetched, how many of them the application read a column of, and how many
// nanoseconds fetching took.
//
//go:norace
func Close(result uint64, rows, scanned int, flags byte, took int64) {
	lock()
	begin(kindClose)
	putUint(result)
	putUint(uint64(rows))
	putUint(uint64(scanned))
	putByte(flags)
	putUint(uint64(took))
	commit()
	unlock()
}
