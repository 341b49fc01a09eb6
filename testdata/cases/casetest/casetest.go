// Package casetest creates the databases of the cases and opens them through nplusgone.
//
// Each test has a database of its own: a file for SQLite, a schema for PostgreSQL, a database for MariaDB. It is removed
// when the test ends. Schemas run on connections that nplusgone does not watch. A server that cannot be reached fails the
// test.
//
// The servers are PostgreSQL at 127.0.0.1:5432 and MariaDB at 127.0.0.1:3306, both with the user root and no password.
// NPLUSGONE_CASES_POSTGRES and NPLUSGONE_CASES_MYSQL name other servers, in the form of the defaults below.
package casetest

import (
	"cmp"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	_ "github.com/go-sql-driver/mysql"
	_ "github.com/jackc/pgx/v5/stdlib"
	_ "github.com/lib/pq"
	_ "github.com/mattn/go-sqlite3"

	"github.com/nplusgone/nplusgone"
)

var (
	postgresURL = cmp.Or(os.Getenv("NPLUSGONE_CASES_POSTGRES"), "postgres://root@127.0.0.1:5432") + "/postgres?sslmode=disable"
	mysqlDSN    = cmp.Or(os.Getenv("NPLUSGONE_CASES_MYSQL"), "root@tcp(127.0.0.1:3306)") + "/"
)

// Broken starts the message of a test that fails because its own code does not work.
const Broken = "case broken:"

// Must ends the test as broken if err is not nil.
func Must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(Broken, err)
	}
}

// SQLite returns a watched database with the given schema.
func SQLite(t testing.TB, schema string) *sql.DB { t.Helper(); return Open(t, "sqlite3", schema) }

// Postgres returns a watched database with the given schema on PostgreSQL, opened with pgx.
func Postgres(t testing.TB, schema string) *sql.DB { t.Helper(); return Open(t, "pgx", schema) }

// MariaDB returns a watched database with the given schema on MariaDB. The params are those of the driver's DSN.
func MariaDB(t testing.TB, params, schema string) *sql.DB {
	t.Helper()
	return watched(t, "mysql", DSN(t, "mysql", schema)+"?"+params)
}

// Open returns a watched database with the given schema. The driver is sqlite3, pgx, postgres (lib/pq) or mysql.
func Open(t testing.TB, driver, schema string) *sql.DB {
	t.Helper()
	return watched(t, driver, DSN(t, driver, schema))
}

func watched(t testing.TB, driver, dsn string) *sql.DB {
	t.Helper()
	db, err := nplusgone.Open(driver, dsn)
	Must(t, err)
	t.Cleanup(func() { db.Close() })
	db.SetMaxIdleConns(8)
	return db
}

// databases counts the databases of this process.
var databases atomic.Int64

// DSN creates a database, runs the statements of schema in it, and returns its DSN.
func DSN(t testing.TB, driver, schema string) string {
	t.Helper()
	name := fmt.Sprintf("cases_%d_%d", os.Getpid(), databases.Add(1))
	var dsn string
	switch driver {
	case "sqlite3":
		dsn = "file:" + filepath.ToSlash(filepath.Join(t.TempDir(), "case.db")) + "?_journal_mode=WAL&_busy_timeout=9000&_synchronous=OFF"
	case "pgx", "postgres":
		execute(t, "pgx", postgresURL, "CREATE SCHEMA "+name)
		t.Cleanup(func() { execute(t, "pgx", postgresURL+"&lock_timeout=3000", "DROP SCHEMA "+name+" CASCADE") })
		dsn = postgresURL + "&search_path=" + name
	case "mysql":
		execute(t, "mysql", mysqlDSN, "CREATE DATABASE "+name)
		t.Cleanup(func() { execute(t, "mysql", mysqlDSN, "DROP DATABASE "+name) })
		dsn = mysqlDSN + name
	default:
		t.Fatalf("%s unknown driver %q", Broken, driver)
	}
	execute(t, driver, dsn, schema)
	return dsn
}

// execute runs statements, which are separated by semicolons, on an unwatched connection.
func execute(t testing.TB, driver, dsn, statements string) {
	t.Helper()
	db, err := sql.Open(driver, dsn)
	Must(t, err)
	defer db.Close()
	for s := range strings.SplitSeq(statements, ";") {
		if strings.TrimSpace(s) == "" {
			continue
		}
		if _, err := db.Exec(s); err != nil {
			t.Fatalf("%s %s: %s: %v", Broken, driver, s, err)
		}
	}
}
