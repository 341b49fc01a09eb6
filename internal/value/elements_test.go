package value

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// hashes returns the hashes of values that can be read.
func hashes(values ...any) []uint64 {
	out := []uint64{}
	for _, v := range values {
		h, _ := Of(v)
		out = append(out, h)
	}
	return out
}

type (
	id     int64
	uid    [16]byte
	ids    []id
	hidden struct{ n int }
)

// labels implements driver.Valuer: what it holds need not be what it stands for.
type labels []string

func (l labels) Value() (driver.Value, error) { return "{other}", nil }

func TestArrayElements(t *testing.T) {
	seven := int64(7)
	u := uid{0x8b, 0x1c, 0x3f, 0x8e, 0x7d, 0x7a, 0x4a, 0x53, 0x9d, 0x0e, 0x0c, 0x6a, 0x0f, 0x9f, 0x2d, 0x11}
	for _, tc := range []struct {
		name string
		v    any
		want []uint64 // nil when v is not read
	}{
		{"integers", []int64{1, 2, 3}, hashes(1, 2, 3)},
		{"integers of 32 bits", []int32{1, -2}, hashes(1, -2)},
		{"texts", []string{"a", "7"}, hashes("a", 7)},
		{"named integers", ids{4, 5}, hashes(4, 5)},
		{"a pointer to a slice", &[]int64{6}, hashes(6)},
		{"pointers", []*int64{&seven, nil}, hashes(7, nil)},
		{"an array", [2]int{8, 9}, hashes(8, 9)},
		{"UUIDs", []uid{u}, hashes("8b1c3f8e-7d7a-4a53-9d0e-0c6a0f9f2d11")},
		{"bytes", [][]byte{[]byte("a")}, hashes("a")},
		{"any", []any{1, "x", nil}, hashes(1, "x", nil)},
		{"elements that are not read", []hidden{{1}}, []uint64{Unknown}},
		{"no elements", []int64{}, hashes()},
		{"text of integers", "{1,2,3}", hashes(1, 2, 3)},
		{"text with quotes", `{"a b","c,d","e\"f\\g","",NULL,null,"NULL"}`, hashes("a b", "c,d", `e"f\g`, "", nil, nil, "NULL")},
		{"bytes of a text", []byte("{x}"), hashes("x")},
		{"text without elements", "{}", hashes()},
		{"a single UUID", u, nil},
		{"bytes that are no array", []byte("x"), nil},
		{"a text that is no array", "1,2", nil},
		{"a text that is cut off", `{1,"2}`, nil},
		{"a text of two dimensions", "{{1,2},{3,4}}", nil},
		{"a text with bounds", "[0:1]={1,2}", nil},
		{"an empty element", "{1,,2}", nil},
		{"two dimensions", [][]int{{1}, {2}}, nil},
		{"a Valuer", labels{"a"}, nil},
		{"no array", 7, nil},
		{"nothing", nil, nil},
		{"a nil slice", []int64(nil), nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			checkElements(t, tc.want, 100, func(dst []uint64, limit int) ([]uint64, int, bool) { return Array(dst, tc.v, limit) })
		})
	}
}

func TestJSONElements(t *testing.T) {
	for _, tc := range []struct {
		name string
		v    any
		want []uint64
	}{
		{"integers", "[1, 2,3]", hashes(1, 2, 3)},
		{"texts", `["a", "b,c]", "d\"\u00e9\n", "7"]`, hashes("a", "b,c]", "d\"é\n", 7)},
		{"others", ` [1.5, true, false, null] `, hashes(1.5, 1, 0, nil)},
		{"objects", `[{"id": 1, "x": [2, 3]}, [4, 5]]`, hashes(`{"id": 1, "x": [2, 3]}`, "[4, 5]")},
		{"bytes", []byte("[8]"), hashes(8)},
		{"a raw message", json.RawMessage("[9]"), hashes(9)},
		{"a slice", []int64{1, 2}, hashes(1, 2)},
		{"no elements", "[]", hashes()},
		{"an object", `{"a": 1}`, nil},
		{"a number", "5", nil},
		{"a text that is cut off", `["a`, nil},
		{"brackets that do not match", "[1]]", nil},
		{"an empty element", "[1,,2]", nil},
		{"a comma at the end", "[1,]", nil},
		{"words", "[a]", nil},
		{"nothing", nil, nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			checkElements(t, tc.want, 100, func(dst []uint64, limit int) ([]uint64, int, bool) { return JSON(dst, tc.v, limit) })
		})
	}
}

