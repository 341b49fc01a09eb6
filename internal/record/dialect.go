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

// MaxHeld is the depth to which the values that a driver holds are followed.
const MaxHeld = 8

// A Held is a value of a driver, or a connector or connection of one, that another such value holds.
type Held struct {
	Depth int    // 0 for the value that database/sql has; at most MaxHeld
	Path  string // import path of the package of its type
}

// DialectOf returns the SQL dialect of a driver by what it holds, each value before those that it holds itself. What is held furthest in
// speaks to the database: a wrapper has a dialect of its own only if nothing that it holds has one. The dialect is fingerprint.Unknown if
// there is none, and if there are several.
func DialectOf(held []Held) fingerprint.Dialect {
	var sets [MaxHeld + 2]uint // of dialects, by depth
	for i := len(held) - 1; i >= 0; i-- {
		at := held[i].Depth
		set := sets[at+1]
		if sets[at+1] = 0; set == 0 {
			if d := dialectOfPath(held[i].Path); d != fingerprint.Unknown {
				set = 1 << d
			}
		}
		sets[at] |= set
	}
	for _, d := range [...]fingerprint.Dialect{fingerprint.PostgreSQL, fingerprint.MySQL, fingerprint.SQLite} {
		if sets[0] == 1<<d {
			return d
		}
	}
	return fingerprint.Unknown
}

// dialectOfPath returns the SQL dialect of a driver by the import path of its package; fingerprint.Unknown if it is not known.
func dialectOfPath(importPath string) fingerprint.Dialect {
	path := strings.ToLower(importPath)
	for _, m := range dialectMarks {
		if strings.Contains(path, m.mark) {
			return m.dialect
		}
	}
	return fingerprint.Unknown
}
