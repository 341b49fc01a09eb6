package driver

import (
	"database/sql/driver"
	"reflect"
	"strings"

	"github.com/nplusgone/nplusgone/fingerprint"
)

// dialectMarks are parts of the import paths of drivers, with the dialects of their databases.
var dialectMarks = []struct {
	mark    string
	dialect fingerprint.Dialect
}{
	{"sqlite", fingerprint.SQLite},
	{"libsql", fingerprint.SQLite},
	{"mysql", fingerprint.MySQL},
	{"mariadb", fingerprint.MySQL},
	{"pgx", fingerprint.PostgreSQL},
	{"lib/pq", fingerprint.PostgreSQL},
	{"postgres", fingerprint.PostgreSQL},
	{"pgdriver", fingerprint.PostgreSQL},
	{"cockroach", fingerprint.PostgreSQL},
}

// dialectOf returns the SQL dialect of a driver by the package of its type, looking through wrappers. It is
// fingerprint.Unknown for a driver that is not in dialectMarks.
func dialectOf(d driver.Driver) fingerprint.Dialect {
	t := reflect.TypeOf(Unwrap(d))
	if t == nil {
		return fingerprint.Unknown
	}
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	path := strings.ToLower(t.PkgPath())
	for _, m := range dialectMarks {
		if strings.Contains(path, m.mark) {
			return m.dialect
		}
	}
	return fingerprint.Unknown
}
