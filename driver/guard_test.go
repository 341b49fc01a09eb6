package driver

import (
	"context"
	"database/sql/driver"
	"io"
	"reflect"
	"strings"
	"testing"
	"unsafe"

	"github.com/nplusgone/nplusgone/driver/internal/fakebase" //lint:file-ignore SA1019 legacy drivers are wrapped too
	"github.com/nplusgone/nplusgone/internal/record"
)

// Proves that a panic in recording rows never reaches the reader of the rows. Each call is tried by itself, because the first
// panic ends the watching.
func TestPanicsOfTheWrapperInRows(t *testing.T) {
	steps := []struct {
		name   string
		do     func(driver.Rows) error
		want   error
		breaks bool // the call records something, which panics
	}{
		{"the first row", func(r driver.Rows) error { return r.Next(make([]driver.Value, 1)) }, nil, true},
		{"a later row", func(r driver.Rows) error { return r.Next(make([]driver.Value, 1)) }, nil, true},
		{"closing", driver.Rows.Close, nil, true},
		{"the end", func(r driver.Rows) error { return r.Next(nil) }, io.EOF, false},
		{"the next set", func(r driver.Rows) error { return r.(driver.RowsNextResultSet).NextResultSet() }, nil, false},
	}
	for _, step := range steps {
		t.Run(step.name, func(t *testing.T) {
			base := fakebase.New(fakebase.NextResultSet)
			r := observedRows(t, base)
			switch step.name {
			case "a later row":
				r.n = 5
			case "the end":
				base.Rows = 0
			}
			breakResult(&r.result)
			printed := Stderr(t, func() {
				if err := step.do(r.expose()); err != step.want {
					t.Errorf("the base's error became %v, want %v", err, step.want)
				}
			})
			if off := r.w.off.Load(); off != step.breaks || off != strings.Contains(printed, "no longer observed") {
				t.Errorf("the watching ended: %v, want %v; printed: %s", off, step.breaks, printed)
			}
		})
	}
}

// observedRows returns rows of base as database/sql gets them for a statement with a scope.
func observedRows(t *testing.T, base *fakebase.Base) *rows {
	t.Helper()
	c, err := base.Connector().Connect(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	stmt, err := c.Prepare("SELECT 1")
	if err != nil {
		t.Fatal(err)
	}
	own, err := stmt.Query(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &rows{base: own, w: &wrapper{}, wanted: true}
}

// breakResult makes r belong to a group of no scope: recording a row then panics.
func breakResult(r *record.Result) {
	group := reflect.ValueOf(r).Elem().FieldByName("group")
	reflect.NewAt(group.Type(), unsafe.Pointer(group.UnsafeAddr())).Elem().Set(reflect.New(group.Type().Elem()))
}
