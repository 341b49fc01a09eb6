package driver

import (
	"database/sql/driver"
	"io"
	"reflect"
	"time"

	"github.com/nplusgone/nplusgone/internal/record"
	"github.com/nplusgone/nplusgone/internal/session"
)

// rows are watched rows: each one is shown to the scope. They have every optional interface of driver.Rows; where the
// base lacks one they return what database/sql assumes without it.
type rows struct {
	base   driver.Rows
	result record.Result
	w      *wrapper
	names  []string
	n      int  // rows fetched so far
	wanted bool // the scope wants to see the values of rows
	later  bool // beyond the first result set
	begun  bool // the first row was asked for

	// took is the estimated time of fetching, see sampleEvery. Until the first row it is when the base returned the rows; see
	// session.Clock.
	took time.Duration
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

// sampleEvery says which rows are timed: the first one, and of later ones every 64th, whose time counts for 64. Reading the
// clock takes longer than most drivers take for a row.
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

// start returns the time at which fetching the next row begins. For the first row that is when the base returned the rows:
// reading the clock again would return nearly the same.
func (r *rows) start() time.Duration {
	if !r.begun {
		start := r.took
		r.begun, r.took = true, 0
		return start
	}
	return session.Clock()
}

// time adds the time that a row took since start, and that of the rows that are not timed.
func (r *rows) time(start time.Duration) {
	took := session.Clock() - start
	if r.n > 0 {
		took *= sampleEvery
	}
	r.took += took
}

// fetched records the result of fetching a row, and returns its error.
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

// show shows the current row to the scope. Rows of later result sets are counted only.
func (r *rows) show(values []driver.Value) {
	if r.later || r.w.off.Load() {
		return
	}
	defer r.w.guard()
	r.result.Row(r.columns(), values)
}

// columns returns the names of the columns. database/sql calls Columns before the first row; code that gets the rows
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
	if !r.begun {
		r.took = 0
	}
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
		r.names, r.later = nil, true
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
