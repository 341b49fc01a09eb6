package driver_test

import (
	"context"
	"database/sql"

	"github.com/nplusgone/nplusgone/internal/record"

	sqldriver "database/sql/driver"
	"errors"
	"path/filepath"
	"runtime/pprof"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/mattn/go-sqlite3"

	"github.com/nplusgone/nplusgone/detector"
	"github.com/nplusgone/nplusgone/driver"
)

// scoped begins a scope without sinks.
func scoped(t *testing.T) (context.Context, *detector.Scope) {
	t.Helper()
	d, err := detector.New()
	if err != nil {
		t.Fatal(err)
	}
	ctx, scope := d.Begin(t.Context(), t.Name())
	pprof.SetGoroutineLabels(t.Context()) // scopes are found by contexts alone; TestRequestsKeepTheirStatements is about goroutines
	return ctx, scope
}

func openFake(t *testing.T, base *fakeDriver) *sql.DB {
	t.Helper()
	db, err := driver.OpenDB(&fakeConnector{fakeDriver: base}, record.Observer{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func openSQLite(t *testing.T) *sql.DB {
	t.Helper()
	db, err := driver.Open("sqlite3", filepath.Join(t.TempDir(), "test.db"), record.Observer{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func TestEachStatementIsCountedOnce(t *testing.T) {
	for name, base := range map[string]*fakeDriver{
		"by a connection that runs statements itself":             {modern: true},
		"by a connection that returns ErrSkip, then prepares":     {modern: true, skip: true},
		"by a legacy connection that can only prepare statements": {},
	} {
		t.Run(name, func(t *testing.T) {
			db := openFake(t, base)
			ctx, scope := scoped(t)
			if _, err := db.ExecContext(ctx, "UPDATE posts SET title = ?", "x"); err != nil {
				t.Fatal(err)
			}
			var id int
			if err := db.QueryRowContext(ctx, "SELECT id FROM posts").Scan(&id); err != nil {
				t.Fatal(err)
			}
			stmt, err := db.PrepareContext(ctx, "DELETE FROM posts WHERE id = ?")
			if err != nil {
				t.Fatal(err)
			}
			for range 3 {
				if _, err := stmt.ExecContext(ctx, 1); err != nil {
					t.Fatal(err)
				}
			}
			if got := scope.Statements(); got != 5 {
				t.Errorf("%d statements counted, want 5", got)
			}
		})
	}
}

func TestAStatementBelongsToItsContextThenToItsTransaction(t *testing.T) {
	db := openSQLite(t)
	if _, err := db.Exec("CREATE TABLE posts (id INTEGER PRIMARY KEY)"); err != nil {
		t.Fatal(err)
	}
	ctx, scope := scoped(t)
	other, otherScope := scoped(t)
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec("INSERT INTO posts (id) VALUES (1)"); err != nil {
		t.Fatal(err)
	}
	if _, err := tx.ExecContext(other, "INSERT INTO posts (id) VALUES (2)"); err != nil {
		t.Fatal(err)
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
	before := record.UnscopedStatements()
	if _, err := db.Exec("INSERT INTO posts (id) VALUES (3)"); err != nil {
		t.Fatal(err)
	}
	got := []int{scope.Statements(), otherScope.Statements(), record.UnscopedStatements() - before}
	if diff := cmp.Diff([]int{1, 1, 1}, got); diff != "" {
		t.Errorf("statements of the transaction's scope, of the context's, of none (-want +got):\n%s", diff)
	}
}

func TestAPreparedStatementBelongsToTheScopeThatRunsIt(t *testing.T) {
	db := openFake(t, &fakeDriver{modern: true})
	preparing, prepared := scoped(t)
	stmt, err := db.PrepareContext(preparing, "DELETE FROM posts WHERE id = ?")
	if err != nil {
		t.Fatal(err)
	}
	running, ran := scoped(t)
	if _, err := stmt.ExecContext(running, 1); err != nil {
		t.Fatal(err)
	}
	if prepared.Statements() != 0 || ran.Statements() != 1 {
		t.Errorf("the preparing scope has %d statements, the running one %d; want 0 and 1", prepared.Statements(), ran.Statements())
	}
}

func TestErrorsOfTheBaseAreUnchanged(t *testing.T) {
	ctx, _ := scoped(t)
	_, err := openFake(t, &fakeDriver{}).QueryContext(ctx, "bad")
	if err != errBase { // identity is the point
		t.Errorf("got %v, want the error of the base itself", err)
	}
	_, err = openSQLite(t).QueryContext(ctx, "SELEC 1")
	var serr sqlite3.Error
	if !errors.As(err, &serr) {
		t.Errorf("got %T, want sqlite3's own error", err)
	}
}

func TestLegacyDriversKeepDatabaseSQLsRefusals(t *testing.T) {
	base := &fakeDriver{}
	bare := sql.OpenDB(&fakeConnector{fakeDriver: base})
	defer bare.Close()
	wrapped := openFake(t, base)
	for _, opts := range []*sql.TxOptions{{Isolation: sql.LevelSerializable}, {ReadOnly: true}} {
		_, want := bare.BeginTx(t.Context(), opts)
		_, got := wrapped.BeginTx(t.Context(), opts)
		if want == nil || got == nil || got.Error() != want.Error() {
			t.Errorf("BeginTx(%+v): got %v, want %v", opts, got, want)
		}
	}
}

func TestClosingThePoolClosesTheBaseConnector(t *testing.T) {
	base := &fakeConnector{fakeDriver: &fakeDriver{}}
	db, err := driver.OpenDB(base, record.Observer{})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil || !base.shut {
		t.Errorf("Close returned %v, the base connector is closed: %v; want nil, true", err, base.shut)
	}
}

func TestUnwrapReachesTheConcreteTypeInsideRaw(t *testing.T) {
	conn, err := openSQLite(t).Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	err = conn.Raw(func(c any) error {
		if _, ok := driver.Unwrap(c).(*sqlite3.SQLiteConn); !ok {
			t.Errorf("Unwrap gives %T, want *sqlite3.SQLiteConn", driver.Unwrap(c))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestBadInputIsAClearError(t *testing.T) {
	_, err := driver.Open("postgrse", "", record.Observer{})
	if err == nil || !strings.Contains(err.Error(), `"postgrse"`) || !strings.Contains(err.Error(), "sqlite3") {
		t.Errorf("an unknown driver: %v; want the name and the names that are known", err)
	}
	if _, err := driver.OpenDB(nil, record.Observer{}); err == nil {
		t.Error("a nil connector is no error")
	}
	if err := driver.Register("watched", "postgrse", record.Observer{}); err == nil {
		t.Error("an unknown base is registered")
	}
	if err := driver.Register("sqlite3", "sqlite3", record.Observer{}); err == nil || !strings.Contains(err.Error(), "taken") {
		t.Errorf("a name that is taken: %v", err)
	}
	db := openSQLite(t)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	ctx, scope := scoped(t)
	_, err = db.QueryContext(ctx, "SELECT 1")
	if err == nil || err.Error() != "sql: database is closed" || scope.Statements() != 0 {
		t.Errorf("a closed database: %v, %d statements; want database/sql's own error and none", err, scope.Statements())
	}
}

func TestARegisteredNameOpensAWatchedDatabase(t *testing.T) {
	name := "sqlite3, watched in " + t.TempDir() // a name is taken for the life of the process
	if err := driver.Register(name, "sqlite3", record.Observer{}); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open(name, filepath.Join(t.TempDir(), "test.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	ctx, scope := scoped(t)
	if _, err := db.ExecContext(ctx, "CREATE TABLE t (x)"); err != nil {
		t.Fatal(err)
	}
	if scope.Statements() != 1 {
		t.Errorf("%d statements seen, want 1", scope.Statements())
	}
}

func TestAPanicIsReportedOnceAndEndsTheWatching(t *testing.T) {
	db, err := driver.OpenDB(&fakeConnector{fakeDriver: &fakeDriver{modern: true}}, faulty{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	printed := driver.Stderr(t, func() {
		for range 3 {
			if _, err := db.ExecContext(t.Context(), "UPDATE posts SET title = 'x'"); err != nil {
				t.Errorf("the statement returns %v, want no error", err)
			}
		}
	})
	if got := strings.Count(printed, "no longer observed"); got != 1 {
		t.Errorf("reported %d times, want once", got)
	}
}

// faulty is an observer that panics.
type faulty struct{}

func (faulty) Scope(context.Context, *record.Scope) *record.Scope { panic("a panic") }

var _ sqldriver.Connector = (*fakeConnector)(nil)
