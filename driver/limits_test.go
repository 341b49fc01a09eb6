package driver_test

import (
	"context"
	"database/sql"

	"github.com/nplusgone/nplusgone/internal/record"

	sqldriver "database/sql/driver"
	"runtime"
	"testing"
	"weak"

	"github.com/ngrok/sqlmw"

	"github.com/nplusgone/nplusgone/driver"
	"github.com/nplusgone/nplusgone/driver/internal/fakebase"
)

// The ten limits of sqlmw that this package makes up for, in the order of docs/design.md. Where it is cheap, the test
// first shows what sqlmw does by itself: should a later version mend it, the test says so, and our part can go.

// withSQLMW opens a base behind sqlmw alone.
func withSQLMW(t *testing.T, base *fakebase.Base, i sqlmw.Interceptor) *sql.DB {
	t.Helper()
	return openDriver(t, sqlmw.Driver(base.Driver(), i))
}

func withUs(t *testing.T, base *fakebase.Base) *sql.DB {
	t.Helper()
	return open(t, base, false, record.Observer{})
}

var nullInterceptor = sqlmw.NullInterceptor{}

const mended = "sqlmw alone does it right by now: the work-around is no longer needed"

func TestLimit01ExecOnAConnWithoutExecer(t *testing.T) {
	func() {
		defer func() {
			if recover() == nil {
				t.Error(mended)
			}
		}()
		_, _ = withSQLMW(t, fakebase.New(0), nullInterceptor).Exec(plain)
	}()
	ctx, scope := scoped(t)
	if _, err := withUs(t, fakebase.New(0)).ExecContext(ctx, plain); err != nil || scope.Statements() != 1 {
		t.Errorf("%v, %d statements; want no error and 1", err, scope.Statements())
	}
}

func TestLimit02BeginOnAConnWithoutConnBeginTx(t *testing.T) {
	for _, opts := range []*sql.TxOptions{{Isolation: sql.LevelSerializable}, {ReadOnly: true}} {
		if _, err := withSQLMW(t, fakebase.New(0), nullInterceptor).BeginTx(t.Context(), opts); err != nil {
			t.Error(mended)
		}
		_, want := open(t, fakebase.New(0), false, nil).BeginTx(t.Context(), opts)
		_, got := withUs(t, fakebase.New(0)).BeginTx(t.Context(), opts)
		if want == nil || got == nil || got.Error() != want.Error() {
			t.Errorf("BeginTx(%+v) answers %v, want %v", opts, got, want)
		}
	}
}

func TestLimit03StmtWithOnlyAColumnConverter(t *testing.T) {
	run := func(db *sql.DB) error {
		stmt, err := db.Prepare(update)
		if err != nil {
			t.Fatal(err)
		}
		defer stmt.Close()
		_, err = stmt.Exec(fakebase.Celsius{Degrees: 20})
		return err
	}
	if run(withSQLMW(t, fakebase.New(fakebase.ColumnConverter), nullInterceptor)) == nil {
		t.Error(mended)
	}
	if err := run(withUs(t, fakebase.New(fakebase.ColumnConverter))); err != nil {
		t.Errorf("%v: the base's converter was not asked", err)
	}
}

func TestLimit04ClosingTheBaseConnector(t *testing.T) {
	const features = fakebase.DriverContext | fakebase.ConnectorCloser
	closes := func(base *fakebase.Base, db *sql.DB) error {
		base.Arm(fakebase.CloseDatabase, fakebase.Answer{Err: fakebase.Err})
		return db.Close()
	}
	base := fakebase.New(features)
	if closes(base, openDriver(t, sqlmw.Driver(base.Driver(), nullInterceptor))) != nil {
		t.Error(mended)
	}
	for name, byName := range map[string]bool{"a driver": true, "a connector": false} {
		base := fakebase.New(features)
		if err := closes(base, open(t, base, byName, record.Observer{})); err != fakebase.Err {
			t.Errorf("by %s: Close answers %v, want the base connector's error", name, err)
		}
	}
}

