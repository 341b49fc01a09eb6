package driver

//lint:file-ignore SA1019 legacy drivers are wrapped too

import (
	"context"
	"database/sql/driver"
	"reflect"
	"slices"
	"testing"

	"github.com/nplusgone/nplusgone/driver/internal/fakebase"
)

// Proves that each set of methods which expose distinguishes is among the fakes, and that a watched connection has those
// methods of its base, and no others.
func TestMethodSets(t *testing.T) {
	methods := []reflect.Type{ // in the order of the bits
		reflect.TypeFor[driver.ExecerContext](), reflect.TypeFor[driver.QueryerContext](),
		reflect.TypeFor[driver.SessionResetter](), reflect.TypeFor[driver.Validator](),
	}
	var seen []int
	for _, features := range fakebase.Connections() {
		base, err := fakebase.New(features).Connector().Connect(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		set := methodSetOf(base)
		seen = append(seen, set)
		wants := [...]bool{
			features&(fakebase.ExecerContext|fakebase.Execer) != 0, features&(fakebase.QueryerContext|fakebase.Queryer) != 0,
			features.Has(fakebase.SessionResetter), features.Has(fakebase.Validator),
		}
		wrapped := reflect.TypeOf(wrapConn(base, &wrapper{}))
		for i, method := range methods {
			if has := wrapped.Implements(method); has != wants[i] || set>>i&1 == 1 != wants[i] {
				t.Errorf("%v: a watched connection is a %v: %v (set %04b), want %v", features, method, has, set, wants[i])
			}
		}
	}
	for set := range allMethodSets {
		if !slices.Contains(seen, set) {
			t.Errorf("no fake connection has the set of methods %04b", set)
		}
	}
}

// Proves the same for prepared statements: a statement is a ColumnConverter if and only if its base is one.
func TestStmtsConvertColumnsAsTheirBase(t *testing.T) {
	seen := map[bool]bool{}
	for _, features := range fakebase.Others() {
		c, err := fakebase.New(features).Connector().Connect(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		base, err := c.Prepare("SELECT 1")
		if err != nil {
			t.Fatal(err)
		}
		_, got := wrapStmt(base, "SELECT 1", &conn{base: c}).(driver.ColumnConverter)
		want := features.Has(fakebase.ColumnConverter)
		if seen[want] = true; got != want {
			t.Errorf("%v: a watched statement is a ColumnConverter: %v, want %v", features, got, want)
		}
	}
	if len(seen) != 2 {
		t.Error("all fake statements are alike")
	}
}
