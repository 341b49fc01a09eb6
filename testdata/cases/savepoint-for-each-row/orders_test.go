package orders

import (
	"database/sql"
	"fmt"
	"testing"

	"example.com/cases/casetest"
	"github.com/nplusgone/nplusgone/nplusgonetest"
	"gorm.io/driver/postgres"
	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"
)

func TestMain(m *testing.M) { nplusgonetest.VerifyTestMain(m) }

const (
	questionInsert = "INSERT INTO orders (name) VALUES (?)"
	questionSecond = "INSERT INTO audits (name) VALUES (?)"
	dollarInsert   = "INSERT INTO orders (name) VALUES ($1)"
	dollarSecond   = "INSERT INTO audits (name) VALUES ($1)"
)

func sqliteDB(t *testing.T) *sql.DB {
	return casetest.SQLite(t, "CREATE TABLE orders (id integer primary key, name text); CREATE TABLE audits (id integer primary key, name text)")
}

func postgresDB(t *testing.T) *sql.DB {
	return casetest.Postgres(t, "CREATE TABLE orders (id bigserial primary key, name text); CREATE TABLE audits (id bigserial primary key, name text)")
}

func mariaDB(t *testing.T) *sql.DB {
	return casetest.MariaDB(t, "", "CREATE TABLE orders (id bigint primary key auto_increment, name text); CREATE TABLE audits (id bigint primary key auto_increment, name text)")
}

func names() (out []string) {
	for i := range 6 {
		out = append(out, fmt.Sprintf("guest-%d@example.org", i*7919))
	}
	return out
}

func TestReleased(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) {
		db := sqliteDB(t)
		casetest.Must(t, Released(nplusgonetest.Test(t), db, questionInsert, names()))
	})
	t.Run("postgres", func(t *testing.T) {
		db := postgresDB(t)
		casetest.Must(t, Released(nplusgonetest.Test(t), db, dollarInsert, names()))
	})
	t.Run("mariadb", func(t *testing.T) {
		db := mariaDB(t)
		casetest.Must(t, Released(nplusgonetest.Test(t), db, questionInsert, names()))
	})
}

func TestLeftOpen(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) {
		db := sqliteDB(t)
		casetest.Must(t, LeftOpen(nplusgonetest.Test(t), db, questionInsert, names()))
	})
	t.Run("postgres", func(t *testing.T) {
		db := postgresDB(t)
		casetest.Must(t, LeftOpen(nplusgonetest.Test(t), db, dollarInsert, names()))
	})
	t.Run("mariadb", func(t *testing.T) {
		db := mariaDB(t)
		casetest.Must(t, LeftOpen(nplusgonetest.Test(t), db, questionInsert, names()))
	})
}

func TestHelped(t *testing.T) {
	db := postgresDB(t)
	casetest.Must(t, Helped(nplusgonetest.Test(t), db, dollarInsert, names()))
}

func TestBehind(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) {
		db := sqliteDB(t)
		casetest.Must(t, Behind(nplusgonetest.Test(t), db, questionInsert, questionSecond, names()))
	})
	t.Run("postgres", func(t *testing.T) {
		db := postgresDB(t)
		casetest.Must(t, Behind(nplusgonetest.Test(t), db, dollarInsert, dollarSecond, names()))
	})
	t.Run("mariadb", func(t *testing.T) {
		db := mariaDB(t)
		casetest.Must(t, Behind(nplusgonetest.Test(t), db, questionInsert, questionSecond, names()))
	})
}

func TestAround(t *testing.T) {
	db := postgresDB(t)
	casetest.Must(t, Around(nplusgonetest.Test(t), db, dollarInsert, names()))
}

func TestNested(t *testing.T) {
	db := postgresDB(t)
	casetest.Must(t, Nested(nplusgonetest.Test(t), db, dollarInsert, dollarSecond, names()))
}

func TestAlone(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) {
		db := sqliteDB(t)
		casetest.Must(t, Alone(nplusgonetest.Test(t), db, questionInsert, names()))
	})
	t.Run("mariadb", func(t *testing.T) {
		db := mariaDB(t)
		casetest.Must(t, Alone(nplusgonetest.Test(t), db, questionInsert, names()))
	})
}

func TestGORM(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) {
		g, err := gorm.Open(sqlite.Dialector{Conn: sqliteDB(t)}, &gorm.Config{Logger: logger.Discard})
		casetest.Must(t, err)
		casetest.Must(t, GORM(nplusgonetest.Test(t), g, names()))
	})
	t.Run("postgres", func(t *testing.T) {
		g, err := gorm.Open(postgres.New(postgres.Config{Conn: postgresDB(t)}), &gorm.Config{Logger: logger.Discard})
		casetest.Must(t, err)
		casetest.Must(t, GORM(nplusgonetest.Test(t), g, names()))
	})
}
