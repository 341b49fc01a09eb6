package driver_test

import (
	"context"
	"database/sql"
	"runtime"
	"testing"
	"weak"

	"github.com/nplusgone/nplusgone/driver"
	"github.com/nplusgone/nplusgone/driver/internal/fakebase"
	"github.com/nplusgone/nplusgone/internal/record"
)

// The tests in this file are about behaviour that wrappers of drivers often change, github.com/ngrok/sqlmw among them. The
// script of TestTheWrapperIsInvisible has these cases as well; here each has a name.

func withUs(t *testing.T, base *fakebase.Base) *sql.DB {
	t.Helper()
	return open(t, base, false, record.Observer{})
}

func TestExecOnAConnWithoutExecer(t *testing.T) {
	ctx, scope := scoped(t)
	if _, err := withUs(t, fakebase.New(0)).ExecContext(ctx, plain); err != nil || scope.Statements() != 1 {
		t.Errorf("%v, %d statements; want no error and 1", err, scope.Statements())
	}
}

func TestBeginOnAConnWithoutConnBeginTx(t *testing.T) {
	for _, opts := range []*sql.TxOptions{{Isolation: sql.LevelSerializable}, {ReadOnly: true}} {
		_, want := open(t, fakebase.New(0), false, nil).BeginTx(t.Context(), opts)
		_, got := withUs(t, fakebase.New(0)).BeginTx(t.Context(), opts)
		if want == nil || got == nil || got.Error() != want.Error() {
			t.Errorf("BeginTx(%+v) returns %v, want %v", opts, got, want)
		}
	}
}

func TestStmtWithOnlyAColumnConverter(t *testing.T) {
	stmt, err := withUs(t, fakebase.New(fakebase.ColumnConverter)).Prepare(update)
	if err != nil {
		t.Fatal(err)
	}
	defer stmt.Close()
	if _, err := stmt.Exec(fakebase.Celsius{Degrees: 20}); err != nil {
		t.Errorf("%v: the base's converter was not asked", err)
	}
}

func TestClosingThePoolReturnsTheBaseConnectorsError(t *testing.T) {
	for name, byName := range map[string]bool{"a driver": true, "a connector": false} {
		base := fakebase.New(fakebase.DriverContext | fakebase.ConnectorCloser)
		db := open(t, base, byName, record.Observer{})
		base.Arm(fakebase.CloseDatabase, fakebase.Outcome{Err: fakebase.Err})
		if err := db.Close(); err != fakebase.Err {
			t.Errorf("by %s: Close returns %v, want the base connector's error", name, err)
		}
	}
}

func TestUnwrapReachesTheBasesConn(t *testing.T) {
	conn, err := withUs(t, fakebase.New(0)).Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	err = conn.Raw(func(c any) error {
		if !fakebase.Owns(driver.Unwrap(c)) {
			t.Errorf("Unwrap returns a %T", driver.Unwrap(c))
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

// Proves that connections are made by the connector, not by its driver: pgx/stdlib has connectors of its own making.
func TestAConnectorIsWrapped(t *testing.T) {
	base := fakebase.New(0)
	ctx, scope := scoped(t)
	if _, err := withUs(t, base).ExecContext(ctx, plain); err != nil || scope.Statements() != 1 {
		t.Errorf("%v, %d statements; want no error and 1", err, scope.Statements())
	}
	if got := base.Calls()[0]; got != "connector.Connect(ctx{value <nil>, deadline false, error <nil>})" {
		t.Errorf("the first call is %s, want the connector's Connect", got)
	}
}

// Proves that a prepared statement, which may live as long as its pool, does not keep the context that it was prepared
// with, and with it the scope of a request.
func TestAStmtDoesNotKeepItsPrepareContext(t *testing.T) {
	value := &struct{ big [1 << 10]byte }{}
	seen := weak.Make(value)
	stmt, err := withUs(t, fakebase.New(0)).PrepareContext(context.WithValue(t.Context(), fakebase.ContextKey{}, value), plain)
	if err != nil {
		t.Fatal(err)
	}
	defer runtime.KeepAlive(stmt)
	for range 10 {
		runtime.GC()
		if seen.Value() == nil {
			return
		}
	}
	t.Error("a prepared statement keeps the context of its preparation")
}

func TestResettingASessionEndsATransactionInText(t *testing.T) {
	db := withUs(t, fakebase.New(connectionWith(t, fakebase.SessionResetter)))
	ctx, scope := scoped(t)
	if _, err := db.ExecContext(ctx, "BEGIN"); err != nil {
		t.Fatal(err)
	}
	before := record.UnscopedStatements()
	if _, err := db.ExecContext(t.Context(), plain); err != nil { // on the same connection, which is reset before
		t.Fatal(err)
	}
	if n := record.UnscopedStatements() - before; n != 1 || scope.Statements() != 1 {
		t.Errorf("%d statements without a scope, %d of the scope; want 1 and 1", n, scope.Statements())
	}
}

func TestAllResultSetsAreRead(t *testing.T) {
	base := fakebase.New(fakebase.NextResultSet)
	ctx, _ := scoped(t)
	rows, err := withUs(t, base).QueryContext(ctx, selectAll)
	if err != nil {
		t.Fatal(err)
	}
	read := 0
	for more := true; more; more = rows.NextResultSet() {
		for rows.Next() {
			read++
		}
	}
	if err := rows.Close(); err != nil || read != base.Rows*base.Sets {
		t.Errorf("%v, %d rows read, want %d", err, read, base.Rows*base.Sets)
	}
}

func TestErrSkipCountsOnce(t *testing.T) {
	ctx, scope := scoped(t)
	db := withUs(t, fakebase.New(modern|fakebase.ReturnsErrSkip))
	if _, err := db.ExecContext(ctx, plain); err != nil {
		t.Fatal(err)
	}
	rows, err := db.QueryContext(ctx, selectAll)
	if err != nil {
		t.Fatal(err)
	}
	if err := rows.Close(); err != nil || scope.Statements() != 2 {
		t.Errorf("%v, %d statements; want no error, and each of the two counted once", err, scope.Statements())
	}
}
