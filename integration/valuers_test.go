package integration

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"testing"

	"github.com/google/uuid"
	"github.com/guregu/null/v5"
	_ "github.com/lib/pq"
	"github.com/oklog/ulid/v2"
	"github.com/rs/xid"
	"github.com/segmentio/ksuid"
	"github.com/shopspring/decimal"

	nplusdriver "github.com/nplusgone/nplusgone/driver"
	"github.com/nplusgone/nplusgone/internal/record"
)

// keyTypes are types of keys that implement driver.Valuer, each with the type of its column, a new value, and a variable to
// scan a key into.
var keyTypes = []struct {
	column string
	fresh  func() driver.Valuer
	scan   func(*sql.Rows) (driver.Valuer, error)
}{
	{"uuid", func() driver.Valuer { return uuid.New() }, scanKey[uuid.UUID]},
	{"bytea", func() driver.Valuer { return ulid.Make() }, scanKey[ulid.ULID]},
	{"text", func() driver.Valuer { return ksuid.New() }, scanKey[ksuid.KSUID]},
	{"text", func() driver.Valuer { return xid.New() }, scanKey[xid.ID]},
	{"text", func() driver.Valuer { return null.StringFrom(ksuid.New().String()) }, scanKey[null.String]},
	{"numeric", func() driver.Valuer { return decimal.New(int64(xid.New().Counter()), -2) }, scanKey[decimal.Decimal]},
}

func scanKey[T any, P interface {
	*T
	sql.Scanner
}](rows *sql.Rows) (driver.Valuer, error) {
	var key T
	err := rows.Scan(P(&key))
	return any(key).(driver.Valuer), err
}

// Proves that keys of well-known types are followed from a result into the arguments of later statements, with both drivers
// of PostgreSQL: lib/pq gets converted values, pgx the keys themselves.
func TestKeysOfWellKnownTypesAreFollowed(t *testing.T) {
	for _, name := range []string{"pgx", "postgres"} {
		for _, kind := range keyTypes {
			t.Run(fmt.Sprintf("%s/%T", name, kind.fresh()), func(t *testing.T) {
				db := watchedPostgreSQL(t, name)
				ctx, scope := record.Begin(t.Context(), t.Name(), nil, false, 0)
				defer scope.End()
				if _, err := db.Exec("CREATE TEMPORARY TABLE items (key " + kind.column + ")"); err != nil {
					t.Fatal(err)
				}
				const n = 6
				for range n {
					if _, err := db.Exec("INSERT INTO items VALUES ($1)", kind.fresh()); err != nil {
						t.Fatal(err)
					}
				}
				rows, err := db.QueryContext(ctx, "SELECT key FROM items")
				if err != nil {
					t.Fatal(err)
				}
				var keys []driver.Valuer
				for rows.Next() {
					key, err := kind.scan(rows)
					if err != nil {
						t.Fatal(err)
					}
					keys = append(keys, key)
				}
				_ = rows.Close()
				for _, key := range keys {
					var found int
					if err := db.QueryRowContext(ctx, "SELECT count(*) FROM items WHERE key = $1", key).Scan(&found); err != nil || found != 1 {
						t.Fatalf("%d rows, %v", found, err)
					}
				}
				frozen, _ := scope.End()
				last := frozen.Groups[len(frozen.Groups)-1]
				if len(frozen.Unread) > 0 || len(last.Slots) != 1 || last.Slots[0].Unknown || last.Slots[0].Constant || last.Count != n {
					t.Fatalf("unread types %q, %d statements with %+v", frozen.Unread, last.Count, last.Slots)
				}
				if len(last.Slots[0].Matches) == 0 {
					t.Error("no argument is matched with the column that it comes from")
				}
			})
		}
	}
}

// A countedKey is a type of an application. It counts the calls of its method.
type countedKey struct {
	text  string
	calls *int
}

func (k countedKey) Value() (driver.Value, error) {
	*k.calls++
	return k.text, nil
}

// Proves that the method of an application's type is called as often as by the bare driver, and that the type is recorded as
// unread where the driver converts the value itself.
func TestAnApplicationsValuerIsNotCalledMoreOften(t *testing.T) {
	for name, unread := range map[string]int{"pgx": 1, "postgres": 0} {
		t.Run(name, func(t *testing.T) {
			run := func(db *sql.DB, ctx context.Context) (calls int) {
				db.SetMaxOpenConns(1)
				exec(t, db, "CREATE TEMPORARY TABLE one AS SELECT 1 AS id")
				for range 3 {
					var got string
					if err := db.QueryRowContext(ctx, "SELECT $1::text FROM one", countedKey{"x", &calls}).Scan(&got); err != nil || got != "x" {
						t.Errorf("got %q, %v", got, err)
					}
				}
				return calls
			}
			bare, err := sql.Open(name, postgresDSN(t))
			if err != nil {
				t.Fatal(err)
			}
			defer bare.Close()
			ctx, scope := record.Begin(t.Context(), t.Name(), nil, false, 0)
			defer scope.End()
			want, got := run(bare, t.Context()), run(watchedPostgreSQL(t, name), ctx)
			if frozen, _ := scope.End(); got != want || len(frozen.Unread) != unread || frozen.Stats.Statements != 4 {
				t.Errorf("called %d times, want %d; unread types %q, want %d", got, want, frozen.Unread, unread)
			}
		})
	}
}

// watchedPostgreSQL returns a pool of one watched connection to PostgreSQL.
func watchedPostgreSQL(t *testing.T, name string) *sql.DB {
	t.Helper()
	db, err := nplusdriver.Open(name, postgresDSN(t), record.Observer{})
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func postgresDSN(t *testing.T) string {
	t.Setenv("PGSSLMODE", "disable") // lib/pq requires TLS by default
	return dsn("NPLUSGONE_POSTGRESQL", "postgres://postgres@127.0.0.1:5432/postgres")
}
