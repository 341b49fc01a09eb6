package nplusgonepgx

import (
	"database/sql/driver"
	"time"

	"github.com/nplusgone/nplusgone/internal/pgwire"
	"github.com/nplusgone/nplusgone/internal/value"
)

// arguments returns the arguments of a statement for its scope. Those that are sent in a known form are read from there where
// that says more than the value of the application: pgx converts times to the column's type, and values of other types by
// methods that are not called here. params are nil if what is sent is not known; of a rewritten statement, args are not what
// is sent.
func (c *conn) arguments(args []any, rewritten bool, params *pgwire.Params) []driver.NamedValue {
	n := len(args)
	if rewritten {
		if n = 0; params != nil {
			n = params.Len()
		}
	}
	out := make([]driver.NamedValue, n)
	for i := range out {
		out[i].Ordinal = i + 1
		if !rewritten {
			out[i].Value = args[i]
		}
		if params != nil && i < params.Len() && (rewritten || fromWire(args[i], params.At(i))) {
			if v, ok := c.decode(params.At(i)); ok {
				out[i].Value = v
			} else if rewritten {
				out[i].Value = value.Unread{Type: "a parameter of a query that was rewritten"}
			}
		}
	}
	return out
}

// fromWire reports whether a parameter is read from what is sent.
func fromWire(v any, p pgwire.Param) bool {
	switch v.(type) {
	case nil, int, int64, int32, int16, uint32, bool, float64, [16]byte, []int64, []string:
		return false
	case string:
		return p.Temporal()
	case time.Time:
		return p.Type != 0
	}
	if p.Temporal() {
		return true
	}
	return !readable([]any{v})
}

// readable reports whether package value reads all arguments.
func readable(args []any) bool {
	for _, v := range args {
		if _, known := value.Of(v); known {
			continue
		}
		if _, _, known := value.Array(nil, v, 0); !known {
			return false
		}
	}
	return true
}

// decode returns a parameter as a value that package value reads.
func (c *conn) decode(p pgwire.Param) (any, bool) {
	c.scratch = c.scratch[:0]
	v := p.Value(&c.scratch)
	if v.Kind != pgwire.Opaque {
		return plain(&v)
	}
	elements, ok := p.Elements()
	if !ok {
		return nil, false
	}
	list := make([]any, len(elements))
	for i, e := range elements {
		if list[i], ok = c.decode(e); !ok {
			return nil, false
		}
	}
	return list, true
}

// plain returns a value as one that package value reads; ok is false if there is none.
func plain(v *pgwire.Value) (value any, ok bool) {
	switch v.Kind {
	case pgwire.Null:
		return nil, true
	case pgwire.Integer:
		return v.Int, true
	case pgwire.Float:
		return v.Number, true
	case pgwire.Boolean:
		return v.Int != 0, true
	case pgwire.Text:
		return string(v.Bytes), true
	case pgwire.UUID:
		return [16]byte(v.Bytes), true
	case pgwire.Instant:
		return v.Time, true
	}
	return nil, false
}
