//go:build go1.27

package fakebase

import (
	"database/sql"
	"database/sql/driver"
)

// columnScanner is the feature ColumnScanner. Next stays, for whoever prefers it, as drivers that serve older versions
// of Go have it.
type columnScanner struct{ r *rows }

func (m columnScanner) NextRow() error {
	m.r.b.note(m.r.name, "NextRow")
	return m.r.advance()
}

// ScanColumn is written down when database/sql asks for it, on behalf of an application: it says so by its context.
func (m columnScanner) ScanColumn(ctx driver.ScanContext, index int, dest any) error {
	if ctx != (driver.ScanContext{}) {
		m.r.b.note(m.r.name, "ScanColumn", index)
	}
	if err := m.r.b.fault(ScanColumn); err != nil {
		return err
	}
	return sql.ConvertAssign(ctx, dest, m.r.value(index))
}
