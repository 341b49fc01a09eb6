package record

import (
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

// DialectOf returns the SQL dialect of a driver by the import path of its package; fingerprint.Unknown if it is not known.
func DialectOf(importPath string) fingerprint.Dialect {
	path := strings.ToLower(importPath)
	for _, m := range dialectMarks {
		if strings.Contains(path, m.mark) {
			return m.dialect
		}
	}
	return fingerprint.Unknown
}
