package blind_test

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
	_ "github.com/lib/pq"
	_ "github.com/mattn/go-sqlite3"

	"github.com/nplusgone/nplusgone/testdata/blind"
)

// The servers that the programs need. A server that cannot be reached fails the tests.
const (
	postgresURL = "postgres://root@127.0.0.1:5432/postgres?sslmode=disable"
	mysqlDSN    = "root@tcp(127.0.0.1:3306)/"
)

// caseTimeout bounds one run of one case.
const caseTimeout = 30 * time.Second

var databases atomic.Int64

// seeded makes an empty database for c, runs the schema of c in it on a plain connection, and returns its DSN. The
// database is a file for SQLite, a schema for PostgreSQL and a database for MariaDB. It is removed when the test ends.
func seeded(t *testing.T, c blind.Case) string {
	t.Helper()
	name := fmt.Sprintf("blind_%d_%d", os.Getpid(), databases.Add(1))
	var dsn string
	switch c.Driver {
	case "sqlite3":
		dsn = "file:" + filepath.Join(t.TempDir(), "blind.db") + "?_busy_timeout=5000"
	case "pgx", "postgres":
		administer(t, "pgx", postgresURL, "CREATE SCHEMA "+name, "DROP SCHEMA "+name+" CASCADE")
		dsn = postgresURL + "&search_path=" + name
	case "mysql":
		administer(t, "mysql", mysqlDSN, "CREATE DATABASE "+name, "DROP DATABASE "+name)
		dsn = mysqlDSN + name
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

// runCase runs c on db, with a timeout.
func runCase(ctx context.Context, c blind.Case, db *sql.DB) error {
	ctx, cancel := context.WithTimeout(ctx, caseTimeout)
	defer cancel()
	return c.Run(ctx, db)
}

// eachCase runs a subtest for each case of each folder.
func eachCase(t *testing.T, run func(t *testing.T, folder string, c blind.Case)) {
	t.Helper()
	for _, f := range folders {
		for _, c := range f.cases() {
			t.Run(f.name+"/"+c.Name, func(t *testing.T) { run(t, f.name, c) })
		}
	}
}
