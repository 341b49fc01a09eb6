package fingerprint

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nplusgone/nplusgone/internal/value"
)

func TestBindings(t *testing.T) {
	for _, tc := range []struct {
		name string
		d    Dialect
		text string
		want string // as describeBindings prints them
	}{
		{"question marks count up", MySQL, "SELECT a FROM t WHERE x = ? AND y = ?", "0 | 1"},
		{"ordinals say which", PostgreSQL, "SELECT a FROM t WHERE x = $2 AND y = $1 AND z = $2", "1 | 0 | 1"},
		{"SQLite goes on from the largest ordinal", SQLite, "SELECT a FROM t WHERE x = ?3 AND y = ?", "2 | 3"},
		{"Oracle's ordinals", Unknown, "SELECT a FROM t WHERE x = :1 AND y = :2", "0 | 1"},
		{"names count as they come", SQLite, "SELECT a FROM t WHERE x = :b AND y = @a AND z = :b", "0 b | 1 a | 0 b"},
		{"names and marks", SQLite, "SELECT a FROM t WHERE x = :b AND y = ? AND z = $c", "0 b | 1 | 2 c"},
		{"a zeroth argument is the first", PostgreSQL, "SELECT a FROM t WHERE x = $0", "0"},
		{"an ordinal out of all bounds", SQLite, "SELECT a FROM t WHERE x = ?99999999999999999999999", "9999998"},
		{"literals between", MySQL, "SELECT a FROM t WHERE x = ? AND y = 5 AND z = ?", "0 | literal | 1"},
		{"a list is one position", MySQL, "SELECT a FROM t WHERE x IN (?, ?, ?) AND y = ?", "0 x3 | 3"},
		{"names that a list drops keep their places", SQLite, "SELECT a FROM t WHERE x IN (:a, :b) AND y = :b", "0 a x2 | 1 b"},
		{"rows of IN", MySQL, "SELECT a FROM t WHERE (x, y) IN ((?, ?), (?, ?))", "0 x2 | 1 x2"},
		{"rows of VALUES", MySQL, "INSERT INTO t (x, y) VALUES (?, 1), (?, 2), (?, 3)", "0 x3 | literal x3"},
		{"an array", PostgreSQL, "SELECT a FROM t WHERE x = ANY(ARRAY[$1, $2])", "0 x2"},
		{"NULL is a value", MySQL, "UPDATE t SET x = NULL WHERE y IS NULL AND z = ?", "literal | 0"},
		{"the clock is none", SQLite, "SELECT date('now', ?)", "0"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			p := Parse(tc.d, tc.text)
			if got := describeBindings(p.Bindings); got != tc.want {
				t.Errorf("got %s, want %s, in %s", got, tc.want, p.Text)
			}
		})
	}
}