func TestLimit05RawShowsTheBasesOwnConn(t *testing.T) {
	own := func(db *sql.DB) (own bool) {
		conn, err := db.Conn(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		_ = conn.Raw(func(c any) error {
			own = fakebase.Owns(driver.Unwrap(c))
			return nil
		})
		return own
	}
	if own(withSQLMW(t, fakebase.New(0), nullInterceptor)) {
		t.Error(mended)
	}
	if !own(withUs(t, fakebase.New(0))) {
		t.Error("Unwrap does not reach the base's connection")
	}
}

// sqlmw takes drivers only. A driver that hands out connectors of its own making, like pgx/stdlib, needs more.
func TestLimit06AConnectorCanBeWrapped(t *testing.T) {
	base := fakebase.New(0)
	ctx, scope := scoped(t)
	if _, err := withUs(t, base).ExecContext(ctx, plain); err != nil || scope.Statements() != 1 {
		t.Errorf("%v, %d statements; want no error and 1", err, scope.Statements())
	}
	if got := base.Calls()[0]; got != "connector.Connect(ctx{value <nil>, deadline false, error <nil>})" {
		t.Errorf("the first call is %s, want the connector's Connect", got)
	}
}

// TestLimit07 is in rows_scanner_test.go: it needs Go 1.27.

// A statement may live as long as its pool. It must not keep alive the scope, or anything else in the context, of the
// request that happened to prepare it.
func TestLimit08AStmtLetsGoOfItsPrepareContext(t *testing.T) {
	if !keepsContext(t, withSQLMW(t, fakebase.New(0), nullInterceptor)) {
		t.Error(mended)
	}
	if keepsContext(t, withUs(t, fakebase.New(0))) {
		t.Error("a prepared statement keeps the context of its preparation")
	}
}

// keepsContext reports whether a statement of db keeps the context alive that it was prepared with.
func keepsContext(t *testing.T, db *sql.DB) bool {
	t.Helper()
	value := &struct{ big [1 << 10]byte }{}
	seen := weak.Make(value)
	stmt, err := db.PrepareContext(context.WithValue(t.Context(), fakebase.ContextKey{}, value), plain)
	if err != nil {
		t.Fatal(err)
	}
	defer runtime.KeepAlive(stmt)
	for range 10 {
		runtime.GC()
		if seen.Value() == nil {
			return false
		}
	}
	return true
}

// sqlmw calls nobody when a session is reset or a result goes on to its next set.
func TestLimit09ResetSessionAndNextResultSetAreSeen(t *testing.T) {
	base := fakebase.New(fakebase.ConnPrepareContext | fakebase.SessionResetter | fakebase.NextResultSet)
	db := withUs(t, base)
	ctx, scope := scoped(t)
	if _, err := db.ExecContext(ctx, "BEGIN"); err != nil {
		t.Fatal(err)
	}
	before := record.UnscopedStatements()
	if _, err := db.ExecContext(t.Context(), plain); err != nil { // the session is reset in between, and ends the BEGIN
		t.Fatal(err)
	}
	if n := record.UnscopedStatements() - before; n != 1 || scope.Statements() != 1 {
		t.Errorf("%d statements without a scope, %d of the scope; want 1 and 1", n, scope.Statements())
	}
	rows, err := db.QueryContext(ctx, selectAll)
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

func TestLimit10ErrSkipCountsOnce(t *testing.T) {
	const features = fakebase.ExecerContext | fakebase.QueryerContext | fakebase.AnswersErrSkip
	hooks := &hookCounter{}
	db := withSQLMW(t, fakebase.New(features), hooks)
	if _, err := db.Exec(plain); err != nil {
		t.Fatal(err)
	}
	if hooks.exec != 2 {
		t.Error(mended)
	}
	ctx, scope := scoped(t)
	db = withUs(t, fakebase.New(features))
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

// hookCounter counts the statements that sqlmw tells of.
type hookCounter struct {
	sqlmw.NullInterceptor
	exec int
}

func (h *hookCounter) ConnExecContext(ctx context.Context, c sqldriver.ExecerContext, query string, args []sqldriver.NamedValue) (sqldriver.Result, error) {
	h.exec++
	return c.ExecContext(ctx, query, args)
}

func (h *hookCounter) StmtExecContext(ctx context.Context, s sqldriver.StmtExecContext, _ string, args []sqldriver.NamedValue) (sqldriver.Result, error) {
	h.exec++
	return s.ExecContext(ctx, args)
}
