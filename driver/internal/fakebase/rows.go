package fakebase

import (
	"database/sql/driver"
	"io"
	"reflect"
	"time"
)

// rows is a result without optional interfaces; rowsSets adds them.
type rows struct {
	b    *Base
	name string
	set  int
	row  int
}

func (b *Base) query() (driver.Rows, error) {
	if err := b.fault(Query); err != nil {
		return nil, err
	}
	r := &rows{b: b, name: b.name("rows")}
	return rowsSets[b.Features&OfRows](r), nil
}

func (r *rows) Columns() []string {
	r.b.note(r.name, "Columns")
	if r.set > 0 {
		return []string{"total"}
	}
	return []string{"id", "title", "body", "price", "live", "made", "nothing"}[:r.b.Columns]
}

// A row holds one value of each type that drivers return.
func (r *rows) value(column int) driver.Value {
	if r.set > 0 {
		return int64(r.row * 100)
	}
	switch column {
	case 0:
		return int64(r.row)
	case 1:
		return "a title"
	case 2:
		return []byte("a body")
	case 3:
		return 9.5
	case 4:
		return true
	case 5:
		return time.Date(2026, 1, r.row%28, 0, 0, 0, 0, time.UTC)
	}
	return nil
}

func (r *rows) Next(dest []driver.Value) error {
	r.b.note(r.name, "Next", len(dest))
	if err := r.advance(); err != nil {
		return err
	}
	for i := range dest {
		dest[i] = r.value(i)
	}
	return nil
}

func (r *rows) advance() error {
	if err := r.b.fault(Next); err != nil {
		return err
	}
	if r.row == r.b.Rows {
		return io.EOF
	}
	r.row++
	return nil
}

func (r *rows) Close() error {
	r.b.note(r.name, "Close")
	r.b.closed("rows")
	return r.b.fault(CloseRows)
}

type nextResultSet struct{ r *rows }

func (m nextResultSet) HasNextResultSet() bool {
	m.r.b.note(m.r.name, "HasNextResultSet")
	return m.r.set+1 < m.r.b.Sets
}

func (m nextResultSet) NextResultSet() error {
	m.r.b.note(m.r.name, "NextResultSet")
	if err := m.r.b.fault(NextSet); err != nil {
		return err
	}
	if m.r.set+1 >= m.r.b.Sets {
		return io.EOF
	}
	m.r.set++
	m.r.row = 0
	return nil
}

type typeDatabaseTypeName struct{ r *rows }

func (m typeDatabaseTypeName) ColumnTypeDatabaseTypeName(index int) string {
	m.r.b.note(m.r.name, "ColumnTypeDatabaseTypeName", index)
	return "VARCHAR"
}

type typeLength struct{ r *rows }

func (m typeLength) ColumnTypeLength(index int) (int64, bool) {
	m.r.b.note(m.r.name, "ColumnTypeLength", index)
	return 255, true
}

type typeNullable struct{ r *rows }

func (m typeNullable) ColumnTypeNullable(index int) (nullable, ok bool) {
	m.r.b.note(m.r.name, "ColumnTypeNullable", index)
	return index%2 == 0, true
}

type typePrecisionScale struct{ r *rows }

func (m typePrecisionScale) ColumnTypePrecisionScale(index int) (precision, scale int64, ok bool) {
	m.r.b.note(m.r.name, "ColumnTypePrecisionScale", index)
	return 10, 2, true
}

type typeScanType struct{ r *rows }

func (m typeScanType) ColumnTypeScanType(index int) reflect.Type {
	m.r.b.note(m.r.name, "ColumnTypeScanType", index)
	return reflect.TypeFor[string]()
}