func TestLiteralsHashAsArguments(t *testing.T) {
	for _, tc := range []struct {
		d       Dialect
		literal string
		want    any
	}{
		{MySQL, "42", 42},
		{MySQL, "+42", 42},
		{MySQL, "-42", -42},
		{MySQL, "007", 7},
		{MySQL, "'42'", 42},
		{MySQL, "9223372036854775807", int64(math.MaxInt64)},
		{MySQL, "18446744073709551615", uint64(math.MaxUint64)},
		{MySQL, "1.50", 1.5},
		{MySQL, ".5", 0.5},
		{MySQL, "2e3", 2000},
		{PostgreSQL, "0xff", 255},
		{PostgreSQL, "0b101", 5},
		{PostgreSQL, "1_000", 1000},
		{PostgreSQL, "TRUE", true},
		{PostgreSQL, "false", false},
		{PostgreSQL, "NULL", nil},
		{PostgreSQL, "'it''s'", "it's"},
		{PostgreSQL, `'C:\'`, `C:\`},
		{PostgreSQL, `E'a\nb\'c\\'`, "a\nb'c\\"},
		{PostgreSQL, "$$it's$$", "it's"},
		{PostgreSQL, "$tag$it's $$ here$tag$", "it's $$ here"},
		{PostgreSQL, "'8b1c3f8e-7d7a-4a53-9d0e-0c6a0f9f2d11'", "8B1C3F8E-7D7A-4A53-9D0E-0C6A0F9F2D11"},
		{PostgreSQL, "''", ""},
		{MySQL, `'it\'s'`, "it's"},
		{MySQL, `"say ""hi"" \t"`, "say \"hi\" \t"},
		{MySQL, "_utf8mb4'x'", "x"},
		{SQLite, "x'61FF'", []byte("a\xff")},
		{SQLite, "'it''s'", "it's"},
		{SQLite, `'a\'`, `a\`},
		{Unknown, "N'x'", "x"},
		{Unknown, `"bob"`, "bob"},
		{Unknown, "'never ends", "never ends"},
	} {
		t.Run(tc.d.String()+" "+tc.literal, func(t *testing.T) {
			p := Parse(tc.d, "SELECT a FROM t WHERE x = "+tc.literal)
			want, _ := value.Of(tc.want)
			if len(p.Bindings) != 1 {
				t.Fatalf("%d bindings in %s", len(p.Bindings), p.Text)
			}
			if diff := cmp.Diff(Binding{Arg: -1, Literal: want, Arity: 1}, p.Bindings[0]); diff != "" {
				t.Errorf("of %v (-want +got):\n%s", tc.want, diff)
			}
			if p.Literals != value.Mix(0, want) {
				t.Errorf("Literals is not the hash of the one literal")
			}
		})
	}
}

func TestLiteralsTellTextsApart(t *testing.T) {
	literals := func(text string) uint64 { return Parse(MySQL, text).Literals }
	if literals("SELECT ?") != 0 {
		t.Error("a text without literals has a hash of them")
	}
	if literals("SELECT 1, 2") != literals("select 1,  2 -- again") {
		t.Error("the same literals have two hashes")
	}
	seen := map[uint64]string{}
	for _, text := range []string{
		"SELECT 1, 2", "SELECT 2, 1", "SELECT 1", "SELECT NULL", "SELECT 'a' 'b'", "SELECT 'a'", "SELECT 'b'",
		"SELECT a FROM t WHERE x IN (7, 8)", "SELECT a FROM t WHERE x IN (7, 8, 9)",
	} {
		h := literals(text)
		if other, ok := seen[h]; ok {
			t.Errorf("%s and %s have one hash of literals", text, other)
		}
		seen[h] = text
	}
}

func TestOneText(t *testing.T) {
	for _, tc := range []struct {
		name          string
		d             Dialect
		text          string
		rows, maxList int
		limitOne      bool
	}{
		{"no list", MySQL, "SELECT 1", 0, 0, false},
		{"a list", MySQL, "SELECT a FROM t WHERE x IN (1, 2, 3) AND y IN (1)", 0, 3, false},
		{"an empty list", SQLite, "SELECT a FROM t WHERE x IN ()", 0, 0, false},
		{"a list of unlike elements", MySQL, "SELECT a FROM t WHERE x IN (1, b, 2, 3)", 0, 4, false},
		{"a subquery is no list", MySQL, "SELECT a FROM t WHERE x IN (SELECT a, b, c FROM u)", 0, 0, false},
		{"one row", MySQL, "INSERT INTO t (x) VALUES (1)", 1, 1, false},
		{"three rows", MySQL, "INSERT INTO t (x, y) VALUES (1, 2), (3, 4), (5, DEFAULT)", 3, 3, false},
		{"three rows of ROW", MySQL, "INSERT INTO t (x) VALUES ROW(1), ROW(2), ROW(3)", 3, 3, false},
		{"rows of a query", MySQL, "INSERT INTO t (x) SELECT y FROM u", 1, 0, false},
		{"rows of a conflict", SQLite, "INSERT INTO t (x) VALUES (1), (2) ON CONFLICT (x) DO NOTHING", 2, 2, false},
		{"rows that are selected", SQLite, "SELECT a FROM (VALUES (1), (2))", 0, 2, false},
		{"an array", PostgreSQL, "SELECT a FROM t WHERE x = ANY(ARRAY[1, 2])", 0, 2, false},
		{"limit 1", MySQL, "SELECT a FROM t LIMIT 1", 0, 0, true},
		{"limit one argument", MySQL, "SELECT a FROM t LIMIT ?", 0, 0, false},
		{"limit 10", MySQL, "SELECT a FROM t LIMIT 10", 0, 0, false},
		{"limit 1 of a subquery", MySQL, "SELECT a FROM t WHERE x = (SELECT y FROM u LIMIT 1)", 0, 0, false},
		{"limit 1 of one arm", MySQL, "(SELECT a FROM t LIMIT 1) UNION (SELECT a FROM u)", 0, 0, false},
		{"offset 1", MySQL, "SELECT a FROM t LIMIT 1, 5", 0, 0, false},
		{"limit 1 with an offset", MySQL, "SELECT a FROM t LIMIT 5, 1", 0, 0, true},
		{"fetch first row", PostgreSQL, "SELECT a FROM t FETCH FIRST ROW ONLY", 0, 0, true},
		{"fetch first 1 row", PostgreSQL, "SELECT a FROM t FETCH FIRST 1 ROW ONLY", 0, 0, true},
		{"top 1", Unknown, "SELECT TOP 1 a FROM t", 0, 0, true},
		{"top (1)", Unknown, "SELECT TOP (1) a FROM t", 0, 0, true},
		{"top 1 percent", Unknown, "SELECT TOP 1 PERCENT a FROM t", 0, 0, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			p := Parse(tc.d, tc.text)
			if p.Rows != tc.rows || p.MaxList != tc.maxList || p.LimitOne != tc.limitOne || p.Partial {
				t.Errorf("Rows %d, MaxList %d, LimitOne %v, Partial %v; want %d, %d, %v, false: %s",
					p.Rows, p.MaxList, p.LimitOne, p.Partial, tc.rows, tc.maxList, tc.limitOne, p.Text)
			}
		})
	}
}

