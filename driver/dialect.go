package driver

import (
	"database/sql/driver"
	"reflect"

	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/record"
)

// dialectOf returns the SQL dialect of a driver, connector or connection by the packages of its type and of what it holds, looking through
// wrappers. nplusgone.go of package database/sql in internal/overlay does the same.
func dialectOf(v any) (d fingerprint.Dialect) {
	defer func() {
		if recover() != nil { // a type that reflection cannot look into
			d = fingerprint.Unknown
		}
	}()
	h := holder{left: maxHeldValues}
	h.add(reflect.ValueOf(Unwrap(v)), 0)
	return record.DialectOf(h.held)
}

// maxHeldValues bounds the time of dialectOf.
const maxHeldValues = 64

type holder struct {
	held []record.Held
	left int
}

// add adds a value and what it holds: the values of drivers, connectors and connections in its fields, exported or not. A field of
// another interface is not read, because it may change while it is read.
func (h *holder) add(v reflect.Value, depth int) {
	for v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	if !v.IsValid() || h.left == 0 {
		return
	}
	h.left--
	h.held = append(h.held, record.Held{Depth: depth, Path: v.Type().PkgPath()})
	if v.Kind() != reflect.Struct || depth == record.MaxHeld {
		return
	}
	for i := range v.NumField() {
		f := v.Field(i)
		if t := f.Type(); t.Kind() == reflect.Interface && (t.PkgPath() == "database/sql/driver" || ofDriver(t)) {
			if f = f.Elem(); !f.IsValid() {
				continue
			}
		}
		if ofDriver(f.Type()) {
			h.add(f, depth+1)
		}
	}
}

var driverTypes = [...]reflect.Type{reflect.TypeFor[driver.Driver](), reflect.TypeFor[driver.Connector](), reflect.TypeFor[driver.Conn]()}

// ofDriver reports whether a value of a type is a driver, a connector or a connection.
func ofDriver(t reflect.Type) bool {
	for _, d := range driverTypes {
		if t.Implements(d) {
			return true
		}
	}
	return false
}
