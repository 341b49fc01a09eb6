package integration

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/go-sql-driver/mysql"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	_ "github.com/mattn/go-sqlite3"

	"github.com/nplusgone/nplusgone/fingerprint"
)

// A server gives out empty databases of one dialect.
type server struct {
	dialect fingerprint.Dialect
	open    func(t *testing.T) *sql.DB
}

var servers = []server{
	{fingerprint.PostgreSQL, openPostgreSQL},
	{fingerprint.MySQL, openMySQL},
	{fingerprint.SQLite, openSQLite},
}

// dsn returns the value of an environment variable, or what holds without it.
func dsn(variable, otherwise string) string {
	if v := os.Getenv(variable); v != "" {
		return v
	}
	return otherwise
}

// temporary returns the name of a database that no other process uses.
func temporary(t *testing.T) string {
	name := strings.NewReplacer("/", "_").Replace(strings.TrimPrefix(t.Name(), "Test"))
	return strings.ToLower(fmt.Sprintf("nplusgone_%d_%s", os.Getpid(), name))
}

func openPostgreSQL(t *testing.T) *sql.DB {
	t.Helper()
	db := sql.OpenDB(postgreSQL(t))
	t.Cleanup(func() { db.Close() })
	return db
}

// postgreSQL returns what connects to a fresh database.
func postgreSQL(t *testing.T) driver.Connector {
	t.Helper()
	config, err := pgx.ParseConfig(dsn("NPLUSGONE_POSTGRESQL", "postgres://postgres@127.0.0.1:5432/postgres"))
	if err != nil {
		t.Fatal(err)
	}
	name := temporary(t)
	admin := stdlib.OpenDB(*config)
	t.Cleanup(func() { admin.Close() })
	exec(t, admin, "CREATE DATABASE "+name)
	t.Cleanup(func() { exec(t, admin, "DROP DATABASE "+name+" WITH (FORCE)") })
	config.Database = name
	return stdlib.GetConnector(*config)
}

func openMySQL(t *testing.T) *sql.DB {
	t.Helper()
	config, err := mysql.ParseDSN(dsn("NPLUSGONE_MYSQL", "root@tcp(127.0.0.1:3306)/"))
	if err != nil {
		t.Fatal(err)
	}
	admin, err := sql.Open("mysql", config.FormatDSN())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { admin.Close() })
	config.DBName = temporary(t)
	exec(t, admin, "CREATE DATABASE "+config.DBName)
	t.Cleanup(func() { exec(t, admin, "DROP DATABASE "+config.DBName) })
	db, err := sql.Open("mysql", config.FormatDSN())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func openSQLite(t *testing.T) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite3", ":memory:")
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1) // each connection has a database of its own
	t.Cleanup(func() { db.Close() })
	return db
}

func exec(t *testing.T, db interface {
	ExecContext(context.Context, string, ...any) (sql.Result, error)
}, text string, args ...any) {
	t.Helper()
	if _, err := db.ExecContext(context.Background(), text, args...); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
}
