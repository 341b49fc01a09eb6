package sql

import (
	"database/sql/driver"
	"math"
	"reflect"
	"slices"
	"strconv"
	"time"
)

// The forms of a value. Package recording of nplusgone reads them.
const (
	nplusNull   = 0
	nplusInt    = 1 // zigzag
	nplusFloat  = 2 // 8 bytes, the least significant first
	nplusTrue   = 3
	nplusFalse  = 4
	nplusString = 5  // length, bytes
	nplusBytes  = 6  // length, bytes
	nplusTime   = 7  // seconds since 1970 zigzag, nanoseconds
	nplusUUID   = 8  // 16 bytes
	nplusList   = 9  // number of elements, elements
	nplusUnread = 10 // the type: length, bytes
	nplusDigest = 11 // of a long text or blob: length, 8 bytes of a hash
)

// nplusMaxText is the length of the longest text or blob that is written. Of a longer one there is a digest: two of them can be
// compared, and nothing can be looked for in them.
const nplusMaxText = 4 << 10

// nplusMaxList is the number of elements of a list that are written. Of a longer list there is only the number.
const nplusMaxList = 128

func nplusUint(b []byte, n uint64) []byte {
	for n >= 0x80 {
		b = append(b, byte(n)|0x80)
		n >>= 7
	}
	return append(b, byte(n))
}

func nplusSigned(b []byte, n int64) []byte { return nplusUint(b, uint64(n)<<1^uint64(n>>63)) }

func nplusText(b []byte, s string) []byte { return append(nplusUint(b, uint64(len(s))), s...) }

// nplusLong appends a text or a blob.
func nplusLong[T string | []byte](b []byte, form byte, s T) []byte {
	if len(s) <= nplusMaxText {
		return append(nplusUint(append(b, form), uint64(len(s))), s...)
	}
	h := uint64(len(s))
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 0xd6e8feb86659fd93
		h ^= h >> 32
	}
	return nplusWord(nplusUint(append(b, nplusDigest), uint64(len(s))), h)
}

func nplusWord(b []byte, n uint64) []byte {
	for range 8 {
		b = append(b, byte(n))
		n >>= 8
	}
	return b
}

// nplusValue appends a value. It calls no method of the application, except for those of nplusPure.
func nplusValue(b []byte, v any) []byte {
	switch v := v.(type) {
	case nil:
		return append(b, nplusNull)
	case int64:
		return nplusSigned(append(b, nplusInt), v)
	case string:
		return nplusLong(b, nplusString, v)
	case []byte:
		if v == nil {
			return append(b, nplusNull) // as drivers take it
		}
		return nplusLong(b, nplusBytes, v)
	case float64:
		return nplusWord(append(b, nplusFloat), math.Float64bits(v))
	case bool:
		return nplusBool(b, v)
	case time.Time:
		return nplusSigned(nplusSigned(append(b, nplusTime), v.Unix()), int64(v.Nanosecond()))
	case [16]byte:
		return append(append(b, nplusUUID), v[:]...)
	}
	r := reflect.ValueOf(v)
	if out, ok := nplusReflect(b, r); ok {
		return out
	}
	if out, ok := nplusPureValue(b, v); ok {
		return out
	}
	return nplusText(append(b, nplusUnread), r.Type().String())
}

func nplusBool(b []byte, v bool) []byte {
	if v {
		return append(b, nplusTrue)
	}
	return append(b, nplusFalse)
}

var (
	nplusValuer = reflect.TypeFor[driver.Valuer]()
	nplusTimes  = reflect.TypeFor[time.Time]()
)

// nplusReflect appends a value of a type that is not a usual one. ok is false if only a method of the value says what it is.
func nplusReflect(b []byte, v reflect.Value) (out []byte, ok bool) {
	for range 4 {
		if !v.IsValid() {
			return append(b, nplusNull), true
		}
		k := v.Kind()
		if k != reflect.Pointer && k != reflect.Interface {
			break
		}
		if t := v.Type(); k == reflect.Pointer && t.NumMethod() > 0 && t.Implements(nplusValuer) && !t.Elem().Implements(nplusValuer) {
			return b, false // its method has a pointer receiver
		}
		if v.IsNil() {
			return append(b, nplusNull), true
		}
		v = v.Elem()
	}
	t := v.Type()
	if t == nplusTimes && v.CanInterface() {
		return nplusValue(b, v.Interface().(time.Time)), true
	}
	if t.NumMethod() > 0 {
		if out, ok := nplusWrapper(b, v, t); ok {
			return out, true
		}
		if t.Implements(nplusValuer) && !nplusArray(t) {
			return b, false
		}
	}
	return nplusPlain(b, v)
}

// nplusPlain appends a value whose kind says all.
func nplusPlain(b []byte, v reflect.Value) (out []byte, ok bool) {
	switch v.Kind() {
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return nplusSigned(append(b, nplusInt), v.Int()), true
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		if n := v.Uint(); n > math.MaxInt64 {
			return nplusLong(b, nplusString, strconv.FormatUint(n, 10)), true
		}
		return nplusSigned(append(b, nplusInt), int64(v.Uint())), true
	case reflect.Float32, reflect.Float64:
		return nplusWord(append(b, nplusFloat), math.Float64bits(v.Float())), true
	case reflect.Bool:
		return nplusBool(b, v.Bool()), true
	case reflect.String:
		return nplusLong(b, nplusString, v.String()), true
	case reflect.Slice, reflect.Array:
		if v.Kind() == reflect.Slice && v.IsNil() {
			return append(b, nplusNull), true
		}
		if v.Type().Elem().Kind() != reflect.Uint8 {
			return nplusElements(b, v)
		}
		if v.Kind() == reflect.Slice {
			return nplusLong(b, nplusBytes, v.Bytes()), true
		}
		form := byte(nplusUUID)
		if v.Len() != 16 {
			b, form = nplusUint(append(b, nplusBytes), uint64(v.Len())), 0
		}
		if form != 0 {
			b = append(b, form)
		}
		for i := range v.Len() {
			b = append(b, byte(v.Index(i).Uint()))
		}
		return b, true
	case reflect.Struct: // lib/pq.GenericArray, pgtype.Array
		if t := v.Type(); nplusArray(t) && v.NumField() > 0 {
			return nplusReflect(b, v.Field(0))
		}
	}
	return b, false
}

