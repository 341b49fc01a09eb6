package layers

import (
	"slices"
	"strings"
	"testing"
)

// Packages have the kinds of their own entry and of those above it, and a version changes nothing.
func TestOf(t *testing.T) {
	for _, tt := range []struct {
		path string
		want Kind
	}{
		{"gorm.io/gorm", DataLayer},
		{"gorm.io/gorm/migrator", DataLayer | Migrator},
		{"gorm.io/driver/postgres", DataLayer | Driver},
		{"github.com/jackc/pgx/v5/stdlib", Driver | DataLayer},
		{"github.com/gofiber/fiber/v2/middleware/logger", Router},
		{"gopkg.in/gorp.v3", DataLayer},
		{"gopkg.in/reform.v1/dialects", DataLayer},
		{"gopkg.in/check.v1", Test},
		{"gopkg.in/DataDog/dd-trace-go.v1/contrib/database/sql", Driver},
		{"github.com/beego/beego/v2/client/orm", DataLayer | Router},
		{"github.com/vmihailenco/taskq/v3", Worker | Sender},
		{"github.com/beego/beego/v2/server/web", Router},
		{"github.com/samber/lo/parallel", Goroutines | Iterator},
		{"slices", Iterator},
		{"testing", Test},
		{"html/template", Template},
		{"net/http", Router},
		{"os/exec", Sender},
	} {
		if got := Of(tt.path); got != tt.want {
			t.Errorf("Of(%q) = %v, want %v", tt.path, got, tt.want)
		}
	}
}

// A path that merely contains a known name is unknown.
func TestOfUnknown(t *testing.T) {
	for _, path := range []string{
		"", "main", "example.com/shop/gorm", "example.com/gorm.io/gorm", "github.com/uptrace/bunny", "github.com/me/sqlite",
		"example.com/cache", "net", "os", "net/url", "sync", "sync/atomic", "github.com", "gopkg.in/gorpx.v1", "database/sql",
	} {
		if got := Of(path); got != 0 {
			t.Errorf("Of(%q) = %v, want no kinds", path, got)
		}
	}
}

// A function has the kinds of its package and its own; literals in it have the same.
func TestOfFunction(t *testing.T) {
	for _, tt := range []struct {
		path, name string
		want       Kind
	}{
		{"gorm.io/gorm", "(*DB).Find", DataLayer},
		{"gorm.io/gorm", "(*DB).AutoMigrate", DataLayer | Migrator},
		{"gorm.io/gorm", "(*DB).AutoMigrate.func1", DataLayer | Migrator},
		{"gorm.io/gorm", "(*DB).AutoMigrateOthers", DataLayer},
		{"gorm.io/gorm", "(*Association).Find", DataLayer | RelationLoader},
		{"gorm.io/gorm/callbacks", "preload", DataLayer | RelationLoader},
		{"gorm.io/gorm/callbacks", "preloader", DataLayer},
		{"gorm.io/driver/sqlite", "Migrator.CreateTable", DataLayer | Driver | Migrator},
		{"github.com/uptrace/bun", "(*relationJoin).selectM2M", DataLayer | RelationLoader},
		{"net/http", "(*Client).Do", Router | Sender},
		{"net/http", "NewRequest", Router},
		{"os", "Remove", Sender},
		{"os", "Getenv", 0},
		{"sync", "(*WaitGroup).Go.func1", Goroutines},
		{"sync", "(*WaitGroup).Wait", 0},
		{"github.com/volatiletech/sqlboiler/v4/queries", "eagerLoad", DataLayer | RelationLoader},
		{"example.com/shop", "(*DB).AutoMigrate", 0},
	} {
		if got := OfFunction(tt.path, tt.name); got != tt.want {
			t.Errorf("OfFunction(%q, %q) = %v, want %v", tt.path, tt.name, got, tt.want)
		}
	}
}

func TestDialect(t *testing.T) {
	for path, want := range map[string]string{
		"github.com/mattn/go-sqlite3":                     SQLite,
		"modernc.org/sqlite":                              SQLite,
		"github.com/go-sql-driver/mysql":                  MySQL,
		"github.com/jackc/pgx/v5/stdlib":                  PostgreSQL,
		"cloud.google.com/go/cloudsqlconn/postgres/pgxv5": PostgreSQL,
		"github.com/microsoft/go-mssqldb":                 "",
		"example.com/mysqlish":                            "",
	} {
		if got := Dialect(path); got != want {
			t.Errorf("Dialect(%q) = %q, want %q", path, got, want)
		}
	}
}

func TestWithin(t *testing.T) {
	for _, tt := range []struct {
		path, root string
		want       bool
	}{
		{"gorm.io/gorm", "gorm.io", true},
		{"gorm.io", "gorm.io", true},
		{"gorm.iox", "gorm.io", false},
		{"gopkg.in/gorp.v2/x", "gopkg.in/gorp", true},
		{"example.com/gorp.v2", "example.com/gorp", false},
		{"example.com/a/v12/b", "example.com/a/b", true},
		{"example.com/a/v12b", "example.com/a", true},
		{"example.com/v12b", "example.com/v", false},
	} {
		if got := Within(tt.path, tt.root); got != tt.want {
			t.Errorf("Within(%q, %q) = %v, want %v", tt.path, tt.root, got, tt.want)
		}
	}
}

// The table holds each path once a section, with kinds, and every kind has a package or a function.
func TestTable(t *testing.T) {
	var seen Kind
	for _, table := range [][]entry{databases, requests, goroutines, others} {
		var paths []string
		for _, e := range table {
			if e.kinds == 0 || e.path == "" || strings.HasSuffix(e.path, "/") || strings.ContainsAny(e.path, " \t") {
				t.Errorf("the entry %q with the kinds %v is malformed", e.path, e.kinds)
			}
			if slices.Contains(paths, e.path) {
				t.Errorf("two entries for %q", e.path)
			}
			paths = append(paths, e.path)
			seen |= e.kinds
		}
	}
	for _, f := range functionTable {
		if f.kinds == 0 || f.path == "" || f.name == "" {
			t.Errorf("the function %q.%q with the kinds %v is malformed", f.path, f.name, f.kinds)
		}
		seen |= f.kinds
	}
	for i, name := range kindNames {
		if !seen.Has(1 << i) {
			t.Errorf("no package is a %s", name)
		}
	}
	for path := range dialects {
		if !Of(path).Any(Driver) {
			t.Errorf("%q has a dialect, but is no driver", path)
		}
	}
	if got := (Driver | Cache).String(); got != "driver, cache" {
		t.Errorf("String = %q", got)
	}
}