func TestElements(t *testing.T) {
	for _, tc := range []struct {
		d    Dialect
		text string
		arg  any
		want []int64 // nil when they are not read
	}{
		{PostgreSQL, "SELECT a FROM t WHERE x = ANY($1)", []int64{7}, []int64{7}},
		{PostgreSQL, "SELECT a FROM t WHERE x = ANY($1::bigint[])", "{7,8}", []int64{7, 8}},
		{PostgreSQL, "SELECT a FROM t WHERE x = ANY(string_to_array($1, ';')::int[])", "7;8;9", []int64{7, 8, 9}},
		{SQLite, "SELECT a FROM t WHERE x IN (SELECT value FROM json_each(?))", "[7, 8]", []int64{7, 8}},
		{MySQL, "SELECT a FROM t WHERE FIND_IN_SET(x, ?)", "7,8", []int64{7, 8}},
		{PostgreSQL, "SELECT a FROM t WHERE x = ANY(string_to_array($1, $2)::int[])", "7;8;9", nil},
		{SQLite, "SELECT a FROM t WHERE x IN (SELECT value FROM json_each(?, '$.ids'))", "[7, 8]", nil},
		{SQLite, "SELECT a FROM t WHERE x = ?", "[7, 8]", nil},
		{MySQL, "SELECT a FROM t WHERE x IN (?, ?)", []int64{7}, nil},
	} {
		got, n, known := Parse(tc.d, tc.text).AppendElements(nil, 0, tc.arg, 2)
		if known != (tc.want != nil) || n != len(tc.want) {
			t.Errorf("%s of %v: %d elements, known %v", tc.text, tc.arg, n, known)
		}
		for i, h := range got {
			if h != value.Int(tc.want[i]) {
				t.Errorf("%s of %v: element %d is not %d", tc.text, tc.arg, i, tc.want[i])
			}
		}
	}
}

func TestFactsOfLongTextsArePartial(t *testing.T) {
	many := func(n int, sep string) string { return strings.TrimSuffix(strings.Repeat("?"+sep, n), sep) }
	for _, tc := range []struct {
		name    string
		text    string
		values  int
		partial bool
	}{
		{"64 values", "SELECT " + many(64, ", "), 64, false},
		{"65 values", "SELECT " + many(65, ", "), 64, true},
		{"a long list", "SELECT a FROM t WHERE x IN (" + many(5000, ", ") + ")", 1, false},
		{"many rows of 40", "INSERT INTO t VALUES " + strings.TrimSuffix(strings.Repeat("("+many(40, ",")+"),", 500), ","), 40, false},
		{"many tokens", "SELECT " + strings.Repeat("a + ", 3000) + "b", 0, true},
		{"a list at the bound", "SELECT " + strings.Repeat("a ", 4085) + " IN (" + many(100, ",") + ")", 1, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			p := Parse(MySQL, tc.text)
			if len(p.Bindings) != tc.values || len(p.Facts.Values) != tc.values || p.Partial != tc.partial {
				t.Errorf("%d bindings, %d values, Partial %v; want %d, %v", len(p.Bindings), len(p.Facts.Values), p.Partial, tc.values, tc.partial)
			}
			checkSound(t, p)
		})
	}
}
