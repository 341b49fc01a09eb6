package driver

import (
	"database/sql/driver"
	"reflect"

	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/record"
)

// dialectOf returns the SQL dialect of a driver by the package of its type, looking through wrappers.
func dialectOf(d driver.Driver) fingerprint.Dialect {
	t := reflect.TypeOf(Unwrap(d))
	if t == nil {
		return fingerprint.Unknown
	}
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return record.DialectOf(t.PkgPath())
}
