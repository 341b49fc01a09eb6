package main

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nplusgone/nplusgone/internal/analysis"
)

// The page that is checked in says what the rules say.
func TestPageIsCurrent(t *testing.T) {
	text, err := os.ReadFile("../../../docs/rules.md")
	if err != nil {
		t.Fatalf("%v (write it with: go generate ./internal/cli/docgen)", err)
	}
	have := strings.ReplaceAll(string(text), "\r\n", "\n") // as git may check it out on Windows
	if diff := cmp.Diff(page(analysis.Rules()), have); diff != "" {
		t.Errorf("docs/rules.md is old; write it again with: go generate ./internal/cli/docgen\n(-want +got)\n%s", diff)
	}
}

// What a rule writes cannot become markup.
func TestMarkdownEscapes(t *testing.T) {
	for text, want := range map[string]string{
		"SELECT * FROM a_b": `SELECT \* FROM a\_b`,
		"a < b | `c` [d]":   "a &lt; b \\| \\`c\\` \\[d]",
		"IN (…)":            "IN (…)",
	} {
		if have := markdown(text); have != want {
			t.Errorf("%q became %q, want %q", text, have, want)
		}
	}
}
