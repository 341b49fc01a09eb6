package driver

import (
	"database/sql/driver"
	"io"
	"reflect"
	"time"

	"github.com/nplusgone/nplusgone/detector"
)

// rows hands on the base's rows and shows each to the scope. It has every optional interface of driver.Rows; where the
// base lacks one it answers what database/sql takes for granted then, so that nobody can tell the difference.
type rows struct {
	base   driver.Rows
	result detector.Result
	w      *wrapper
	names  []string
	n      int  // rows so far
	next   bool // beyond the first result set
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

// Fetching the first rows is timed one by one, later ones are sampled: reading the clock twice costs more than most
// drivers take for a row.
const (
	timedRows   = 1
	sampleEvery = 16
)

func (r *rows) Next(dest []driver.Value) error {
	weight, start := r.sample()
	err := r.base.Next(dest)
	r.fetched(weight, start)
	switch err {
	case nil:
		r.row(dest)
	case io.EOF:
		r.drained()
	}
	return err
}

// sample returns how many rows the next one stands for, and the time if that is not 0.
func (r *rows) sample() (weight, start time.Duration) {
	switch {
	case r.n < timedRows:
		return 1, clock()
	case r.n%sampleEvery == 0:
		return sampleEvery, clock()
	}
	return 0, 0
}

func (r *rows) fetched(weight, start time.Duration) {
	if weight > 0 {
		r.took += (clock() - start) * weight
	}
}

func (r *rows) row(values []driver.Value) {
	r.n++
	if r.w.off.Load() {
		return
	}
	defer r.w.guard()
	r.show(values)
}

func (r *rows) show(values []driver.Value) {
	if r.n == 1 && !r.next {
		r.result.Columns(r.columns())
	}
	r.result.Row(values)
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
	r.result.Close(r.took)
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
		r.nextSet()
	}
	return err
}

func (r *rows) nextSet() {
	r.names, r.next = nil, true
	if r.w.off.Load() {
		return
	}
	defer r.w.guard()
	r.result.NextResultSet()
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
