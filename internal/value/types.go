package value

import (
	"database/sql/driver"
	"reflect"
	"strings"
	"time"
)

// maxPointers is how many pointers in a row are followed.
const maxPointers = 4

var (
	valuerType = reflect.TypeFor[driver.Valuer]()
	timeType   = reflect.TypeFor[time.Time]()
)

// Valuer returns the driver.Valuer that has to be called to read v: Of reads what its Value returns. It is nil where v is
// read without, and where no method would help. To call it is up to the caller: it is code of the application.
func Valuer(v any) driver.Valuer {
	valuer, ok := v.(driver.Valuer)
	if !ok {
		return nil
	}
	if _, known := Of(v); known {
		return nil
	}
	return valuer
}

// An Unread is a value that another process could not read. It is Unknown.
type Unread struct{ Type string } // as TypeName returns it

// TypeName returns the name of v's type with its package, as %T prints it: what to say of a value that cannot be read.
func TypeName(v any) string {
	switch v := v.(type) {
	case nil:
		return "nil"
	case Unread:
		return v.Type
	}
	return reflect.TypeOf(v).String()
}

// read returns the hash of a value of a type that is not a usual one.
func read(v any) (h uint64, known bool) {
	switch v := v.(type) {
	case int8:
		return Int(int64(v)), true
	case int16:
		return Int(int64(v)), true
	case uint8:
		return Int(int64(v)), true
	case uint16:
		return Int(int64(v)), true
	case uint32:
		return Int(int64(v)), true
	case uint64:
		return Uint(v), true
	case uint:
		return Uint(uint64(v)), true
	case float32:
		return Float(float64(v)), true
	}
	return readKind(reflect.ValueOf(v))
}

// readKind returns the hash of a value by its kind.
func readKind(v reflect.Value) (h uint64, known bool) {
	v, null, ok := pointed(v)
	switch {
	case null:
		return Null, true
	case !ok:
		return Unknown, false
	}
	t := v.Type()
	if t == timeType && v.CanInterface() {
		return Time(v.Interface().(time.Time)), true
	}
	if t.NumMethod() == 0 { // as most types of keys
		return plain(v)
	}
	if h, known := readWrapper(v, t); known || t.Implements(valuerType) {
		return h, known
	}
	return plain(v)
}

// pointed follows pointers. It reports null for a nil pointer that drivers take for NULL, and not ok for one that only the
// application's own method reads.
func pointed(v reflect.Value) (target reflect.Value, null, ok bool) {
	for range maxPointers {
		if !v.IsValid() {
			return v, true, true
		}
		if k := v.Kind(); k != reflect.Pointer && k != reflect.Interface {
			return v, false, true
		}
		if t := v.Type(); t.Kind() == reflect.Pointer && t.NumMethod() > 0 && t.Implements(valuerType) && !t.Elem().Implements(valuerType) {
			return v, false, false // its method has a pointer receiver
		}
		if v.IsNil() {
			return v, true, true
		}
		v = v.Elem()
	}
	return v, false, v.Kind() != reflect.Pointer && v.Kind() != reflect.Interface
}

// plain returns the hash of a value whose kind says all.
func plain(v reflect.Value) (h uint64, known bool) {
	switch v.Kind() {
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return Int(v.Int()), true
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return Uint(v.Uint()), true
	case reflect.Float32, reflect.Float64:
		return Float(v.Float()), true
	case reflect.Bool:
		return Bool(v.Bool()), true
	case reflect.String:
		return Text(v.String()), true
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			if v.IsNil() {
				return Null, true
			}
			return Bytes(v.Bytes()), true
		}
	case reflect.Array:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return byteArray(v), true
		}
	}
	return Unknown, false
}

// byteArray returns the hash of an array of bytes.
func byteArray(v reflect.Value) uint64 {
	if v.CanAddr() {
		return hash(v.Slice(0, v.Len()).Bytes())
	}
	var room [64]byte
	b := room[:0]
	for i := range v.Len() {
		b = append(b, byte(v.Index(i).Uint()))
	}
	return hash(b)
}

// readWrapper returns the hash of a value of the types that many programs use of those that implement driver.Valuer: it is
// known what their method returns.
func readWrapper(v reflect.Value, t reflect.Type) (h uint64, known bool) {
	switch t.PkgPath() {
	case "github.com/google/uuid", "github.com/gofrs/uuid", "github.com/gofrs/uuid/v5", "github.com/satori/go.uuid":
		if t.Kind() == reflect.Array && t.Name() == "UUID" {
			return plain(v)
		}
		if t.Name() == "NullUUID" {
			return nullable(v)
		}
	case "database/sql":
		return nullable(v)
	case "gorm.io/gorm":
		if t.Name() == "DeletedAt" {
			return nullable(v)
		}
	case "github.com/jackc/pgx/v5/pgtype":
		switch t.Name() {
		case "Bool", "Int2", "Int4", "Int8", "Uint32", "Float4", "Float8", "Text", "UUID", "Date", "Timestamp", "Timestamptz":
			return nullable(v)
		}
	}
	return Unknown, false
}

// nullable returns the hash of a struct that begins with a value and ends with the field Valid, which is false for NULL. A
// field between the two, as pgtype's times have it, has to be zero.
func nullable(v reflect.Value) (h uint64, known bool) {
	if v.Kind() != reflect.Struct || v.NumField() < 2 || v.NumField() > 3 {
		return Unknown, false
	}
	valid := v.Field(v.NumField() - 1)
	switch {
	case valid.Kind() != reflect.Bool:
		return Unknown, false
	case !valid.Bool():
		return Null, true
	}
	if v.NumField() == 3 && !v.Field(1).IsZero() { // infinity
		return Unknown, false
	}
	return readKind(v.Field(0))
}

// isArrayWrapper reports whether t is a type of lib/pq or pgx that implements driver.Valuer and holds a slice.
func isArrayWrapper(t reflect.Type) bool {
	switch t.PkgPath() {
	case "github.com/lib/pq":
		return t.Kind() == reflect.Slice || t.Name() == "GenericArray"
	case "github.com/jackc/pgx/v5/pgtype":
		return t.Kind() == reflect.Slice || strings.HasPrefix(t.Name(), "Array[")
	}
	return false
}
