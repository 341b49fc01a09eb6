//go:build go1.27

package fakebase

import (
	"database/sql"
	"database/sql/driver"
)

// columnScanner is the feature ColumnScanner. Next is there as well, as in drivers that support older versions of Go.
type columnScanner struct{ r *rows }

func (m columnScanner) NextRow() error {
	m.r.b.note(m.r.name, "NextRow")
	return m.r.advance()
}

// ScanColumn is recorded if database/sql calls it, which has a ScanContext.
func (m columnScanner) ScanColumn(ctx driver.ScanContext, index int, dest any) error {
	if ctx != (driver.ScanContext{}) {
		m.r.b.note(m.r.name, "ScanColumn", index)
	}
	if err := m.r.b.fault(ScanColumn); err != nil {
		return err
	}
	return sql.ConvertAssign(ctx, dest, m.r.value(index))
}