func TestSeparatedElements(t *testing.T) {
	text := "4;5"
	for _, tc := range []struct {
		name      string
		v         any
		separator byte
		want      []uint64
	}{
		{"a text", "1,2,x", ',', hashes(1, 2, "x")},
		{"one part", "7", ',', hashes(7)},
		{"bytes", []byte("1|2"), '|', hashes(1, 2)},
		{"a pointer", &text, ';', hashes(4, 5)},
		{"a number", 7, ',', hashes(7)},
		{"no parts", "", ',', hashes()},
		{"nothing", nil, ',', nil},
		{"a slice", []int{1}, ',', nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			checkElements(t, tc.want, 100, func(dst []uint64, limit int) ([]uint64, int, bool) { return Separated(dst, tc.v, tc.separator, limit) })
		})
	}
}

// checkElements checks what read appends to a slice that has an element, without and with a limit.
func checkElements(t *testing.T, want []uint64, limit int, read func(dst []uint64, limit int) ([]uint64, int, bool)) {
	t.Helper()
	for _, limit := range []int{limit, 1, 0} {
		got, n, known := read([]uint64{42}, limit)
		if known != (want != nil) || n != len(want) {
			t.Fatalf("limit %d: %d elements, known %v; want %d, %v", limit, n, known, len(want), want != nil)
		}
		if diff := cmp.Diff(append([]uint64{42}, want[:min(len(want), limit)]...), got); diff != "" {
			t.Errorf("limit %d (-want +got):\n%s", limit, diff)
		}
	}
}

func TestLongListsAreNotRead(t *testing.T) {
	long := strings.Repeat("1,", maxListText/2) + "1"
	if _, _, known := Array(nil, "{"+long+"}", 1); known {
		t.Error("a long array is read")
	}
	if _, _, known := JSON(nil, "["+long+"]", 1); known {
		t.Error("a long JSON array is read")
	}
	if _, _, known := Separated(nil, long, ',', 1); known {
		t.Error("a long text is read")
	}
}

func TestReadingElementsDoesNotAllocate(t *testing.T) {
	room := make([]uint64, 0, 8)
	var integers any = []int64{1, 2, 3}
	for name, read := range map[string]func(){
		"integers":       func() { Array(room, integers, 8) },
		"array text":     func() { Array(room, `{1,"a b",3}`, 8) },
		"JSON text":      func() { JSON(room, `[1, "a", null]`, 8) },
		"separated text": func() { Separated(room, "1,2,3", ',', 8) },
	} {
		if n := testing.AllocsPerRun(100, read); n != 0 {
			t.Errorf("%s: %v allocations", name, n)
		}
	}
}

// FuzzElements compares with what encoding/json reads, and reads arrays that it writes.
func FuzzElements(f *testing.F) {
	for _, s := range []string{"[1]", `["a\u00e9", null, true, -1.5e3, {"a": [1, "]"]}]`, "[[],{}]", `["\"", "\\"]`, "[1 2]", "[]", "x", `{"a"}`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		Array(nil, s, 3)
		Separated(nil, s, ',', 3)
		got, n, known := JSON(nil, s, 1<<20)
		var want []json.RawMessage
		if err := json.Unmarshal([]byte(s), &want); err == nil && strings.HasPrefix(strings.Trim(s, jsonSpace), "[") && utf8.ValidString(s) && len(s) <= maxListText {
			if !known || n != len(want) {
				t.Fatalf("%q: %d elements, known %v, want %d", s, n, known, len(want))
			}
			for i, raw := range want {
				var text string
				if json.Unmarshal(raw, &text) == nil && raw[0] == '"' && got[i] != Text(text) {
					t.Errorf("%q: element %d is not %q", s, i, text)
				}
			}
		}
		parts := strings.Split(s, ",")
		array := "{"
		for i, part := range parts {
			if i > 0 {
				array += ","
			}
			array += `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(part) + `"`
		}
		got, n, known = Array(nil, array+"}", 1<<20)
		if len(array) < maxListText && (!known || n != len(parts)) {
			t.Fatalf("%q: %d elements, known %v, want %d", array, n, known, len(parts))
		}
		for i := range got {
			if got[i] != Text(parts[i]) {
				t.Errorf("%q: element %d is not %q", array, i, parts[i])
			}
		}
	})
}

func BenchmarkArray(b *testing.B) {
	room := make([]uint64, 0, 64)
	text := make([]string, 100)
	integers := make([]int64, 100)
	for i := range integers {
		integers[i] = int64(1000 + i)
		text[i] = strconv.Itoa(1000 + i)
	}
	for _, v := range []any{integers, text, "{" + strings.Join(text, ",") + "}"} {
		b.Run(fmt.Sprintf("%T", v), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Array(room, v, 64)
			}
		})
	}
}
