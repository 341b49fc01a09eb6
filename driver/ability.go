package driver

//lint:file-ignore SA1019 legacy drivers are wrapped too

import (
	"context"
	"database/sql/driver"
)

// What the method set of a connection tells database/sql, each by a type that is embedded where the base has it. One
// that can neither exec nor query prepares every statement, and converts its arguments by the prepared statement's
// rules. One that can both reset its session and say whether it is valid is kept when a context ends its transaction,
// any other is dropped.
type (
	execer    struct{ c *conn }
	queryer   struct{ c *conn }
	resetter  struct{ c *conn }
	validator struct{ c *conn }
)

var (
	_ driver.ExecerContext   = execer{}
	_ driver.Execer          = execer{}
	_ driver.QueryerContext  = queryer{}
	_ driver.Queryer         = queryer{}
	_ driver.SessionResetter = resetter{}
	_ driver.Validator       = validator{}
)

func (m execer) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	_, err := m.c.mw.ExecContext(ctx, query, args)
	return m.c.s.takeResult(err)
}

// Exec implements driver.Execer. database/sql calls ExecContext instead, but go-sql-driver/mysql documents a use of the
// legacy form through (*sql.Conn).Raw.
func (m execer) Exec(query string, args []driver.Value) (driver.Result, error) {
	return m.ExecContext(context.Background(), query, named(args))
}

func (m queryer) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	_, err := m.c.mw.QueryContext(ctx, query, args)
	return m.c.s.takeRows(err)
}

// Query implements driver.Queryer. database/sql calls QueryContext instead.
func (m queryer) Query(query string, args []driver.Value) (driver.Rows, error) {
	return m.QueryContext(context.Background(), query, named(args))
}

func (m resetter) ResetSession(ctx context.Context) error {
	m.c.s.leave()
	return m.c.base.(driver.SessionResetter).ResetSession(ctx)
}

func (m validator) IsValid() bool { return m.c.base.(driver.Validator).IsValid() }

func canExec(c driver.Conn) bool {
	_, modern := c.(driver.ExecerContext)
	_, legacy := c.(driver.Execer)
	return modern || legacy
}

func canQuery(c driver.Conn) bool {
	_, modern := c.(driver.QueryerContext)
	_, legacy := c.(driver.Queryer)
	return modern || legacy
}
