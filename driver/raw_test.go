//go:build cgo

package driver_test

import (
	"context"
	"database/sql"
	"fmt"
	"testing"

	"github.com/mattn/go-sqlite3"

	"github.com/nplusgone/nplusgone/driver"
	"github.com/nplusgone/nplusgone/internal/record"
)

// Proves that code which needs the concrete connection gets it: SQLite's online backup, from one watched database to
// another.
func TestRawReachesSQLite(t *testing.T) {
	ctx, _ := scoped(t)
	from, to := sqliteConn(ctx, t), sqliteConn(ctx, t)
	if _, err := from.ExecContext(ctx, "CREATE TABLE posts (id INTEGER); INSERT INTO posts VALUES (7)"); err != nil {
		t.Fatal(err)
	}
	err := to.Raw(func(dst any) error {
		return from.Raw(func(src any) error {
			return backup(driver.Unwrap(dst).(*sqlite3.SQLiteConn), driver.Unwrap(src).(*sqlite3.SQLiteConn))
		})
	})
	var id int
	if err == nil {
		err = to.QueryRowContext(ctx, "SELECT id FROM posts").Scan(&id)
	}
	if err != nil || id != 7 {
		t.Errorf("the copy has id %d, error %v; want 7", id, err)
	}
}

func sqliteConn(ctx context.Context, t *testing.T) *sql.Conn {
	t.Helper()
	db, err := driver.Open("sqlite3", ":memory:", record.Observer{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	conn, err := db.Conn(ctx)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return conn
}

func backup(dst, src *sqlite3.SQLiteConn) error {
	b, err := dst.Backup("main", src, "main")
	if err != nil {
		return err
	}
	done, err := b.Step(-1)
	if err == nil && !done {
		err = fmt.Errorf("the backup is not done: %d pages remain", b.Remaining())
	}
	if finished := b.Finish(); err == nil {
		err = finished
	}
	return err
}
