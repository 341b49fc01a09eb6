package sql

import (
	"database/sql/driver"
	"errors"
	"internal"
	"io"
)

// A nplusConn is what the recorder keeps of a connection. The lock of the connection guards it.
type nplusConn struct {
	id   uint64
	args []byte
}

// nplusStart returns the time at which a statement begins; 0 if nothing is recorded.
func nplusStart() int64 { return internal.Now() }

// nplusIDs returns the numbers of the connection's database and of the connection. Each connection records its database, because another
// one may have chosen the number and not have recorded it yet.
func (dc *driverConn) nplusIDs() (database, conn uint64) {
	if dc.nplus.id == 0 {
		dc.nplus.id = internal.NewID()
		dc.db.nplus.CompareAndSwap(0, internal.NewID())
		internal.Database(dc.db.nplus.Load(), nplusHeld(dc.db.Driver()), nplusHeld(dc.ci))
	}
	return dc.db.nplus.Load(), dc.nplus.id
}

// nplusBegin records that a transaction begins, unless err says that it did not.
func (dc *driverConn) nplusBegin(err error) {
	if internal.On() && err == nil {
		_, conn := dc.nplusIDs()
		internal.Begin(conn)
	}
}

// nplusFinish records that the transaction ends.
func (dc *driverConn) nplusFinish() {
	if internal.On() {
		_, conn := dc.nplusIDs()
		internal.Finish(conn)
	}
}

// nplusRan records a statement that the driver ran. A result that is not recorded is zero.
func (dc *driverConn) nplusRan(text string, args []driver.NamedValue, start int64, rows driver.Rows, flags byte, err error) nplusRows {
	if start == 0 || err == driver.ErrSkip || errors.Is(err, driver.ErrBadConn) {
		return nplusRows{} // package sql runs the statement again, prepared or on another connection
	}
	if err != nil {
		flags, rows = flags|internal.Failed, nil
	}
	var result uint64
	if rows != nil {
		result = internal.NewID()
		flags |= internal.Rows
	}
	b := dc.nplus.args[:0]
	for i := range args {
		b = nplusText(b, args[i].Name)
		b = nplusValue(b, args[i].Value)
	}
	if dc.nplus.args = b; cap(b) > 16<<10 {
		dc.nplus.args = nil
	}
	database, conn := dc.nplusIDs()
	internal.Statement(database, conn, result, text, start, flags, len(args), b)
	return nplusRows{id: result}
}

// nplusRan records an execution of the statement.
func (ds *driverStmt) nplusRan(args []driver.NamedValue, start int64, rows driver.Rows, err error) nplusRows {
	dc, ok := ds.Locker.(*driverConn)
	if !ok {
		return nplusRows{}
	}
	var flags byte
	if !ds.nplusRun {
		flags = internal.Fresh
	}
	ds.nplusRun = true
	return dc.nplusRan(ds.nplusText, args, start, rows, flags, err)
}

// A nplusRows is what the recorder keeps of a result. The lock of the connection guards it, except for what scan changes.
type nplusRows struct {
	id      uint64 // 0 if the result is not recorded
	n       int    // rows
	scanned int    // rows of which a column was read
	last    int    // the latest of them
	flags   byte
	later   bool // beyond the first result set
	closed  bool
	took    int64
	cells   []any // values of the row, where the driver scans columns itself
}

// nplusMaxRows is the number of rows of a result whose values are written.
const nplusMaxRows = 1 << 16

// nplusSample says which rows are timed: the first one, and of later ones every 64th, whose time counts for 64.
const nplusSample = 64

// fetch returns the time at which fetching a row begins; 0 for a row that is not timed.
func (r *nplusRows) fetch() int64 {
	if r.id == 0 || r.n%nplusSample != 0 {
		return 0
	}
	return internal.Now()
}

// next records the result of fetching a row into values.
func (r *nplusRows) next(dc *driverConn, rows driver.Rows, values []driver.Value, err error, start int64) {
	if !r.fetched(err, start) {
		return
	}
	if r.n == 1 {
		internal.Columns(r.id, rows.Columns())
	}
	b := dc.nplus.args[:0]
	for i := range values {
		b = nplusValue(b, values[i])
	}
	dc.nplus.args = b
	internal.Row(r.id, b)
}

// fetched counts a row, and reports whether its values are written.
func (r *nplusRows) fetched(err error, start int64) bool {
	if r.id == 0 {
		return false
	}
	if start != 0 {
		took := internal.Now() - start
		if r.n > 0 {
			took *= nplusSample
		}
		r.took += took
	}
	if err != nil {
		if err == io.EOF {
			r.flags |= internal.Drained
		}
		return false
	}
	if r.n++; r.later {
		return false // rows of later result sets are counted
	}
	if r.n > nplusMaxRows {
		r.flags |= internal.Capped
		return false
	}
	return true
}

// scan records that the application reads columns of the row.
func (r *nplusRows) scan() {
	if r.id != 0 && r.last != r.n {
		r.last = r.n
		r.scanned++
	}
}

// close records that the result is closed.
func (r *nplusRows) close() {
	if r.id == 0 || r.closed {
		return
	}
	r.closed = true
	internal.Close(r.id, r.n, r.scanned, r.flags, r.took)
}
