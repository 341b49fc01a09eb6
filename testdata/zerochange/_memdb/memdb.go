// Package memdb is a database/sql driver without a database: a query for posts returns six of them, and one with an argument returns one
// row for it. It is the database of sample modules that are about the build and not about SQL.
package memdb

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"io"
	"strings"
)

func init() { sql.Register("memdb", Driver{}) }

type Driver struct{}

func (Driver) Open(string) (driver.Conn, error) { return conn{}, nil }

type conn struct{}

func (conn) Prepare(string) (driver.Stmt, error) { return nil, driver.ErrSkip }
func (conn) Close() error                        { return nil }
func (conn) Begin() (driver.Tx, error)           { return tx{}, nil }

func (conn) ExecContext(context.Context, string, []driver.NamedValue) (driver.Result, error) {
	return driver.RowsAffected(1), nil
}

func (conn) QueryContext(_ context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	list, _, _ := strings.Cut(strings.TrimPrefix(query, "SELECT "), " FROM ")
	r := &rows{columns: strings.Split(list, ", ")}
	for i := range 6 {
		r.ids = append(r.ids, 100+int64(i*i))
	}
	if len(args) > 0 {
		r.ids = r.ids[:len(args)]
		for i := range args {
			r.ids[i], _ = args[i].Value.(int64)
		}
	}
	return r, nil
}

type tx struct{}

func (tx) Commit() error   { return nil }
func (tx) Rollback() error { return nil }

type rows struct {
	columns []string
	ids     []int64
}

func (r *rows) Columns() []string { return r.columns }
func (r *rows) Close() error      { return nil }

func (r *rows) Next(dest []driver.Value) error {
	if len(r.ids) == 0 {
		return io.EOF
	}
	for i := range dest {
		if dest[i] = r.ids[0]; !strings.HasSuffix(r.columns[i], "id") {
			dest[i] = "text"
		}
	}
	r.ids = r.ids[1:]
	return nil
}
