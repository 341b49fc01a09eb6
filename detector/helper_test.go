package detector

import (
	"context"
	"database/sql/driver"
	"runtime"
	"testing"
	"time"

	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/record"
	"github.com/nplusgone/nplusgone/internal/stack"
)

// shop is the database of these tests.
var shop = &record.Database{Dialect: fingerprint.SQLite}

// at returns the ID of a stack of one call, on a line of the application.
func at(line int) stack.ID {
	return stack.Intern([]runtime.Frame{{Function: "example.com/shop.List", File: "list.go", Line: line}})
}

// statement returns a statement that ran at a line of the application.
func statement(sql string, line int, args ...driver.Value) *record.Statement {
	st := &record.Statement{Parsed: fingerprint.Parse(shop.Dialect, sql), Database: shop, Stack: at(line), Duration: time.Millisecond}
	for i, v := range args {
		st.Args = append(st.Args, driver.NamedValue{Ordinal: i + 1, Value: v})
	}
	return st
}

// query records a statement and its result, which has rows of one value.
func query(s *Scope, st *record.Statement, column string, values ...driver.Value) {
	var r record.Result
	if !s.Observe(st, &r) {
		return
	}
	for _, v := range values {
		r.Row([]string{column}, []driver.Value{v})
	}
	r.Drained()
	r.Close(len(values), 0)
}

// repeatedly records n statements with different arguments, as of a loop whose parent is not known.
func repeatedly(s *Scope, n int) {
	for i := range n {
		query(s, statement("SELECT body FROM comments WHERE post_id = ?", 17, int64(7*i+3)), "body", "nice")
	}
}

func begin(t *testing.T, opts ...Option) (context.Context, *Scope) {
	t.Helper()
	d, err := New(opts...)
	if err != nil {
		t.Fatal(err)
	}
	return d.Begin(t.Context(), t.Name())
}
