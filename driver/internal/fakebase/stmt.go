package fakebase

import (
	"context"
	"database/sql/driver"
	"strings"
)

// A stmt is a prepared statement without optional interfaces; stmtSets adds them. It takes as many arguments as it has
// question marks, any number where it says VARIADIC.
type stmt struct {
	b           *Base
	name, query string
}

func (s *stmt) Close() error {
	s.b.note(s.name, "Close")
	s.b.closed("stmt")
	return s.b.fault(CloseStmt)
}

func (s *stmt) NumInput() int {
	s.b.note(s.name, "NumInput")
	if strings.Contains(s.query, "VARIADIC") {
		return -1
	}
	return strings.Count(s.query, "?")
}

func (s *stmt) Exec(args []driver.Value) (driver.Result, error) {
	s.b.note(s.name, "Exec", args)
	return s.b.exec()
}

func (s *stmt) Query(args []driver.Value) (driver.Rows, error) {
	s.b.note(s.name, "Query", args)
	return s.b.query()
}

type stmtExecContext struct{ s *stmt }

func (m stmtExecContext) ExecContext(ctx context.Context, args []driver.NamedValue) (driver.Result, error) {
	m.s.b.note(m.s.name, "ExecContext", ctx, args)
	return m.s.b.exec()
}

type stmtQueryContext struct{ s *stmt }

func (m stmtQueryContext) QueryContext(ctx context.Context, args []driver.NamedValue) (driver.Rows, error) {
	m.s.b.note(m.s.name, "QueryContext", ctx, args)
	return m.s.b.query()
}

type stmtChecker struct{ s *stmt }

func (m stmtChecker) CheckNamedValue(v *driver.NamedValue) error {
	m.s.b.note(m.s.name, "CheckNamedValue", []driver.NamedValue{*v})
	return check("statement", v)
}

type columnConverter struct{ s *stmt }

func (m columnConverter) ColumnConverter(index int) driver.ValueConverter {
	m.s.b.note(m.s.name, "ColumnConverter", index)
	return toValue{index}
}

func (b *Base) exec() (driver.Result, error) {
	if err := b.fault(Exec); err != nil {
		return nil, err
	}
	return &Result{b}, nil
}

// A Result is the base's own type of driver.Result. Some drivers' results can do more than database/sql asks for, which
// an application reaches through (*sql.Conn).Raw.
type Result struct{ b *Base }

// LastInsertId implements driver.Result.
func (r *Result) LastInsertId() (int64, error) {
	r.b.note("result", "LastInsertId")
	return 7, r.b.fault(LastInsertID)
}

// RowsAffected implements driver.Result.
func (r *Result) RowsAffected() (int64, error) {
	r.b.note("result", "RowsAffected")
	return 1, r.b.fault(RowsAffected)
}
