package printable_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/nplusgone/nplusgone/internal/printable"
)

// Proves that printable text is unchanged, and that everything else is escaped.
func TestLine(t *testing.T) {
	for in, want := range map[string]string{
		"":                         "",
		"naïve ☃ 世界 �":             "naïve ☃ 世界 �",
		"a\nb\r\tc":                `a\nb\r\tc`,
		"\x1b[31m\x00\x7f":         `\x1b[31m\x00\x7f`,
		"\u009b31m":                `\u009b31m`,
		"\xffé\xc3":                `\xffé\xc3`,
		"\u202eevil\u2066\u2069":   `\u202eevil\u2066\u2069`,
		"a\u200bb\ufeff\u2028":     `a\u200bb\ufeff\u2028`,
		"a\u00a0b":                 `a\u00a0b`,
		"\U000e0041":               `\U000e0041`,
		"::error file=a::b":        `\x3a:error file=a::b`,
		"  ::error::b":             `  \x3a:error::b`,
		"SELECT a::text":           "SELECT a::text",
		"##[error]x":               `#\x23[error]x`,
		"x ##vso[task.complete]":   `x #\x23vso[task.complete]`,
		"##teamcity[buildProblem]": `#\x23teamcity[buildProblem]`,
		"SELECT * FROM ##temp":     "SELECT * FROM ##temp",
	} {
		if diff := cmp.Diff(want, printable.Line(in)); diff != "" {
			t.Errorf("Line(%q) (-want +got):\n%s", in, diff)
		}
	}
}

// Proves that encoded JSON loses the characters that a terminal acts on, and keeps its value.
func TestJSONKeepsTheValue(t *testing.T) {
	want := "é ☃ 𝄞 \x00\x1b\x7f\u009b\u202e\u2028\ufeff\U000e0041 \\u202e < > &"
	var encoded bytes.Buffer
	enc := json.NewEncoder(&encoded)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(want); err != nil {
		t.Fatal(err)
	}
	text := printable.JSON(bytes.TrimSpace(encoded.Bytes()))
	if !printable.IsPrintable(string(text)) {
		t.Errorf("got %q", text)
	}
	var got string
	if err := json.Unmarshal(text, &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Proves how a statement is put on one line, and what is left out of a long one: first rows of placeholders, then the
// middle, in whole words.
func TestSQL(t *testing.T) {
	for _, test := range []struct {
		name  string
		sql   string
		limit int
		want  string
	}{
		{"short", "SELECT 1", 20, "SELECT 1"},
		{"laid out", "\n SELECT a,\r\n\tb\n  FROM t\n", 0, "SELECT a, b FROM t"},
		{"a carriage return alone is no layout", "SELECT 1\rDROP", 0, `SELECT 1\rDROP`},
		{"placeholders go first", "INSERT INTO t (a, b, c, d, e) VALUES (?, ?, ?, ?, ?)", 50, "INSERT INTO t (a, b, c, d, e) VALUES (?, ?, …)"},
		{"placeholders stay when there is room", "VALUES (?, ?, ?, ?, ?)", 50, "VALUES (?, ?, ?, ?, ?)"},
		{"the middle goes next", "SELECT id, name, street, city, country FROM users WHERE id = ?", 48, "SELECT id, name … FROM users WHERE id = ?"},
		{"one long word", strings.Repeat("é", 30), 10, "ééééé … ééééé"},
		{"no limit", strings.Repeat("é", 300), -1, strings.Repeat("é", 300)},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, printable.SQL(test.sql, test.limit)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// Proves that no text causes a panic, keeps a character that does not print, or exceeds its limit.
func FuzzSQL(f *testing.F) {
	f.Add("SELECT a, b FROM t WHERE c = ? ORDER BY d", 10)
	f.Add("VALUES (?, ?, ?, ?),\n\t('it''s', \"x\")", 5)
	f.Add("\x1b[31m\xff\u202e::error ##[x]", 3)
	f.Fuzz(func(t *testing.T, sql string, limit int) {
		line := printable.SQL(sql, limit)
		if !printable.IsPrintable(line) {
			t.Errorf("SQL(%q, %d) = %q", sql, limit, line)
		}
		if limit > 0 && utf8.RuneCountInString(line) > limit+len(" … ") {
			t.Errorf("SQL(%q, %d) has %d characters", sql, limit, utf8.RuneCountInString(line))
		}
	})
}
