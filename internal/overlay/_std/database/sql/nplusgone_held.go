package sql

import (
	"database/sql/driver"
	"reflect"
)

// nplusHeld returns the import path of a driver or connection, and those of what it holds: the values of drivers, connectors and
// connections in its fields, which a wrapper has. Each has its depth, a digit, before it and a space behind. A field of another interface
// is not read, because it may change while it is read.
func nplusHeld(v any) (text string) {
	defer func() {
		if recover() != nil { // a type that reflection cannot look into
			text = ""
		}
	}()
	left := 64
	return string(nplusAddHeld(nil, reflect.ValueOf(v), 0, &left))
}

const nplusMaxHeld = 8

func nplusAddHeld(b []byte, v reflect.Value, depth int, left *int) []byte {
	for v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	if !v.IsValid() || *left == 0 {
		return b
	}
	*left--
	b = append(append(append(b, byte('0'+depth)), v.Type().PkgPath()...), ' ')
	if v.Kind() != reflect.Struct || depth == nplusMaxHeld {
		return b
	}
	for i := range v.NumField() {
		f := v.Field(i)
		if t := f.Type(); t.Kind() == reflect.Interface && (t.PkgPath() == "database/sql/driver" || nplusOfDriver(t)) {
			if f = f.Elem(); !f.IsValid() {
				continue
			}
		}
		if nplusOfDriver(f.Type()) {
			b = nplusAddHeld(b, f, depth+1, left)
		}
	}
	return b
}

var nplusDriverTypes = [...]reflect.Type{reflect.TypeFor[driver.Driver](), reflect.TypeFor[driver.Connector](), reflect.TypeFor[driver.Conn]()}

// nplusOfDriver reports whether a value of a type is a driver, a connector or a connection.
func nplusOfDriver(t reflect.Type) bool {
	for _, d := range nplusDriverTypes {
		if t.Implements(d) {
			return true
		}
	}
	return false
}
