package record

import (
	"testing"

	"github.com/nplusgone/nplusgone/fingerprint"
)

// Proves that the driver furthest in says which dialect is spoken, and that two of them say nothing.
func TestDialectOf(t *testing.T) {
	const pgx, sqlite, mysql, wrapper = "github.com/jackc/pgx/v5/stdlib", "modernc.org/sqlite", "github.com/go-sql-driver/mysql", "example.com/trace"
	for _, c := range []struct {
		name string
		held []Held
		want fingerprint.Dialect
	}{
		{"nothing", nil, fingerprint.Unknown},
		{"a driver", []Held{{0, pgx}}, fingerprint.PostgreSQL},
		{"a wrapper around nothing that is known", []Held{{0, wrapper}}, fingerprint.Unknown},
		{"a wrapper around a driver", []Held{{0, wrapper}, {1, sqlite}}, fingerprint.SQLite},
		{"wrappers around a driver", []Held{{0, wrapper}, {1, wrapper}, {2, mysql}}, fingerprint.MySQL},
		{"a wrapper that holds its driver twice", []Held{{0, wrapper}, {1, pgx}, {2, pgx}, {1, wrapper}, {2, pgx}}, fingerprint.PostgreSQL},
		{"a wrapper around two drivers", []Held{{0, wrapper}, {1, pgx}, {1, sqlite}}, fingerprint.Unknown},
		{"a wrapper whose path has the name of another database", []Held{{0, "example.com/mysql-tools/trace"}, {1, sqlite}}, fingerprint.SQLite},
		{"a driver that holds what is not known", []Held{{0, pgx}, {1, "crypto/tls"}}, fingerprint.PostgreSQL},
		{"a driver, and its connector", []Held{{0, wrapper}, {0, mysql}}, fingerprint.MySQL},
	} {
		if got := DialectOf(c.held); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}
