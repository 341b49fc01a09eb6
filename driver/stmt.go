package driver

//lint:file-ignore SA1019 legacy drivers are wrapped too

import (
	"context"
	"database/sql/driver"
)

// A stmt is what database/sql gets for a prepared statement. It runs in the scope of each caller.
type stmt struct {
	mw   wrappedStmt // sqlmw's statement over the base's
	base driver.Stmt
	c    *conn
	ran  bool
}

// wrappedStmt is the part of sqlmw's statement that calls pass through.
type wrappedStmt interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

var (
	_ driver.StmtExecContext   = (*stmt)(nil)
	_ driver.StmtQueryContext  = (*stmt)(nil)
	_ driver.NamedValueChecker = (*stmt)(nil)
	_ driver.ColumnConverter   = converterStmt{}
)

// wrapStmt wraps a statement that sqlmw has wrapped; the session kept the base's own.
func wrapStmt(mw driver.Stmt, c *conn) driver.Stmt {
	s := &stmt{mw: mw.(wrappedStmt), base: c.s.takeStmt(), c: c}
	if converter, ok := s.base.(driver.ColumnConverter); ok {
		return converterStmt{s, converter}
	}
	return s
}

// Unwrap returns the base driver's statement.
func (s *stmt) Unwrap() driver.Stmt { return s.base }

func (s *stmt) Close() error { return s.mw.Close() }

func (s *stmt) NumInput() int { return s.base.NumInput() }

// Exec implements driver.Stmt. database/sql calls ExecContext instead.
func (s *stmt) Exec(args []driver.Value) (driver.Result, error) {
	return s.ExecContext(context.Background(), named(args))
}

// Query implements driver.Stmt. database/sql calls QueryContext instead.
func (s *stmt) Query(args []driver.Value) (driver.Rows, error) {
	return s.QueryContext(context.Background(), named(args))
}

func named(args []driver.Value) []driver.NamedValue {
	values := make([]driver.NamedValue, len(args))
	for i, a := range args {
		values[i] = driver.NamedValue{Ordinal: i + 1, Value: a}
	}
	return values
}

func (s *stmt) ExecContext(ctx context.Context, args []driver.NamedValue) (driver.Result, error) {
	s.run()
	_, err := s.mw.ExecContext(ctx, args)
	return s.c.s.takeResult(err)
}

func (s *stmt) QueryContext(ctx context.Context, args []driver.NamedValue) (driver.Rows, error) {
	s.run()
	_, err := s.mw.QueryContext(ctx, args)
	return s.c.s.takeRows(err)
}

// run tells the session whether the statement runs for the first time.
func (s *stmt) run() {
	s.c.s.fresh = !s.ran
	s.ran = true
}

// CheckNamedValue asks, as database/sql does, the statement first and then the connection.
func (s *stmt) CheckNamedValue(v *driver.NamedValue) error {
	if checker, ok := s.base.(driver.NamedValueChecker); ok {
		return checker.CheckNamedValue(v)
	}
	return s.c.CheckNamedValue(v)
}

// converterStmt is a stmt whose base converts arguments column by column.
type converterStmt struct {
	*stmt
	converter driver.ColumnConverter
}

func (s converterStmt) ColumnConverter(index int) driver.ValueConverter {
	return s.converter.ColumnConverter(index)
}
