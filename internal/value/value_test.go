package value

import (
	"database/sql"
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"math"
	"testing"
	"time"
)

func TestOneValueHashesAlikeWhateverCarriesIt(t *testing.T) {
	uuid := [16]byte{0x8b, 0x1c, 0x3f, 0x8e, 0x7d, 0x7a, 0x4a, 0x53, 0x9d, 0x0e, 0x0c, 0x6a, 0x0f, 0x9f, 0x2d, 0x11}
	at := time.Date(2024, 5, 6, 7, 8, 9, 10, time.UTC)
	for name, same := range map[string][]any{
		"nothing": {nil},
		"42": {int64(42), 42, int8(42), int16(42), int32(42), uint(42), uint8(42), uint16(42), uint32(42), uint64(42),
			42.0, float32(42), "42", []byte("42")},
		"-42":                  {int64(-42), int8(-42), -42.0, "-42", []byte("-42")},
		"zero":                 {0, 0.0, math.Copysign(0, -1), "0", false, uint64(0)},
		"one":                  {1, true, "1", 1.0},
		"the largest integer":  {int64(math.MaxInt64), uint64(math.MaxInt64), "9223372036854775807"},
		"the smallest integer": {int64(math.MinInt64), float64(math.MinInt64), "-9223372036854775808"},
		"beyond int64":         {uint64(math.MaxUint64), "18446744073709551615", []byte("18446744073709551615")},
		"text":                 {"héllo", []byte("héllo")},
		"no text":              {"", []byte{}},
		"fraction":             {1.5, float32(1.5), "1.5", []byte("1.5")},
		"a price":              {19.99, "19.99"},
		"a negative fraction":  {-0.001, "-0.001"},
		"15 digits":            {123456789.012345, "123456789.012345"},
		"uuid":                 {uuid, uuid[:], string(uuid[:]), "8b1c3f8e-7d7a-4a53-9d0e-0c6a0f9f2d11", []byte("8B1C3F8E-7D7A-4A53-9D0E-0C6A0F9F2D11")},
		"time":                 {at, at.In(time.FixedZone("", 3600))},
	} {
		t.Run(name, func(t *testing.T) {
			want, _ := Of(same[0])
			for _, v := range same {
				if got, known := Of(v); got != want || !known {
					t.Errorf("Of(%T(%v)) = %#x, %v, want %#x, true as of %T", v, v, got, known, want, same[0])
				}
			}
		})
	}
}

func TestDistinctValuesHashApart(t *testing.T) {
	at := time.Unix(0, 42)
	seen := make(map[uint64]string)
	for _, v := range []any{
		nil, 0, 1, -1, 42, -42, "042", "+42", "-0", "-", "", " ", "4 2", 0.5, -0.5, 42.5, "a", "A", "ab", []byte("ba"),
		math.MaxInt64, math.MinInt64, "9223372036854775808", "-9223372036854775809", uint64(math.MaxUint64),
		math.Inf(1), math.Inf(-1), math.NaN(), 1e300, "0.50", ".5", "00.5", "1.5.0", "1.", "-.5", "1e3", "1234567890.1234567", at, at.Add(1), "NULL",
		"8b1c3f8e-7d7a-4a53-9d0e-0c6a0f9f2d11", "8b1c3f8e-7d7a-4a53-9d0e-0c6a0f9f2d12", "8b1c3f8e-7d7a-4a53-9d0e-0c6a0f9f2d1x",
		"8b1c3f8e77d7a-4a53-9d0e-0c6a0f9f2d11", [16]byte{}, [16]byte{1},
	} {
		h, known := Of(v)
		if !known {
			t.Errorf("Of(%T(%v)) is not known", v, v)
		}
		if other, ok := seen[h]; ok {
			t.Errorf("%v and %s have one hash", v, other)
		}
		seen[h] = fmt.Sprint(v)
	}
	for n := int64(2); n < 100_000; n++ {
		if n == 42 {
			continue
		}
		if other, ok := seen[Int(n)]; ok {
			t.Fatalf("%d and %s have one hash", n, other)
		}
		seen[Int(n)] = fmt.Sprint(n)
	}
}

func TestNullAndUnknownAreNoOtherValue(t *testing.T) {
	var nilPointer *int64
	var nilID *uid
	for _, v := range []any{nil, nilPointer, nilID, []byte(nil), sql.NullInt64{}, &sql.NullString{String: "x"}, sql.Null[time.Time]{}} {
		if h, known := Of(v); h != Null || !known {
			t.Errorf("Of(%T) = %d, %v, want Null", v, h, known)
		}
	}
	for _, v := range []any{0, false, "", []byte{}, 0.0, time.Time{}, [16]byte{}, id(0), new(int64), sql.NullInt64{Valid: true}} {
		if h, known := Of(v); h <= Unknown || !known {
			t.Errorf("Of(%T(%v)) = %d, %v", v, v, h, known)
		}
	}
}

type (
	code    string
	flag    bool
	amount  float32
	raw     []byte
	small   uint8
	money   struct{ cents int64 }
	badge   int64
	counter struct{ n int64 }
)

