package driver

import (
	"database/sql/driver"
	"io"
	"reflect"
	"time"

	"github.com/nplusgone/nplusgone/internal/record"
)

// rows hands on the base's rows and shows each to the scope. It has every optional interface of driver.Rows; where the
// base lacks one it answers what database/sql takes for granted then, so that nobody can tell the difference.
type rows struct {
	base   driver.Rows
	result record.Result
	w      *wrapper
	names  []string
	n      int           // rows so far
	wanted bool          // the scope wants to see the values of rows
	next   bool          // beyond the first result set
	since  time.Duration // when the statement was answered
	took   time.Duration
}

var (
	_ driver.RowsNextResultSet              = (*rows)(nil)
	_ driver.RowsColumnTypeDatabaseTypeName = (*rows)(nil)
	_ driver.RowsColumnTypeLength           = (*rows)(nil)
	_ driver.RowsColumnTypeNullable         = (*rows)(nil)
	_ driver.RowsColumnTypePrecisionScale   = (*rows)(nil)
	_ driver.RowsColumnTypeScanType         = (*rows)(nil)
)

// Unwrap returns the base driver's rows.
func (r *rows) Unwrap() driver.Rows { return r.base }

func (r *rows) Columns() []string {
	r.names = r.base.Columns()
	return r.names
}

// Fetching the first row is timed, from the answer on; of later ones every 64th is, and stands for 64: reading
// the clock costs more than most drivers take for a row.
const sampleEvery = 64

func (r *rows) Next(dest []driver.Value) error {
	if r.n%sampleEvery != 0 {
		return r.fetched(r.base.Next(dest), dest)
	}
	start := r.start()
	err := r.base.Next(dest)
	r.time(start)
	return r.fetched(err, dest)
}

// start returns when fetching the row at hand began. For the first one that is when the statement was answered, which
// saves reading the clock: there is little between the two.
func (r *rows) start() time.Duration {
	if r.n == 0 {
		return r.since
	}
	return clock()
}

// time adds the time that a row took since start, and that of the rows it stands for.
func (r *rows) time(start time.Duration) {
	took := clock() - start
	if r.n > 0 {
		took *= sampleEvery
	}
	r.took += took
}

// fetched takes in what fetching a row came to, and hands its error on.
func (r *rows) fetched(err error, values []driver.Value) error {
	switch {
	case err == nil:
		r.n++
		if r.wanted {
			r.show(values)
		}
	case err == io.EOF:
		r.drained()
	}
	return err
}

// show shows the row at hand to the scope.
func (r *rows) show(values []driver.Value) {
	if r.next || r.w.off.Load() {
		return // later result sets are counted only
	}
	defer r.w.guard()
	r.result.Row(r.columns(), values)
}

// columns returns the names of the columns. database/sql has asked for them before the first row; who reaches the base
// through (*sql.Conn).Raw need not.
func (r *rows) columns() []string {
	if r.names == nil {
		r.names = r.base.Columns()
	}
	return r.names
}

func (r *rows) drained() {
	if r.w.off.Load() {
		return
	}
	defer r.w.guard()
	r.result.Drained()
}

func (r *rows) Close() error {
	err := r.base.Close()
	r.close()
	return err
}

func (r *rows) close() {
	if r.w.off.Load() {
		return
	}
	defer r.w.guard()
	r.result.Close(r.n, r.took)
}

func (r *rows) HasNextResultSet() bool {
	next, ok := r.base.(driver.RowsNextResultSet)
	return ok && next.HasNextResultSet()
}

func (r *rows) NextResultSet() error {
	next, ok := r.base.(driver.RowsNextResultSet)
	if !ok {
		return io.EOF
	}
	err := next.NextResultSet()
	if err == nil {
		r.names, r.next = nil, true
	}
	return err
}

func (r *rows) ColumnTypeDatabaseTypeName(index int) string {
	if t, ok := r.base.(driver.RowsColumnTypeDatabaseTypeName); ok {
		return t.ColumnTypeDatabaseTypeName(index)
	}
	return ""
}

func (r *rows) ColumnTypeLength(index int) (length int64, ok bool) {
	if t, ok := r.base.(driver.RowsColumnTypeLength); ok {
		return t.ColumnTypeLength(index)
	}
	return 0, false
}

func (r *rows) ColumnTypeNullable(index int) (nullable, ok bool) {
	if t, ok := r.base.(driver.RowsColumnTypeNullable); ok {
		return t.ColumnTypeNullable(index)
	}
	return false, false
}

func (r *rows) ColumnTypePrecisionScale(index int) (precision, scale int64, ok bool) {
	if t, ok := r.base.(driver.RowsColumnTypePrecisionScale); ok {
		return t.ColumnTypePrecisionScale(index)
	}
	return 0, 0, false
}

func (r *rows) ColumnTypeScanType(index int) reflect.Type {
	if t, ok := r.base.(driver.RowsColumnTypeScanType); ok {
		return t.ColumnTypeScanType(index)
	}
	return reflect.TypeFor[any]()
}
