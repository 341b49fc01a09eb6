package cli

import "testing"

// Proves that a misspelt name finds the rule, and another word finds none.
func TestClosest(t *testing.T) {
	names := []string{"n-plus-one", "duplicate-query", "row-by-row-insert"}
	tests := []struct{ name, want string }{
		{"n-plus-on", "n-plus-one"},
		{"nplusone", "n-plus-one"},
		{"N-PLUS-ONE", "n-plus-one"},
		{"insert", "row-by-row-insert"},
		{"duplicat-querry", "duplicate-query"},
		{"xyz", ""},
		{"", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if have, ok := closest(test.name, names); have != test.want || ok != (test.want != "") {
				t.Errorf("closest is %q (%v), want %q", have, ok, test.want)
			}
		})
	}
}

// Proves that the distance counts letters to insert, delete and replace.
func TestDistance(t *testing.T) {
	tests := []struct {
		a, b string
		want int
	}{{"", "", 0}, {"abc", "", 3}, {"", "abc", 3}, {"kitten", "sitting", 3}, {"flaw", "lawn", 2}}
	for _, test := range tests {
		if have := distance(test.a, test.b); have != test.want {
			t.Errorf("distance(%q, %q) is %d, want %d", test.a, test.b, have, test.want)
		}
	}
}
