package integration

import (
	"context"
	"database/sql"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"

	"github.com/nplusgone/nplusgone"
)

// watched opens a fresh PostgreSQL database through the wrapper.
func watched(t *testing.T) *sql.DB {
	t.Helper()
	db, err := nplusgone.OpenDB(postgreSQL(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	exec(t, db, "CREATE TABLE posts (id bigint PRIMARY KEY, title text NOT NULL, tags text[] NOT NULL DEFAULT '{}')")
	return db
}

// Proves that code which needs pgx's own connection gets it: COPY, through a watched database.
func TestRawReachesPGX(t *testing.T) {
	db := watched(t)
	conn, err := db.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	rows := [][]any{{1, "Tea"}, {2, "Rain"}, {3, "Dusk"}}
	var copied int64
	err = conn.Raw(func(c any) (err error) {
		base := nplusgone.Unwrap(c).(*stdlib.Conn).Conn()
		copied, err = base.CopyFrom(t.Context(), pgx.Identifier{"posts"}, []string{"id", "title"}, pgx.CopyFromRows(rows))
		return err
	})
	var n int
	if err == nil {
		err = db.QueryRowContext(context.Background(), "SELECT count(*) FROM posts").Scan(&n)
	}
	if err != nil || copied != 3 || n != 3 {
		t.Errorf("%d rows copied, %d there, error %v; want 3, 3 and none", copied, n, err)
	}
}
