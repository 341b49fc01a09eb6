package nplusgonepgx

import (
	"database/sql/driver"
	"time"

	"github.com/nplusgone/nplusgone/internal/pgrecord"
	"github.com/nplusgone/nplusgone/internal/pgwire"
	"github.com/nplusgone/nplusgone/internal/value"
)

// arguments returns the arguments of a statement for its scope. Those that are sent in a known form are read from there where
// that says more than the value of the application: pgx converts times to the column's type, and values of other types by
// methods that are not called here. params are nil if what is sent is not known; of a rewritten statement, args are not what
// is sent.
func arguments(args []any, rewritten bool, params *pgwire.Params) []driver.NamedValue {
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
			if v, ok := pgrecord.Argument(params.At(i)); ok {
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
