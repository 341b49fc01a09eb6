package record

import (
	"context"
	"database/sql/driver"
	"runtime"
	"testing"
	"time"

	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/stack"
)

// shop is the database of these tests.
var shop = &Database{Dialect: fingerprint.SQLite}

// at returns the ID of a stack of one call, on a line of the application.
func at(line int) stack.ID {
	return stack.Intern([]runtime.Frame{{Function: "example.com/shop.List", File: "list.go", Line: line}})
}

// statement returns a statement that ran at a line of the application.
func statement(sql string, line int, args ...driver.Value) *Statement {
	st := &Statement{Parsed: fingerprint.Parse(shop.Dialect, sql), Database: shop, Stack: at(line), Duration: time.Millisecond}
	for i, v := range args {
		st.Args = append(st.Args, driver.NamedValue{Ordinal: i + 1, Value: v})
	}
	return st
}

// query records a statement and its result, which has rows of one value.
func query(s *Scope, st *Statement, column string, values ...driver.Value) {
	var r Result
	if !s.Observe(st, &r) {
		return
	}
	for _, v := range values {
		r.Row([]string{column}, []driver.Value{v})
	}
	r.Drained()
	r.Close(len(values), 0)
}

func begin(t *testing.T) (context.Context, *Scope) {
	t.Helper()
	return Begin(t.Context(), t.Name(), nil, false, 0)
}
