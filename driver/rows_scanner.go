//go:build go1.27

package driver

import (
	"database/sql"
	"database/sql/driver"
)

// expose returns the value that database/sql gets. It can scan its own columns only if the base's rows can, or where
// WithScans asks for it: with such rows database/sql holds the connection's lock while it scans, so that a sql.Scanner
// that runs a statement in its own transaction would wait for itself.
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

// A scanner is rows whose base puts column values straight into the application's variables. To see them too, each row
// is read once more, as values of any type, before the application reads it. It knows which rows the application read:
// those that it did not were fetched to be counted.
type scanner struct {
	*rows
	base    driver.RowsColumnScanner
	scanned int            // the latest row that a column was scanned of, counted from 1
	cells   []any          // of the row at hand
	values  []driver.Value // the same, as a driver's
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

// reached takes in what advancing to a row came to, and hands its error on.
func (r *scanner) reached(err error) error {
	if err == nil && r.looks && !r.next {
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

// unread stands for a value that the base did not give us: nothing is known of it.
type unread struct{}

// read reads the row at hand.
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

// A converter is rows whose base hands out values, made to scan them as database/sql would: to know which rows the
// application read.
type converter struct {
	*rows
	scanned int            // as in scanner
	values  []driver.Value // of the row at hand
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
