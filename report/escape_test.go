package report

import (
	"bufio"
	"bytes"
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Proves that what prints stays as it is, and that everything else is spelled out.
func TestVisible(t *testing.T) {
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
		if diff := cmp.Diff(want, visible(in)); diff != "" {
			t.Errorf("visible(%q) (-want +got):\n%s", in, diff)
		}
	}
}

// Proves that encoded JSON is printed without a character that a terminal acts on, and still is the same JSON.
func TestWriteVisibleKeepsTheValue(t *testing.T) {
	want := "é ☃ 𝄞 \x00\x1b\x7f\u009b\u202e\u2028\ufeff\U000e0041 \\u202e < > &"
	var out bytes.Buffer
	w := bufio.NewWriter(&out)
	if err := writeValue(w, want, ""); err != nil {
		t.Fatal(err)
	}
	w.Flush()
	if !printable(out.String()) {
		t.Errorf("got %q", out.String())
	}
	var got string
	if err := json.Unmarshal(out.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
