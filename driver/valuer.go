package driver

import (
	"database/sql/driver"
	"reflect"
	"slices"
	"sync"

	"github.com/nplusgone/nplusgone/internal/value"
)

// A value that implements driver.Valuer is converted once, and its method is the application's code: it may count its
// calls, fail, or panic. Who converts it depends on the base driver:
//
//   - without a driver.NamedValueChecker (mattn/go-sqlite3), or with one that converts (go-sql-driver/mysql, lib/pq),
//     database/sql or the checker converts the arguments before the connection sees them. They are recorded as the base
//     gets them.
//   - with a checker that accepts everything (pgx/stdlib), the base gets the value itself and calls the method later, or
//     encodes the value without it. Most such types are read without a call, see package value. Of the others the method
//     is called once more if the type is in pureValuers. Any other value stays unread: it is unknown.

// pureValuers are types, by package, whose method Value returns the same for the same value and does nothing else. No
// names stand for all types of the package that are not generic.
var pureValuers = map[string][]string{
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

// keptArgs is how many arguments a connection keeps room for between statements.
const keptArgs = 256

// pureTypes caches isPure, by reflect.Type.
var pureTypes sync.Map

// readable returns args with the values that pureValuers convert. It returns args itself if there are none, else a slice
// that belongs to the connection.
func (c *conn) readable(args []driver.NamedValue) []driver.NamedValue {
	converted := false
	for i := range args {
		switch args[i].Value.(type) {
		case int64, string, []byte, nil, float64, bool: // what nearly all arguments are by now
			continue
		}
		v, ok := pureValue(args[i].Value)
		if !ok {
			continue
		}
		if !converted {
			c.args = append(c.args[:0], args...)
			converted = true
		}
		c.args[i].Value = v
	}
	if converted {
		return c.args
	}
	return args
}

// releaseArgs releases the values that readable has returned, and the memory of many of them.
func (c *conn) releaseArgs() {
	if cap(c.args) > keptArgs {
		c.args = nil
	}
	clear(c.args)
}

// pureValue returns what the method Value of v returns, if v is of a type in pureValuers and cannot be read without.
func pureValue(v any) (result driver.Value, ok bool) {
	t := reflect.TypeOf(v)
	pure, cached := pureTypes.Load(t)
	if !cached {
		pure = isPure(t)
		pureTypes.Store(t, pure)
	}
	if !pure.(bool) {
		return nil, false
	}
	valuer := value.Valuer(v)
	if valuer == nil {
		return nil, false
	}
	defer func() {
		if recover() != nil { // a nil pointer, say; the base handles it
			result, ok = nil, false
		}
	}()
	result, err := valuer.Value()
	return result, err == nil
}

func isPure(t reflect.Type) bool {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	names, ok := pureValuers[t.PkgPath()]
	if !ok || t.Name() == "" || t.Name()[len(t.Name())-1] == ']' {
		return false
	}
	return len(names) == 0 || slices.Contains(names, t.Name())
}
