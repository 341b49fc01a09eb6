package main

import (
	"context"
	"database/sql/driver"
	"fmt"
	"io"
)

// noop is a driver that does nothing. It has every interface of a current driver, so that database/sql has the least to do.
// Every query returns rows of one table: the row whose id is the argument, or all rows without an argument.
type noop struct{}

func (noop) Open(string) (driver.Conn, error) { return noopConn{}, nil }

// The table, also in SQLite, has tableRows rows with ids from firstID on. Integers below 256 are converted to interfaces
// without the allocation that others need.
const (
	tableRows = 1000
	firstID   = 1000
)

// noopTable has its values as interfaces, because converting a value to one may allocate.
var noopTable = func() (rows [tableRows][]driver.Value) {
	for i := range rows {
		id := int64(firstID + i)
		rows[i] = []driver.Value{id, fmt.Sprintf("item %d", id), fmt.Sprintf("a description of item %d", id), id * 7919}
	}
	return rows
}()

var noopColumns = []string{"id", "name", "note", "score"}

type noopConn struct{}

var (
	_ driver.ConnBeginTx        = noopConn{}
	_ driver.ConnPrepareContext = noopConn{}
	_ driver.ExecerContext      = noopConn{}
	_ driver.QueryerContext     = noopConn{}
	_ driver.NamedValueChecker  = noopConn{}
	_ driver.Pinger             = noopConn{}
	_ driver.SessionResetter    = noopConn{}
	_ driver.Validator          = noopConn{}
	_ driver.StmtExecContext    = noopStmt{}
	_ driver.StmtQueryContext   = noopStmt{}
)

func (noopConn) Prepare(string) (driver.Stmt, error)                          { return noopStmt{}, nil }
func (noopConn) PrepareContext(context.Context, string) (driver.Stmt, error)  { return noopStmt{}, nil }
func (noopConn) Close() error                                                 { return nil }
func (noopConn) Begin() (driver.Tx, error)                                    { return noopTx{}, nil }
func (noopConn) BeginTx(context.Context, driver.TxOptions) (driver.Tx, error) { return noopTx{}, nil }
func (noopConn) CheckNamedValue(*driver.NamedValue) error                     { return nil }
func (noopConn) Ping(context.Context) error                                   { return nil }
func (noopConn) ResetSession(context.Context) error                           { return nil }
func (noopConn) IsValid() bool                                                { return true }

func (noopConn) ExecContext(context.Context, string, []driver.NamedValue) (driver.Result, error) {
	return driver.RowsAffected(1), nil
}

func (noopConn) QueryContext(_ context.Context, _ string, args []driver.NamedValue) (driver.Rows, error) {
	return rowsFor(args)
}

type noopTx struct{}

func (noopTx) Commit() error   { return nil }
func (noopTx) Rollback() error { return nil }

type noopStmt struct{}

func (noopStmt) Close() error  { return nil }
func (noopStmt) NumInput() int { return -1 }

// database/sql calls the methods with a context instead.
func (noopStmt) Exec([]driver.Value) (driver.Result, error) { return nil, driver.ErrSkip }
func (noopStmt) Query([]driver.Value) (driver.Rows, error)  { return nil, driver.ErrSkip }

func (noopStmt) ExecContext(context.Context, []driver.NamedValue) (driver.Result, error) {
	return driver.RowsAffected(1), nil
}

func (noopStmt) QueryContext(_ context.Context, args []driver.NamedValue) (driver.Rows, error) {
	return rowsFor(args)
}

func rowsFor(args []driver.NamedValue) (driver.Rows, error) {
	if len(args) == 0 {
		return &noopRows{rows: noopTable[:]}, nil
	}
	id, ok := args[0].Value.(int64)
	if i := id - firstID; ok && i >= 0 && i < tableRows {
		return &noopRows{rows: noopTable[i : i+1]}, nil
	}
	return nil, fmt.Errorf("noop: there is no row %v", args[0].Value)
}

// noopRows are the rows of the table that were not fetched yet.
type noopRows struct{ rows [][]driver.Value }

func (*noopRows) Columns() []string { return noopColumns }
func (*noopRows) Close() error      { return nil }

func (r *noopRows) Next(dest []driver.Value) error {
	if len(r.rows) == 0 {
		return io.EOF
	}
	copy(dest, r.rows[0])
	r.rows = r.rows[1:]
	return nil
}
