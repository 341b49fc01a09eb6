// Package value hashes the values that drivers take and return. A value has one hash, whatever type carries it:
//
//   - the integer 42, its decimal text "42", and the bytes of that text; true is 1 and false is 0
//   - the number 1.5 and the text "1.5"
//   - the text of a UUID in either case, and its 16 bytes
//   - a time in any location
//   - a value and a pointer to it, and a value of a type that has the kind of another: type ID int64
//
// Two texts of one decimal, "1.5" and "1.50", are two values: a column of texts distinguishes them.
//
// Hashes use a random seed. They differ from process to process and cannot be looked up in a table.
//
// All functions are safe for concurrent use and call no method of the values they read.
package value

import (
	"hash/maphash"
	"math"
	"strconv"
	"time"
)

// Hashes that no other value has.
const (
	Null    uint64 = 0 // NULL
	Unknown uint64 = 1 // a value that cannot be read. Two of them are not known to be equal.
)

// Of returns the hash of v, and whether v can be read. The hash of a value that cannot be read is Unknown. Besides the types
// of database/sql/driver.Value it reads numbers, texts, booleans and byte arrays of any type, pointers to them, and the
// types of database/sql, pgx and UUID packages that hold one of them. Another type that implements driver.Valuer is not
// read: see Valuer.
func Of(v any) (h uint64, known bool) {
	switch v := v.(type) {
	case nil:
		return Null, true
	case int64:
		return Int(v), true
	case string:
		return Text(v), true
	case []byte:
		if v == nil {
			return Null, true // as drivers take it
		}
		return Bytes(v), true
	case float64:
		return Float(v), true
	case bool:
		return Bool(v), true
	case time.Time:
		return Time(v), true
	case int:
		return Int(int64(v)), true
	case int32:
		return Int(int64(v)), true
	case [16]byte:
		return hash(v[:]), true
	}
	return read(v)
}

// The marks keep a time apart from the integer of its seconds, and a number from that of its bits.
const (
	timeMark  = 0x7469_6d65
	floatMark = 0x666c_6f61
)

// Int returns the hash of an integer.
func Int(n int64) uint64 {
	return own(fold(uint64(n)^intKey, 0x9e37_79b9_7f4a_7c15^intKey))
}

// Uint returns the hash of an unsigned integer. One that no int64 holds has the hash of its decimal text.
func Uint(n uint64) uint64 {
	if n <= math.MaxInt64 {
		return Int(int64(n))
	}
	var digits [20]byte
	return Bytes(strconv.AppendUint(digits[:0], n, 10))
}

// Float returns the hash of a number. An integral one has the hash of the integer.
func Float(f float64) uint64 {
	if f >= math.MinInt64 && f < -math.MinInt64 && f == math.Trunc(f) {
		return Int(int64(f))
	}
	return own(Int(int64(math.Float64bits(f))) ^ floatMark)
}

// Bool returns the hash of a boolean: that of 1 or 0, as SQLite and MySQL return it.
func Bool(b bool) uint64 {
	if b {
		return Int(1)
	}
	return Int(0)
}

// Time returns the hash of an instant.
func Time(t time.Time) uint64 {
	return own(fold(uint64(t.Unix())^intKey, uint64(t.Nanosecond())^timeMark^keys[0]))
}

// Text returns the hash of a text.
func Text(s string) uint64 { return Bytes(bytesOf(s)) }

// Bytes returns the hash of b, which is that of the text with the same bytes.
func Bytes(b []byte) uint64 {
	if len(b) > 0 && b[0] <= '9' {
		if n, ok := integer(b); ok {
			return Int(n)
		}
		if len(b) <= maxDecimal {
			if f, ok := decimal(b); ok {
				return Float(f)
			}
		}
	}
	if len(b) == 36 {
		if u, ok := uuid(b); ok {
			return hash(u[:])
		}
	}
	return hash(b)
}

// UUID returns the hash of a UUID: that of its bytes and of its text.
func UUID(u *[16]byte) uint64 { return hash(u[:]) }

// Mix adds the hash of one more value to the hash of a sequence. The order counts.
func Mix(sequence, next uint64) uint64 {
	return own(fold(sequence^0xa076_1d64_78bd_642f^intKey, next^0xe703_7ed1_a0b4_28db))
}

// Pair returns the hash of two values that can be compared.
func Pair[A, B comparable](a A, b B) uint64 {
	return own(maphash.Comparable(seed, struct {
		a A
		b B
	}{a, b}))
}

// own returns h, or another hash where h is Null or Unknown.
func own(h uint64) uint64 {
	if h <= Unknown {
		return Unknown + 1
	}
	return h
}

// integer reads s when it is the decimal text that an int64 prints as: no plus sign, no leading zero.
func integer(s []byte) (int64, bool) {
	digits := s
	negative := len(s) > 0 && s[0] == '-'
	if negative {
		digits = s[1:]
	}
	if len(digits) == 0 || len(digits) > 19 || digits[0] == '0' && len(s) > 1 {
		return 0, false
	}
	var n uint64 // 19 digits never overflow it
	for i := range len(digits) {
		d := digits[i] - '0'
		if d > 9 {
			return 0, false
		}
		n = n*10 + uint64(d)
	}
	if negative {
		return -int64(n), n <= -math.MinInt64
	}
	return int64(n), n <= math.MaxInt64
}

// maxDecimal is the length of the longest text that decimal reads: a sign, 15 digits, a point. Every decimal of 15 digits
// is printed as itself by the float64 next to it.
const maxDecimal = 17

// decimal reads s when it is the text that a float64 with a fraction prints as, without an exponent: -0.5, 19.99, not
// .5, 19.90 or 00.1.
func decimal(s []byte) (float64, bool) {
	digits := s
	negative := s[0] == '-'
	if negative {
		digits = s[1:]
	}
	point := -1
	n := int64(0)
	for i := range len(digits) {
		d := digits[i] - '0'
		switch {
		case d <= 9:
			n = n*10 + int64(d)
		case digits[i] == '.' && point < 0:
			point = i
		default:
			return 0, false
		}
	}
	last := len(digits) - 1
	if point < 1 || point == last || last > 15 || digits[last] == '0' || digits[0] == '0' && point > 1 {
		return 0, false
	}
	f := float64(n) / powers[last-point]
	if negative {
		f = -f
	}
	return f, true
}

// powers are the powers of ten that divide 15 digits.
var powers = [...]float64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15}

// uuid reads the 36 characters of a UUID's text, hyphens at their places, in either case.
func uuid(s []byte) (u [16]byte, ok bool) {
	j := 0
	for i := 0; i < 36; {
		if i == 8 || i == 13 || i == 18 || i == 23 {
			if s[i] != '-' {
				return u, false
			}
			i++
			continue
		}
		hi, lo := hexDigit[s[i]], hexDigit[s[i+1]]
		if hi|lo > 0xf {
			return u, false
		}
		u[j] = hi<<4 | lo
		i, j = i+2, j+1
	}
	return u, true
}

// hexDigit is the value of each hexadecimal digit, 0xff for other bytes.
var hexDigit = func() (table [256]byte) {
	for i := range table {
		table[i] = 0xff
	}
	for i := range byte(16) {
		c := "0123456789abcdef"[i]
		table[c] = i
		if c >= 'a' {
			table[c-'a'+'A'] = i
		}
	}
	return table
}()
