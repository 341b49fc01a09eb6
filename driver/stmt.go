package driver

//lint:file-ignore SA1019 legacy drivers are wrapped too

import (
	"context"
	"database/sql/driver"

	"github.com/nplusgone/nplusgone/fingerprint"
)

// A stmt is a watched prepared statement.
type stmt struct {
	base   driver.Stmt
	c      *conn
	query  string
	parsed *fingerprint.Parsed // of query; nil until the statement is recorded
	ran    bool
}

var (
	_ driver.StmtExecContext   = (*stmt)(nil)
	_ driver.StmtQueryContext  = (*stmt)(nil)
	_ driver.NamedValueChecker = (*stmt)(nil)
	_ driver.ColumnConverter   = converterStmt{}
)

// wrapStmt returns base, watched. It is a driver.ColumnConverter if and only if base is one.
func wrapStmt(base driver.Stmt, query string, c *conn) driver.Stmt {
	s := &stmt{base: base, c: c, query: query}
	if converter, ok := base.(driver.ColumnConverter); ok {
		return converterStmt{s, converter}
	}
	return s
}

// Unwrap returns the base statement.
func (s *stmt) Unwrap() driver.Stmt { return s.base }

func (s *stmt) Close() error { return s.base.Close() }

func (s *stmt) NumInput() int { return s.base.NumInput() }

// Exec implements driver.Stmt. database/sql calls ExecContext instead.
func (s *stmt) Exec(args []driver.Value) (driver.Result, error) {
	return s.ExecContext(context.Background(), named(args))
}

// Query implements driver.Stmt. database/sql calls QueryContext instead.
func (s *stmt) Query(args []driver.Value) (driver.Rows, error) {
	return s.QueryContext(context.Background(), named(args))
}

func (s *stmt) ExecContext(ctx context.Context, args []driver.NamedValue) (driver.Result, error) {
	q := call{query: s.query, prepared: s, args: args, first: s.first()}
	q.begin(ctx, s.c)
	result, err := execStmt(ctx, s.base, args)
	s.c.record(&q, err, nil)
	return result, err
}

func (s *stmt) QueryContext(ctx context.Context, args []driver.NamedValue) (driver.Rows, error) {
	q := call{query: s.query, prepared: s, args: args, first: s.first()}
	q.begin(ctx, s.c)
	base, err := queryStmt(ctx, s.base, args)
	return s.c.recordQuery(&q, base, err)
}

// first reports whether it is called for the first time.
func (s *stmt) first() bool {
	first := !s.ran
	s.ran = true
	return first
}

// CheckNamedValue asks the statement first and then the connection, as database/sql does.
func (s *stmt) CheckNamedValue(v *driver.NamedValue) error {
	if checker, ok := s.base.(driver.NamedValueChecker); ok {
		return checker.CheckNamedValue(v)
	}
	return s.c.CheckNamedValue(v)
}

// A converterStmt is a stmt whose base converts arguments column by column.
type converterStmt struct {
	*stmt
	converter driver.ColumnConverter
}

func (s converterStmt) ColumnConverter(index int) driver.ValueConverter {
	return s.converter.ColumnConverter(index)
}
