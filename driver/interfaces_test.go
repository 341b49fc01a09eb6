package driver_test

import (
	"context"
	"database/sql"

	"github.com/nplusgone/nplusgone/internal/record"

	//lint:file-ignore SA1019 legacy drivers are wrapped too

	sqldriver "database/sql/driver"
	"reflect"
	"testing"

	"github.com/nplusgone/nplusgone/driver"
	"github.com/nplusgone/nplusgone/driver/internal/fakebase"
)

// optional are the interfaces that a part of a driver may have, by the kind of part.
var optional = map[string][]reflect.Type{
	"a connection": {
		reflect.TypeFor[sqldriver.ConnBeginTx](), reflect.TypeFor[sqldriver.ConnPrepareContext](),
		reflect.TypeFor[sqldriver.ExecerContext](), reflect.TypeFor[sqldriver.Execer](),
		reflect.TypeFor[sqldriver.QueryerContext](), reflect.TypeFor[sqldriver.Queryer](),
		reflect.TypeFor[sqldriver.NamedValueChecker](), reflect.TypeFor[sqldriver.Pinger](),
		reflect.TypeFor[sqldriver.SessionResetter](), reflect.TypeFor[sqldriver.Validator](),
	},
	"a statement": {
		reflect.TypeFor[sqldriver.StmtExecContext](), reflect.TypeFor[sqldriver.StmtQueryContext](),
		reflect.TypeFor[sqldriver.NamedValueChecker](), reflect.TypeFor[sqldriver.ColumnConverter](),
	},
	"a result": {
		reflect.TypeFor[sqldriver.RowsNextResultSet](), reflect.TypeFor[sqldriver.RowsColumnTypeDatabaseTypeName](),
		reflect.TypeFor[sqldriver.RowsColumnTypeLength](), reflect.TypeFor[sqldriver.RowsColumnTypeNullable](),
		reflect.TypeFor[sqldriver.RowsColumnTypePrecisionScale](), reflect.TypeFor[sqldriver.RowsColumnTypeScanType](),
	},
}

// Proves that code which uses (*sql.Conn).Raw finds the interfaces of the base.
func TestWhatRawShowsHasTheInterfacesOfTheBase(t *testing.T) {
	for _, features := range combinations() {
		t.Run(features.String(), func(t *testing.T) {
			ctx, _ := scoped(t)
			bare := raw(t, ctx, open(t, fakebase.New(features), false, nil))
			wrapped := raw(t, ctx, open(t, fakebase.New(features), false, record.Observer{}))
			for what, value := range bare {
				for _, iface := range optional[what] {
					if has(value, iface) && !has(wrapped[what], iface) {
						t.Errorf("%s of the base's is a %v, the watched one is not", what, iface)
					}
				}
				if got := driver.Unwrap(wrapped[what]); reflect.TypeOf(got) != reflect.TypeOf(value) {
					t.Errorf("Unwrap makes a %T of %s, want the base's %T", got, what, value)
				}
			}
		})
	}
}

func has(value any, iface reflect.Type) bool {
	return value != nil && reflect.TypeOf(value).Implements(iface)
}

// raw returns the parts of a driver as code gets them through (*sql.Conn).Raw.
func raw(t *testing.T, ctx context.Context, db *sql.DB) map[string]any {
	t.Helper()
	conn, err := db.Conn(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	parts := map[string]any{}
	err = conn.Raw(func(c any) error {
		parts["a connection"] = c
		stmt, err := c.(sqldriver.Conn).Prepare(selectAll)
		if err != nil {
			return err
		}
		parts["a statement"] = stmt
		rows, err := stmt.Query(nil)
		if err != nil {
			return err
		}
		parts["a result"] = rows
		parts["an answer"], err = stmt.Exec(nil)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return parts
}

// Proves that results are the base's own, as in an example in the documentation of go-sql-driver/mysql, whose results have
// the IDs of several inserts.
func TestRawReachesTheBasesOwnResult(t *testing.T) {
	ctx, scope := scoped(t)
	db := open(t, fakebase.New(connectionWith(t, fakebase.ExecerContext|fakebase.Execer)), false, record.Observer{})
	conn, err := db.Conn(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	err = conn.Raw(func(c any) error {
		res, err := c.(sqldriver.Execer).Exec(update, []sqldriver.Value{"x"})
		if _, ok := res.(*fakebase.Result); !ok {
			t.Errorf("the result is a %T, want the base's own type", res)
		}
		if err != nil {
			return err
		}
		res, err = c.(sqldriver.ExecerContext).ExecContext(ctx, update, []sqldriver.NamedValue{{Ordinal: 1, Value: "x"}})
		if _, ok := res.(*fakebase.Result); !ok {
			t.Errorf("the result is a %T, want the base's own type", res)
		}
		return err
	})
	if err != nil || scope.Statements() != 1 {
		t.Errorf("%v, %d statements of the scope; want no error, and the one statement with a context", err, scope.Statements())
	}
}