// nplusElements appends a list.
func nplusElements(b []byte, v reflect.Value) (out []byte, ok bool) {
	if v.Len() > nplusMaxList {
		return b, false
	}
	b = nplusUint(append(b, nplusList), uint64(v.Len()))
	for i := range v.Len() {
		out, ok := nplusReflect(b, v.Index(i))
		if !ok {
			out = nplusText(append(b, nplusUnread), v.Type().Elem().String())
		}
		b = out
	}
	return b, true
}

// nplusWrapper appends a value of the types that many programs use of those that implement driver.Valuer: it is known what their
// method returns.
func nplusWrapper(b []byte, v reflect.Value, t reflect.Type) (out []byte, ok bool) {
	switch t.PkgPath() {
	case "github.com/google/uuid", "github.com/gofrs/uuid", "github.com/gofrs/uuid/v5", "github.com/satori/go.uuid":
		if t.Kind() == reflect.Array && t.Name() == "UUID" {
			return nplusPlain(b, v)
		}
		if t.Name() == "NullUUID" {
			return nplusNullable(b, v)
		}
	case "database/sql":
		return nplusNullable(b, v)
	case "gorm.io/gorm":
		if t.Name() == "DeletedAt" {
			return nplusNullable(b, v)
		}
	case "github.com/jackc/pgx/v5/pgtype":
		switch t.Name() {
		case "Bool", "Int2", "Int4", "Int8", "Uint32", "Float4", "Float8", "Text", "UUID", "Date", "Timestamp", "Timestamptz":
			return nplusNullable(b, v)
		}
	}
	return b, false
}

// nplusNullable appends a struct that begins with a value and ends with the field Valid, which is false for NULL. A field between
// the two, as pgtype's times have it, has to be zero.
func nplusNullable(b []byte, v reflect.Value) (out []byte, ok bool) {
	if v.Kind() != reflect.Struct || v.NumField() < 2 || v.NumField() > 3 {
		return b, false
	}
	valid := v.Field(v.NumField() - 1)
	switch {
	case valid.Kind() != reflect.Bool:
		return b, false
	case !valid.Bool():
		return append(b, nplusNull), true
	}
	if v.NumField() == 3 && !v.Field(1).IsZero() { // infinity
		return b, false
	}
	return nplusReflect(b, v.Field(0))
}

// nplusArray reports whether t is a type of lib/pq or pgx that implements driver.Valuer and holds a slice.
func nplusArray(t reflect.Type) bool {
	switch t.PkgPath() {
	case "github.com/lib/pq":
		return t.Kind() == reflect.Slice || t.Name() == "GenericArray"
	case "github.com/jackc/pgx/v5/pgtype":
		return t.Kind() == reflect.Slice || len(t.Name()) > 6 && t.Name()[:6] == "Array["
	}
	return false
}

// nplusPure are types, by package, whose method Value returns the same for the same value and does nothing else. No names are for all
// types of the package that are not generic. The table is that of driver/valuer.go.
var nplusPure = map[string][]string{
	"github.com/aarondl/null/v8":      {},
	"github.com/cockroachdb/apd/v3":   {"Decimal", "NullDecimal"},
	"github.com/guregu/null/v5":       {},
	"github.com/guregu/null/v6":       {},
	"github.com/jackc/pgtype":         {"BPChar", "Bool", "Date", "Float4", "Float8", "Int2", "Int4", "Int8", "Numeric", "Text", "Timestamp", "Timestamptz", "UUID", "Varchar"},
	"github.com/jackc/pgx/v5/pgtype":  {"Interval", "Numeric", "Time"},
	"github.com/oklog/ulid":           {"ULID"},
	"github.com/oklog/ulid/v2":        {"ULID"},
	"github.com/rs/xid":               {"ID"},
	"github.com/segmentio/ksuid":      {"KSUID"},
	"github.com/shopspring/decimal":   {"Decimal", "NullDecimal"},
	"github.com/volatiletech/null/v8": {},
	"gopkg.in/guregu/null.v3":         {},
	"gopkg.in/guregu/null.v4":         {},
	"gorm.io/datatypes":               {"BinUUID", "Date", "JSON", "Time", "UUID"},
}

// nplusPureValue appends what the method Value of v returns, if v is of a type in nplusPure.
func nplusPureValue(b []byte, v any) (out []byte, ok bool) {
	valuer, ok := v.(driver.Valuer)
	if !ok {
		return b, false
	}
	t := reflect.TypeOf(v)
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	names, ok := nplusPure[t.PkgPath()]
	if !ok || t.Name() == "" || t.Name()[len(t.Name())-1] == ']' || len(names) > 0 && !slices.Contains(names, t.Name()) {
		return b, false
	}
	defer func() {
		if recover() != nil { // a nil pointer, say; the driver handles it
			out, ok = b, false
		}
	}()
	value, err := valuer.Value()
	if err != nil || !driver.IsValue(value) {
		return b, false
	}
	return nplusValue(b, value), true
}
