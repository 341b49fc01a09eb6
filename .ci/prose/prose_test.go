package main

import (
	"strings"
	"testing"
)

// Proves where words are found: in comments, in strings, over the end of a line, and in pages; not in code.
func TestWordsAreFound(t *testing.T) {
	for _, tt := range []struct {
		name, file, text string
		want             []string // line and word
	}{
		{"a comment", "a.go", "package a\n\n// It tells nothing.\nvar tells int\n", []string{"3 tells"}},
		{"a string", "a.go", "package a\n\nvar s = \"at hand\"\n", []string{"3 at hand"}},
		{"the end of a line", "a.go", "package a\n\n// What becomes\n// of rows.\n", []string{"3 becomes of"}},
		{"two comments", "a.go", "package a\n\n// Becomes.\n\n// Of rows.\n", nil},
		{"a page", "a.md", "One.\n\nThe rows stand\nat\nhand.\n", []string{"4 at hand"}},
		{"a script", "a.txtar", "# nobody\nexec nobody\n", []string{"1 nobody"}},
		{"another word", "a.go", "package a\n\n// A handle, retold.\n", nil},
	} {
		var got []string
		for _, p := range reader(tt.file)([]byte(tt.text)) {
			for _, h := range banned.in(p) {
				got = append(got, strings.Join([]string{string(rune('0' + h.number)), h.word}, " "))
			}
		}
		if strings.Join(got, "; ") != strings.Join(tt.want, "; ") {
			t.Errorf("%s: found %q, want %q", tt.name, got, tt.want)
		}
	}
}

// Proves that an entry allows the lines of its path that have its text, and that an entry without such a line is reported.
func TestAllowed(t *testing.T) {
	l := allowList{{path: "docs/*.md", text: "at hand", number: 1}, {path: "driver/", text: "answers", number: 2}}
	for _, tt := range []struct {
		path, line string
		want       bool
	}{
		{"docs/a.md", "what is at hand", true}, {"docs/a.md", "anew", false}, {"README.md", "at hand", false},
	} {
		if got := l.has(tt.path, tt.line); got != tt.want {
			t.Errorf("%s: %q is allowed: %v", tt.path, tt.line, got)
		}
	}
	if got := l.unused(); len(got) != 1 || !strings.Contains(got[0], "allow.txt:2") {
		t.Errorf("unused entries %q, want the second", got)
	}
}
