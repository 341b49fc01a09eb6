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

// Each place where rows call the detector is tried by itself, because the first fault ends the watching.
func TestFaultsOfOursNeverReachWhoReadsRows(t *testing.T) {
	steps := []struct {
		name   string
		do     func(driver.Rows) error
		want   error
		breaks bool // the detector does something there that can break
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
			told := Stderr(t, func() {
				if err := step.do(r.expose()); err != step.want {
					t.Errorf("the base's answer became %v, want %v", err, step.want)
				}
			})
			if off := r.w.off.Load(); off != step.breaks || off != strings.Contains(told, "no longer observed") {
				t.Errorf("the watching ended: %v, want %v; told: %s", off, step.breaks, told)
			}
		})
	}
}

// observedRows returns rows of base as they are handed out when a scope watches.
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

// breakResult makes r belong to a group of no scope: what looks for the scope panics.
func breakResult(r *record.Result) {
	group := reflect.ValueOf(r).Elem().FieldByName("group")
	reflect.NewAt(group.Type(), unsafe.Pointer(group.UnsafeAddr())).Elem().Set(reflect.New(group.Type().Elem()))
}
