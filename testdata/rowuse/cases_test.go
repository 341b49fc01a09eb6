package rowuse_test

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	_ "github.com/go-sql-driver/mysql"
	_ "github.com/jackc/pgx/v5/stdlib"
	_ "github.com/mattn/go-sqlite3"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
	"github.com/nplusgone/nplusgone/testdata/rowuse/a/dbx"
	"github.com/nplusgone/nplusgone/testdata/rowuse/a/gojet"
	"github.com/nplusgone/nplusgone/testdata/rowuse/a/pgxstd"
	"github.com/nplusgone/nplusgone/testdata/rowuse/a/plain"
	"github.com/nplusgone/nplusgone/testdata/rowuse/a/sqlc"
	"github.com/nplusgone/nplusgone/testdata/rowuse/a/sqlx"
	"github.com/nplusgone/nplusgone/testdata/rowuse/a/squirrel"
	"github.com/nplusgone/nplusgone/testdata/rowuse/b/bun"
	"github.com/nplusgone/nplusgone/testdata/rowuse/b/ent"
	"github.com/nplusgone/nplusgone/testdata/rowuse/b/gormv1"
	"github.com/nplusgone/nplusgone/testdata/rowuse/b/gormv2"
	"github.com/nplusgone/nplusgone/testdata/rowuse/b/sqlboiler"
	"github.com/nplusgone/nplusgone/testdata/rowuse/b/upper"
	"github.com/nplusgone/nplusgone/testdata/rowuse/b/xorm"
	"github.com/nplusgone/nplusgone/testdata/rowuse/c"
)

// layers are the programs by the library between them and database/sql.
var layers = []struct {
	name  string
	cases func() []rowuse.Case
}{
	{"database/sql", both(plain.Cases, c.Plain)}, {"scany", both(pgxstd.Cases, c.Scany)}, {"jet", both(gojet.Cases, c.Jet)},
	{"dbx", both(dbx.Cases, c.Dbx)}, {"sqlc", sqlc.Cases}, {"sqlx", both(sqlx.Cases, c.Sqlx)}, {"squirrel", both(squirrel.Cases, c.Squirrel)},
	{"bun", both(bun.Cases, c.Bun)}, {"ent", both(ent.Cases, c.Ent)}, {"gorm v1", both(gormv1.Cases, c.GormV1)},
	{"gorm v2", both(gormv2.Cases, c.GormV2)}, {"sqlboiler", both(sqlboiler.Cases, c.Sqlboiler)}, {"upper", both(upper.Cases, c.Upper)},
	{"xorm", both(xorm.Cases, c.Xorm)},
}

// both returns the programs of two folders on one layer.
func both(f, g func() []rowuse.Case) func() []rowuse.Case {
	return func() []rowuse.Case { return append(f(), g()...) }
}

// The servers that some programs need. A server that cannot be reached fails the tests.
const (
	postgresURL = "postgres://root@127.0.0.1:5432/postgres?sslmode=disable"
	mysqlDSN    = "root@tcp(127.0.0.1:3306)/"
)

const caseTimeout = 30 * time.Second

var databases atomic.Int64

// seeded makes an empty database for c, runs the schema of c in it on a plain connection, and returns its DSN. The database is
// removed when the test ends.
func seeded(t *testing.T, c rowuse.Case) string {
	t.Helper()
	name := fmt.Sprintf("rowuse_%d_%d", os.Getpid(), databases.Add(1))
	var dsn string
	switch c.Driver {
	case "sqlite3":
		dsn = "file:" + filepath.Join(t.TempDir(), "rowuse.db") + "?_busy_timeout=5000&_synchronous=OFF"
	case "pgx":
		administer(t, "pgx", postgresURL, "CREATE SCHEMA "+name, "DROP SCHEMA "+name+" CASCADE")
		dsn = postgresURL + "&search_path=" + name
	case "mysql":
		administer(t, "mysql", mysqlDSN, "CREATE DATABASE "+name, "DROP DATABASE "+name)
		dsn = mysqlDSN + name + "?parseTime=true"
	default:
		t.Fatalf("unknown driver %q", c.Driver)
	}
	db, err := sql.Open(c.Driver, dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for stmt := range strings.SplitSeq(c.Schema+"\n", ";\n") {
		if strings.TrimSpace(stmt) == "" {
			continue
		}
		if _, err := db.ExecContext(t.Context(), stmt); err != nil {
			t.Fatalf("schema: %v in %s", err, stmt)
		}
	}
	return dsn
}

// administer runs a statement on a server now, and another one when the test ends.
func administer(t *testing.T, driver, dsn, now, atEnd string) {
	t.Helper()
	exec := func(stmt string) {
		db, err := sql.Open(driver, dsn)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		ctx, cancel := context.WithTimeout(context.Background(), caseTimeout)
		defer cancel()
		if _, err := db.ExecContext(ctx, stmt); err != nil {
			t.Fatalf("%s: %v", driver, err)
		}
	}
	exec(now)
	t.Cleanup(func() { exec(atEnd) })
}

// run runs c on db, with a timeout.
func run(ctx context.Context, c rowuse.Case, db *sql.DB) error {
	ctx, cancel := context.WithTimeout(ctx, caseTimeout)
	defer cancel()
	return c.Run(ctx, db)
}

// Each case is complete and has a name of its own in its layer.
func TestCasesAreComplete(t *testing.T) {
	for _, l := range layers {
		names := map[string]bool{}
		for _, c := range l.cases() {
			if c.Name == "" || c.Why == "" || c.Schema == "" || c.Run == nil || names[c.Name] {
				t.Errorf("%s/%s: not complete, or the name is not unique", l.name, c.Name)
			}
			names[c.Name] = true
		}
	}
}
