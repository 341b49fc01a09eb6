package cli

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Proves that lines break between words, are counted in characters, and lose no word.
func TestWrap(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"a short text", "one two", []string{"one two"}},
		{"exactly the width", "one two th", []string{"one two th"}},
		{"one more", "one two thr", []string{"one two", "thr"}},
		{"a word too long", "a unbreakable b", []string{"a", "unbreakable", "b"}},
		{"characters of several bytes", "…… …… ……", []string{"…… …… ……"}},
		{"nothing", "", []string{""}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, wrap(test.text, 10)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// Proves that words are joined as in a sentence.
func TestChoice(t *testing.T) {
	for want, words := range map[string][]string{"": nil, "a": {"a"}, "a or b": {"a", "b"}, "a, b or c": {"a", "b", "c"}} {
		if have := choice(words); have != want {
			t.Errorf("choice(%q) is %q, want %q", words, have, want)
		}
	}
}
