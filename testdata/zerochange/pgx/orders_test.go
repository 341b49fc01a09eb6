// statements: 16

package orders

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"os"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib"
)

func open(t *testing.T) *sql.DB {
	db, err := sql.Open("pgx", cmp.Or(os.Getenv("ZEROCHANGE_POSTGRES"), "postgres://root@127.0.0.1:5432/postgres?sslmode=disable"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	db.SetMaxOpenConns(1) // temporary tables belong to a connection
	for _, s := range []string{
		"CREATE TEMPORARY TABLE orders (id bigint PRIMARY KEY)", "CREATE TEMPORARY TABLE order_lines (order_id bigint, sku text)",
		"INSERT INTO orders SELECT i * i + 1000 FROM generate_series(1, 5) AS i",
		"INSERT INTO order_lines SELECT id, 'sku ' || id FROM orders",
	} {
		if _, err := db.Exec(s); err != nil {
			t.Fatal(err)
		}
	}
	return db
}

func TestLines(t *testing.T) {
	for name, fn := range map[string]func(context.Context, *sql.DB) ([]Line, error){"loop": Lines, "any": LinesOfAll} {
		t.Run(name, func(t *testing.T) {
			lines, err := fn(t.Context(), open(t))
			if err != nil || len(lines) != 5 {
				t.Fatal(fmt.Sprint(lines), err)
			}
		})
	}
}
