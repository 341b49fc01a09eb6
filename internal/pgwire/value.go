package pgwire

import (
	"encoding/binary"
	"encoding/hex"
	"math"
	"time"
)

// A Kind says what a Value holds.
type Kind uint8

// The kinds of values.
const (
	Unread  Kind = iota // it is not known: the message was too long, or has another form
	Null                // NULL
	Integer             // Int
	Float               // Number
	Boolean             // Int, 1 or 0
	Text                // Bytes: a text, or the bytes of a bytea
	UUID                // the 16 Bytes
	Instant             // Time
	Opaque              // Bytes, of a type whose form is not known here
)

// A Value is a value of a row, or a parameter, in a form that does not depend on its format.
type Value struct {
	Kind   Kind
	Type   uint32 // the number of its type
	Int    int64
	Number float64
	Time   time.Time
	Bytes  []byte // not to be changed or kept
}

// The numbers of types, as pg_type.dat has them.
const (
	typeBool        = 16
	typeBytea       = 17
	typeChar        = 18
	typeName        = 19
	typeInt8        = 20
	typeInt2        = 21
	typeInt4        = 23
	typeText        = 25
	typeOID         = 26
	typeXID         = 28
	typeCID         = 29
	typeJSON        = 114
	typeXML         = 142
	typeFloat4      = 700
	typeFloat8      = 701
	typeUnknown     = 705
	typeBPChar      = 1042
	typeVarchar     = 1043
	typeDate        = 1082
	typeTimestamp   = 1114
	typeTimestamptz = 1184
	typeNumeric     = 1700
	typeCString     = 2275
	typeUUID        = 2950
	typeJSONB       = 3802
)

// A Row is one row of a result.
type Row struct {
	columns *Columns
	body    []byte
}

// Read reads the values of the row, as many as there are columns, into dst, whose memory it uses. The values are valid as long
// as scratch, which it uses for texts, and the row.
func (r Row) Read(dst []Value, scratch *[]byte) []Value {
	if r.columns == nil {
		return dst[:0]
	}
	n := r.columns.Len()
	if cap(dst) < n {
		dst = make([]Value, n)
	}
	dst = dst[:n]
	body := reader{b: r.body}
	if body.int16() != n {
		body = reader{short: true}
	}
	for i := range dst {
		v := &dst[i] // the fields that its kind does not use keep what they have
		v.Kind, v.Type, v.Bytes = Unread, r.columns.types[i], nil
		b, null := body.value()
		switch {
		case body.short:
		case null:
			v.Kind = Null
		default:
			v.read(b, r.columns.binary(i), scratch)
		}
	}
	return dst
}

// Value returns the value of a parameter.
func (p Param) Value(scratch *[]byte) Value {
	v := Value{Type: p.Type}
	switch {
	case !p.Known:
	case p.Null:
		v.Kind = Null
	default:
		v.read(p.Bytes, p.Binary, scratch)
	}
	return v
}

func (v *Value) read(b []byte, isBinary bool, scratch *[]byte) {
	if isBinary {
		v.binary(b, scratch)
		return
	}
	v.Kind, v.Bytes = Text, b
	switch v.Type {
	case typeBool:
		if len(b) == 1 {
			v.boolean(b[0] == 't')
		}
	case typeBytea:
		if len(b) >= 2 && b[0] == '\\' && b[1] == 'x' {
			at := len(*scratch)
			*scratch = append(*scratch, b[2:]...)
			n, err := hex.Decode((*scratch)[at:], b[2:])
			if *scratch = (*scratch)[:at+n]; err == nil {
				v.Bytes = (*scratch)[at:]
			}
		}
	case typeDate:
		v.instant(b, "2006-01-02")
	case typeTimestamp:
		v.instant(b, "2006-01-02 15:04:05")
	case typeTimestamptz:
		v.instant(b, "2006-01-02 15:04:05Z07")
	}
}

// instant reads a time in ISO format. In another one it stays a text.
func (v *Value) instant(b []byte, layout string) {
	t, err := time.Parse(layout, string(b))
	if err != nil && v.Type == typeTimestamptz {
		if t, err = time.Parse(layout+":00", string(b)); err != nil {
			t, err = time.Parse(layout+":00:00", string(b))
		}
	}
	if err == nil {
		v.Kind, v.Time = Instant, t
	}
}

func (v *Value) boolean(is bool) {
	v.Kind, v.Int = Boolean, 0
	if is {
		v.Int = 1
	}
}

func (v *Value) binary(b []byte, scratch *[]byte) {
	v.Kind, v.Bytes = Opaque, b
	switch v.Type {
	case typeInt8:
		if len(b) == 8 {
			v.Kind, v.Int = Integer, int64(binary.BigEndian.Uint64(b))
		}
	case typeInt4:
		if len(b) == 4 {
			v.Kind, v.Int = Integer, int64(int32(binary.BigEndian.Uint32(b)))
		}
	case typeInt2:
		if len(b) == 2 {
			v.Kind, v.Int = Integer, int64(int16(binary.BigEndian.Uint16(b)))
		}
	case typeOID, typeXID, typeCID:
		if len(b) == 4 {
			v.Kind, v.Int = Integer, int64(binary.BigEndian.Uint32(b))
		}
	case typeText, typeVarchar, typeBPChar, typeBytea, typeName, typeChar, typeJSON, typeXML, typeUnknown, typeCString:
		v.Kind = Text
	case typeJSONB:
		if len(b) > 0 && b[0] == 1 {
			v.Kind, v.Bytes = Text, b[1:]
		}
	case typeBool:
		if len(b) == 1 {
			v.boolean(b[0] != 0)
		}
	case typeUUID:
		if len(b) == 16 {
			v.Kind = UUID
		}
	case typeFloat8:
		if len(b) == 8 {
			v.Kind, v.Number = Float, math.Float64frombits(binary.BigEndian.Uint64(b))
		}
	case typeFloat4:
		if len(b) == 4 {
			v.Kind, v.Number = Float, float64(math.Float32frombits(binary.BigEndian.Uint32(b)))
		}
	case typeTimestamp, typeTimestamptz:
		if len(b) == 8 {
			v.sinceEpoch(int64(binary.BigEndian.Uint64(b)))
		}
	case typeDate:
		if len(b) == 4 {
			v.days(int32(binary.BigEndian.Uint32(b)))
		}
	case typeNumeric:
		if text, ok := appendNumeric(*scratch, b); ok {
			v.Kind, v.Bytes = Text, text[len(*scratch):]
			*scratch = text
		}
	}
}

// epoch is 2000-01-01 in seconds since 1970: the zero of PostgreSQL's times.
const epoch = 946684800

// sinceEpoch reads microseconds. The highest and the lowest number are infinity, which is no instant.
func (v *Value) sinceEpoch(n int64) {
	if n == math.MaxInt64 || n == math.MinInt64 {
		return
	}
	seconds, rest := n/1e6, n%1e6
	v.Kind, v.Time = Instant, time.Unix(epoch+seconds, rest*1e3)
}

func (v *Value) days(n int32) {
	if n == math.MaxInt32 || n == math.MinInt32 {
		return
	}
	v.Kind, v.Time = Instant, time.Unix(epoch+int64(n)*86400, 0)
}