func (b badge) Value() (driver.Value, error)    { panic("the application's own method") }
func (p *counter) Value() (driver.Value, error) { panic("the application's own method") }

func TestTypesOfTheirOwn(t *testing.T) {
	n, s := int64(42), "x"
	np := &n
	at := time.Date(2024, 5, 6, 7, 8, 9, 10, time.UTC)
	for _, tc := range []struct{ v, want any }{
		{id(42), 42}, {code("x"), "x"}, {code("42"), 42}, {flag(true), 1}, {amount(1.5), 1.5}, {raw("x"), "x"}, {small(7), 7},
		{&n, 42}, {&np, 42}, {&s, "x"}, {&at, at}, {new(id), 0}, {json.Number("42"), 42}, {time.Duration(5), 5},
		{uid{1}, [16]byte{1}}, {&uid{1}, [16]byte{1}}, {[4]byte{'a', 'b', 'c', 'd'}, "abcd"},
		{sql.NullInt64{Int64: 42, Valid: true}, 42}, {sql.NullInt32{Int32: 42, Valid: true}, 42}, {sql.NullInt16{Int16: 42, Valid: true}, 42},
		{sql.NullByte{Byte: 42, Valid: true}, 42}, {sql.NullString{String: "x", Valid: true}, "x"}, {sql.NullBool{Bool: true, Valid: true}, true},
		{sql.NullFloat64{Float64: 1.5, Valid: true}, 1.5}, {sql.NullTime{Time: at, Valid: true}, at}, {&sql.NullInt64{Int64: 42, Valid: true}, 42},
		{sql.Null[string]{V: "x", Valid: true}, "x"}, {sql.Null[id]{V: 42, Valid: true}, 42}, {sql.RawBytes("x"), "x"},
	} {
		want, _ := Of(tc.want)
		if got, known := Of(tc.v); got != want || !known {
			t.Errorf("Of(%T(%v)) = %#x, %v, want the hash of %v", tc.v, tc.v, got, known, tc.want)
		}
		if v := Valuer(tc.v); v != nil {
			t.Errorf("the method of %T has to be called", tc.v)
		}
	}
}

func TestTypesThatAreNotRead(t *testing.T) {
	var nilCounter *counter
	for _, tc := range []struct {
		v      any
		valuer bool
		name   string
	}{
		{badge(1), true, "value.badge"}, {new(badge), true, "*value.badge"}, {&counter{1}, true, "*value.counter"}, {nilCounter, true, "*value.counter"},
		{sql.Null[badge]{V: 1, Valid: true}, true, "sql.Null[github.com/nplusgone/nplusgone/internal/value.badge]"},
		{counter{1}, false, "value.counter"}, {money{1}, false, "value.money"}, {[]int{1}, false, "[]int"}, {struct{}{}, false, "struct {}"},
		{&struct{}{}, false, "*struct {}"}, {complex(1, 2), false, "complex128"}, {map[string]int{}, false, "map[string]int"}, {func() {}, false, "func()"},
	} {
		if h, known := Of(tc.v); known || h != Unknown {
			t.Errorf("Of(%T) = %d, %v", tc.v, h, known)
		}
		if v := Valuer(tc.v); (v != nil) != tc.valuer {
			t.Errorf("Valuer(%T) = %v, want one: %v", tc.v, v, tc.valuer)
		}
		if got := TypeName(tc.v); got != tc.name {
			t.Errorf("the type of %T has the name %s", tc.v, got)
		}
	}
	if got := TypeName(nil); got != "nil" {
		t.Errorf("nil has a type of the name %s", got)
	}
}

func TestMixKeepsTheOrder(t *testing.T) {
	a, b := Int(1), Int(2)
	ab, ba, a0, aa := Mix(Mix(0, a), b), Mix(Mix(0, b), a), Mix(Mix(0, a), Null), Mix(0, a)
	seen := make(map[uint64]bool)
	for _, h := range []uint64{ab, ba, a0, aa, Mix(aa, a), Mix(0, Null), Mix(Mix(0, Null), Null)} {
		if h == 0 || seen[h] {
			t.Errorf("sequences share the hash %#x", h)
		}
		seen[h] = true
	}
}

func TestHashingDoesNotAllocate(t *testing.T) {
	values := []any{int64(7), "some text", []byte("some bytes"), 1.5, true, uint64(math.MaxUint64), "8b1c3f8e-7d7a-4a53-9d0e-0c6a0f9f2d11"}
	for _, v := range values {
		if n := testing.AllocsPerRun(100, func() { Of(v) }); n != 0 {
			t.Errorf("Of(%T(%v)) allocates %v times", v, v, n)
		}
	}
}

func BenchmarkOf(b *testing.B) {
	for _, v := range []any{int64(123456), id(123456), "some text", "19.99", [16]byte{1}, uid{1}, sql.NullInt64{Int64: 123456, Valid: true}, "8b1c3f8e-7d7a-4a53-9d0e-0c6a0f9f2d11", time.Unix(1, 2)} {
		b.Run(fmt.Sprintf("%T of %d", v, len(fmt.Sprint(v))), func(b *testing.B) {
			for b.Loop() {
				Of(v)
			}
		})
	}
}
