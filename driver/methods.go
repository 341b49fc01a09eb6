package driver

//lint:file-ignore SA1019 legacy drivers are wrapped too

import (
	"context"
	"database/sql/driver"
)

// database/sql treats a connection by the methods that it has. One that can neither execute nor query prepares every
// statement, and converts its arguments by the rules of the prepared statement. One that can both reset its session and
// report whether it is valid is kept when a context ends its transaction; any other is closed. A type with a method that
// is there only sometimes does not exist in Go, so each of these methods is a type to embed, and expose has one type for
// each set of them.
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
	return m.c.exec(ctx, query, args)
}

// Exec implements driver.Execer. database/sql calls ExecContext instead, but go-sql-driver/mysql documents a use of Exec
// through (*sql.Conn).Raw.
func (m execer) Exec(query string, args []driver.Value) (driver.Result, error) {
	return m.c.exec(context.Background(), query, named(args))
}

func (m queryer) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	return m.c.query(ctx, query, args)
}

// Query implements driver.Queryer. database/sql calls QueryContext instead.
func (m queryer) Query(query string, args []driver.Value) (driver.Rows, error) {
	return m.c.query(context.Background(), query, named(args))
}

// ResetSession ends a transaction that was begun by SQL text: the base rolls it back, or closes the connection.
func (m resetter) ResetSession(ctx context.Context) error {
	m.c.endTransaction()
	return m.c.base.(driver.SessionResetter).ResetSession(ctx)
}

func (m validator) IsValid() bool { return m.c.base.(driver.Validator).IsValid() }

// Bits of an index of methodSets.
const (
	executes = 1 << iota
	queries
	resets
	validates

	allMethodSets
)

// methodSetOf returns which of the methods above a base connection has.
func methodSetOf(base driver.Conn) (set int) {
	switch base.(type) {
	case driver.ExecerContext, driver.Execer:
		set |= executes
	}
	switch base.(type) {
	case driver.QueryerContext, driver.Queryer:
		set |= queries
	}
	if _, ok := base.(driver.SessionResetter); ok {
		set |= resets
	}
	if _, ok := base.(driver.Validator); ok {
		set |= validates
	}
	return set
}

// expose returns c with those of the methods above that its base has.
func (c *conn) expose() driver.Conn { return methodSets[methodSetOf(c.base)](c) }
