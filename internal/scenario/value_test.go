package scenario

import (
	"database/sql/driver"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Proves how values are written down.
func TestValues(t *testing.T) {
	for _, tt := range []struct {
		text string
		want []driver.Value
	}{
		{"7", []driver.Value{int64(7)}},
		{"-7", []driver.Value{int64(-7)}},
		{"1.5", []driver.Value{1.5}},
		{"tea", []driver.Value{"tea"}},
		{"'7'", []driver.Value{"7"}},
		{"'it''s'", []driver.Value{"it's"}},
		{"''", []driver.Value{""}},
		{"NULL", []driver.Value{nil}},
		{"'NULL'", []driver.Value{"NULL"}},
		{"true", []driver.Value{true}},
		{"3..5", []driver.Value{int64(3), int64(4), int64(5)}},
		{"'3..5'", []driver.Value{"3..5"}},
		{"2024-06-01", []driver.Value{"2024-06-01"}},
	} {
		list, err := tokens(tt.text)
		if err != nil || len(list) != 1 {
			t.Errorf("%s: tokens %v, error %v", tt.text, list, err)
			continue
		}
		if diff := cmp.Diff(tt.want, list[0].values()); diff != "" {
			t.Errorf("%s: values differ (-want +got):\n%s", tt.text, diff)
		}
	}
}

// Proves that names, rows and marks are distinguished.
func TestTokens(t *testing.T) {
	got, err := tokens("  :name='a b' 1 -> (2 '->') ...")
	if err != nil {
		t.Fatal(err)
	}
	want := []token{
		{name: "name", text: "a b", quoted: true}, {text: "1"}, {text: "->"}, {text: "("}, {text: "2"},
		{text: "->", quoted: true}, {text: ")"}, {text: "..."},
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(token{})); diff != "" {
		t.Errorf("tokens differ (-want +got):\n%s", diff)
	}
	if got[2].is("->") != true || got[5].is("->") {
		t.Error("a quoted arrow is taken for an arrow, or an arrow is not")
	}
}

// Proves that literals read back as the values that they stand for.
func TestLiteral(t *testing.T) {
	for want, v := range map[string]driver.Value{"7": int64(7), "'it''s'": "it's", "NULL": nil, "true": true} {
		if got := literal(v); got != want {
			t.Errorf("literal(%v) = %s, want %s", v, got, want)
		}
	}
}
