// statements: 181

package shop

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgconn/ctxwatch"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
)

var schemas atomic.Int64

// open returns a pool on a schema of its own.
func open(t *testing.T) *pgxpool.Pool {
	config, err := pgxpool.ParseConfig(cmp.Or(os.Getenv("ZEROCHANGE_POSTGRES"), "postgres://postgres@127.0.0.1:5432/postgres"))
	if err != nil {
		t.Fatal(err)
	}
	name := fmt.Sprintf("pgxnative_%d_%d", os.Getpid(), schemas.Add(1))
	config.ConnConfig.RuntimeParams["search_path"] = name
	config.ConnConfig.BuildContextWatcherHandler = func(c *pgconn.PgConn) ctxwatch.Handler {
		return &pgconn.CancelRequestContextWatcherHandler{Conn: c, DeadlineDelay: time.Minute}
	}
	if schemas.Load()%2 == 0 { // the others are encrypted if the server can
		config.ConnConfig.TLSConfig, config.ConnConfig.Fallbacks = nil, nil
	}
	pool, err := pgxpool.NewWithConfig(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := pool.Exec(context.Background(), "DROP SCHEMA "+name+" CASCADE"); err != nil {
			t.Error(err)
		}
		pool.Close()
	})
	for _, s := range []string{
		"CREATE SCHEMA " + name, "CREATE TABLE orders (id bigint PRIMARY KEY)", "CREATE TABLE order_lines (order_id bigint, sku text)",
		"INSERT INTO orders SELECT i * i + 1000 FROM generate_series(1, 5) AS i",
		"INSERT INTO order_lines SELECT id, 'sku ' || id FROM orders",
	} {
		if _, err := pool.Exec(t.Context(), s); err != nil {
			t.Fatal(err)
		}
	}
	return pool
}

func TestLines(t *testing.T) {
	for name, fn := range map[string]func(context.Context, DB) ([]string, error){
		"loop": Lines, "any": LinesOfAll, "batch": LinesByBatch, "batches": LinesByBatches,
	} {
		t.Run(name, func(t *testing.T) {
			lines, err := fn(t.Context(), open(t))
			if err != nil || len(lines) != 5 {
				t.Fatal(lines, err)
			}
		})
	}
}

func TestConnection(t *testing.T) {
	pool := open(t)
	conn, err := pool.Acquire(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Release()
	lines, err := LinesWhileReading(t.Context(), conn.Conn(), pool)
	if err != nil || len(lines) != 5 {
		t.Fatal(lines, err)
	}
}

func TestModes(t *testing.T) {
	for i, fn := range []func(context.Context, DB) error{WithDescriptions, WithDescriptionEachTime, WithTexts, InTheText} {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			if err := fn(t.Context(), open(t)); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// In the simple protocol, a batch is one text.
func TestChunks(t *testing.T) {
	for _, mode := range []pgx.QueryExecMode{pgx.QueryExecModeCacheStatement, pgx.QueryExecModeSimpleProtocol} {
		t.Run(mode.String(), func(t *testing.T) {
			config := open(t).Config()
			config.ConnConfig.DefaultQueryExecMode = mode
			pool, err := pgxpool.NewWithConfig(t.Context(), config)
			if err != nil {
				t.Fatal(err)
			}
			defer pool.Close()
			if err := LinesInChunks(t.Context(), pool); err != nil {
				t.Fatal(err)
			}
		})
	}
}

func TestInserts(t *testing.T) {
	skus := []string{"one", "two", "three", "four", "five", "six"}
	pool := open(t)
	err := pgx.BeginFunc(t.Context(), pool, func(tx pgx.Tx) error { return Insert(t.Context(), tx, skus) })
	if err != nil {
		t.Fatal(err)
	}
	if err := InsertAll(t.Context(), pool, skus); err != nil {
		t.Fatal(err)
	}
}

func TestNested(t *testing.T) {
	skus := []string{"one", "two", "three", "four", "five", "six"}
	err := pgx.BeginFunc(t.Context(), open(t), func(tx pgx.Tx) error { return InsertNested(t.Context(), tx, skus) })
	if err != nil {
		t.Fatal(err)
	}
}

func TestDatabase(t *testing.T) {
	pool := open(t)
	db := stdlib.OpenDBFromPool(pool)
	defer db.Close()
	conn, err := db.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	raw, err := LinesOfRaw(t.Context(), conn)
	if err != nil || len(raw) != 5 {
		t.Fatal(raw, err)
	}
	lines, err := LinesOfDatabase(t.Context(), conn, []int64{1001, 1004, 1009})
	if err != nil || len(lines) != 3 {
		t.Fatal(lines, err)
	}
}

// Results, rows and texts may be longer than what is recorded of them.
func TestLong(t *testing.T) {
	pool := open(t)
	for range 2 {
		rows, err := pool.Query(t.Context(), "SELECT i, 'row ' || i FROM generate_series(1, 100000) AS i")
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for rows.Next() {
			n++
		}
		if rows.Err() != nil || n != 100_000 {
			t.Fatal(n, rows.Err())
		}
		var text string
		if err := pool.QueryRow(t.Context(), "SELECT repeat('x', 200000)").Scan(&text); err != nil || len(text) != 200_000 {
			t.Fatal(len(text), err)
		}
		if _, err := pool.Exec(t.Context(), "INSERT INTO order_lines (order_id, sku) VALUES (1, $1)", text); err != nil {
			t.Fatal(err)
		}
		insert := "INSERT INTO orders (id) VALUES (0)" + strings.Repeat(", (0)", 20_000) + " ON CONFLICT DO NOTHING"
		if _, err := pool.Exec(t.Context(), insert, pgx.QueryExecModeSimpleProtocol); err != nil {
			t.Fatal(err)
		}
	}
}

// A query is canceled by a connection of its own, and the server then returns an error.
func TestCancel(t *testing.T) {
	pool := open(t)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := pool.Exec(ctx, "SELECT pg_sleep(10)"); err == nil {
		t.Fatal("the query was not canceled")
	}
	if err := pool.Ping(t.Context()); err != nil {
		t.Fatal(err)
	}
}
