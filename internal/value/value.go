// Package value hashes the values that drivers take and return, so that the same value gives the same hash whatever
// type carries it: the integer 42, its decimal text "42" and the bytes of that text are one value, as are a UUID's text
// and its 16 bytes. Hashes use a random seed: they differ from process to process and cannot be looked up in a table.
package value

import (
	"hash/maphash"
	"math"
	"strconv"
	"time"
)

// Null is the hash of NULL. No other value has it.
const Null uint64 = 0

// Of returns the hash of v and whether its type is one that can be hashed: the types of database/sql/driver.Value, Go's
// integers, and 16-byte arrays. Of another type, which a driver's own NamedValueChecker may let through, nothing is known.
func Of(v any) (h uint64, known bool) {
	switch v := v.(type) {
	case nil:
		return Null, true
	case int64:
		return Int(v), true
	case string:
		return Text(v), true
	case []byte:
		return Bytes(v), true
	case float64:
		return Float(v), true
	case bool:
		if v {
			return Int(1), true
		}
		return Int(0), true
	case time.Time:
		return nonZero(Int(v.UnixNano()) ^ timeMark), true
	case int:
		return Int(int64(v)), true
	case int32:
		return Int(int64(v)), true
	case int16:
		return Int(int64(v)), true
	case int8:
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
	case [16]byte:
		return hash(v[:]), true
	}
	return Null, false
}

// The marks keep a time apart from the integer of its nanoseconds, and a number from that of its bits.
const (
	timeMark  = 0x7469_6d65
	floatMark = 0x666c_6f61
)

// Int returns the hash of an integer.
func Int(n int64) uint64 {
	return nonZero(fold(uint64(n)^intKey, 0x9e37_79b9_7f4a_7c15^intKey))
}

// Uint returns the hash of an integer without a sign. One that no int64 holds hashes as its decimal text.
func Uint(n uint64) uint64 {
	if n <= math.MaxInt64 {
		return Int(int64(n))
	}
	var digits [20]byte
	return Bytes(strconv.AppendUint(digits[:0], n, 10))
}

// Float returns the hash of a number; an integral one hashes as the integer.
func Float(f float64) uint64 {
	if f >= math.MinInt64 && f < -math.MinInt64 && f == math.Trunc(f) {
		return Int(int64(f))
	}
	return nonZero(Int(int64(math.Float64bits(f))) ^ floatMark)
}

// Text returns the hash of a text.
func Text(s string) uint64 { return Bytes(bytesOf(s)) }

// Bytes returns the hash of b, which is that of the text with the same bytes.
func Bytes(b []byte) uint64 {
	if len(b) > 0 && b[0] <= '9' {
		if n, ok := integer(b); ok {
			return Int(n)
		}
	}
	if len(b) == 36 {
		if u, ok := uuid(b); ok {
			return hash(u[:])
		}
	}
	return hash(b)
}

// Mix adds the hash of one more value to the hash of a sequence. The order counts.
func Mix(sequence, next uint64) uint64 {
	return nonZero(fold(sequence^0xa076_1d64_78bd_642f^intKey, next^0xe703_7ed1_a0b4_28db))
}

// Pair returns the hash of two values that can be compared.
func Pair[A, B comparable](a A, b B) uint64 {
	return nonZero(maphash.Comparable(seed, struct {
		a A
		b B
	}{a, b}))
}

func nonZero(h uint64) uint64 {
	if h == Null {
		return 1
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

// uuid reads the 36 characters of a UUID's text form, hyphens at their places, in either case.
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
