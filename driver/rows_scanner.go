//go:build go1.27

package driver

import (
	"database/sql"
	"database/sql/driver"
)

// expose returns the rows for database/sql. They scan their own columns only if the base's rows do, or with WithScans:
// database/sql holds the connection's lock while such rows scan, so that a sql.Scanner that runs a statement in its own
// transaction deadlocks.
func (r *rows) expose() driver.Rows {
	if base, ok := r.base.(driver.RowsColumnScanner); ok {
		r.result.ReportsScans()
		return &scanner{rows: r, base: base}
	}
	if r.w.scans {
		r.result.ReportsScans()
		return &converter{rows: r}
	}
	return r
}

// A scanner is watched rows whose base scans column values into the application's variables. Each row that the scope wants
// to see is scanned once more, into values of any type, before the application scans it. It records which rows the
// application scanned: the others were fetched to be counted.
type scanner struct {
	*rows
	base    driver.RowsColumnScanner
	scanned int            // the latest row with a scanned column, counted from 1
	cells   []any          // values of the current row
	values  []driver.Value // the same values, as the scope takes them
}

var _ driver.RowsColumnScanner = (*scanner)(nil)

func (r *scanner) NextRow() error {
	if r.n%sampleEvery != 0 {
		return r.reached(r.base.NextRow())
	}
	start := r.start()
	err := r.base.NextRow()
	r.time(start)
	return r.reached(err)
}

// reached records the result of advancing to a row, and returns its error.
func (r *scanner) reached(err error) error {
	if err == nil && r.wanted && !r.later {
		r.read()
	}
	return r.fetched(err, r.values)
}

func (r *scanner) ScanColumn(ctx driver.ScanContext, index int, dest any) error {
	if r.scanned != r.n {
		r.scanned = r.n
		r.result.Scanned()
	}
	return r.base.ScanColumn(ctx, index, dest)
}

// unread is in the place of a value that the base could not scan. It is unknown.
type unread struct{}

// read scans the current row into cells.
func (r *scanner) read() {
	if r.w.off.Load() {
		return
	}
	defer r.w.guard()
	if width := len(r.columns()); width != len(r.cells) {
		r.cells, r.values = make([]any, width), make([]driver.Value, width)
	}
	for i := range r.cells {
		r.cells[i] = nil
		if r.base.ScanColumn(driver.ScanContext{}, i, &r.cells[i]) != nil {
			r.cells[i] = unread{}
		}
		r.values[i] = r.cells[i]
	}
}

// A converter is watched rows whose base returns values. It scans them as database/sql does, to record which rows the
// application scanned.
type converter struct {
	*rows
	scanned int            // as in scanner
	values  []driver.Value // of the current row
}

var _ driver.RowsColumnScanner = (*converter)(nil)

func (r *converter) NextRow() error {
	if r.values == nil {
		r.values = make([]driver.Value, len(r.columns()))
	}
	return r.Next(r.values)
}

func (r *converter) NextResultSet() error {
	r.values = nil
	return r.rows.NextResultSet()
}

func (r *converter) ScanColumn(ctx driver.ScanContext, index int, dest any) error {
	if r.scanned != r.n {
		r.scanned = r.n
		r.result.Scanned()
	}
	return sql.ConvertAssign(ctx, dest, r.values[index])
}
