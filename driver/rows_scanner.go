//go:build go1.27

package driver

import (
	"database/sql/driver"
	"io"
)

// expose returns the value that database/sql gets. It can scan its own columns only if the base's rows can: with such
// rows database/sql holds the connection's lock while it scans, so that a sql.Scanner that runs a statement in its own
// transaction would wait for itself.
func (r *rows) expose() driver.Rows {
	if base, ok := r.base.(driver.RowsColumnScanner); ok {
		r.result.SeesScans()
		return &scanner{rows: r, base: base}
	}
	return r
}

// A scanner is rows whose base puts column values straight into the application's variables. To see them too, each row
// is read once more, as values of any type, before the application reads it.
type scanner struct {
	*rows
	base   driver.RowsColumnScanner
	cells  []any          // of the row at hand
	values []driver.Value // the same, as a driver's
}

var _ driver.RowsColumnScanner = (*scanner)(nil)

func (r *scanner) NextRow() error {
	weight, start := r.sample()
	err := r.base.NextRow()
	r.fetched(weight, start)
	switch err {
	case nil:
		r.n++
		r.read()
	case io.EOF:
		r.drained()
	}
	return err
}

func (r *scanner) ScanColumn(ctx driver.ScanContext, index int, dest any) error {
	r.result.Scanned()
	return r.base.ScanColumn(ctx, index, dest)
}

// unread stands for a value that the base did not give us: nothing is known of it.
type unread struct{}

// read shows the row at hand to the scope.
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
	r.show(r.values)
}
