//go:build go1.27

package sql

import (
	"database/sql/driver"
	"internal"
)

// A nplusUnscanned is in the place of a value that the driver could not scan.
type nplusUnscanned struct{}

// nextRow records the result of advancing to a row whose columns the driver scans. It scans them once more, into values of any type.
func (r *nplusRows) nextRow(dc *driverConn, scanner driver.RowsColumnScanner, rows driver.Rows, err error, start int64) {
	if !r.fetched(err, start) {
		return
	}
	if r.n == 1 {
		names := rows.Columns()
		internal.Columns(r.id, names)
		r.cells = make([]any, len(names))
	}
	b := dc.nplus.args[:0]
	for i := range r.cells {
		r.cells[i] = nil
		if scanner.ScanColumn(driver.ScanContext{}, i, &r.cells[i]) != nil {
			r.cells[i] = nplusUnscanned{}
		}
		b = nplusValue(b, r.cells[i])
	}
	dc.nplus.args = b
	internal.Row(r.id, b)
}
