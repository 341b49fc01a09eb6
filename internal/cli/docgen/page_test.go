package main

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nplusgone/nplusgone/internal/analysis"
)

// Proves that the page in the repository has the texts of the rules.
func TestPageIsCurrent(t *testing.T) {
	text, err := os.ReadFile("../../../docs/rules.md")
	if err != nil {
		t.Fatalf("%v (write it with: go generate ./internal/cli/docgen)", err)
	}
	got := strings.ReplaceAll(string(text), "\r\n", "\n") // of a checkout on Windows
	if diff := cmp.Diff(page(analysis.Rules(), analysis.Mitigations()), got); diff != "" {
		t.Errorf("docs/rules.md is not current; write it with: go generate ./internal/cli/docgen\n(-want +got)\n%s", diff)
	}
}

// Proves that the README and the changelog name every rule.
func TestPagesNameEveryRule(t *testing.T) {
	for _, file := range []string{"../../../README.md", "../../../CHANGELOG.md"} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range analysis.Rules() {
			if !strings.Contains(string(text), "`"+r.Name+"`") {
				t.Errorf("%s does not name %s", file, r.Name)
			}
		}
	}
}

// Proves that no paragraph of prose is in the page twice, except for the links to the rule that has it.
func TestPageRepeatsNothing(t *testing.T) {
	seen := make(map[string]bool)
	code := false
	for line := range strings.Lines(page(analysis.Rules(), analysis.Mitigations())) {
		if strings.HasPrefix(line, "```") {
			code = !code
			continue
		}
		if !code && len(line) > 60 && seen[line] && !strings.Contains(line, " As for [") {
			t.Errorf("twice in docs/rules.md: %s", line)
		}
		seen[line] = true
	}
}

// Proves that the text of a rule cannot become markup.
func TestMarkdownEscapes(t *testing.T) {
	for text, want := range map[string]string{
		"SELECT * FROM a_b": `SELECT \* FROM a\_b`,
		"a < b | `c` [d]":   "a &lt; b \\| \\`c\\` \\[d]",
		"IN (…)":            "IN (…)",
	} {
		if got := markdown(text); got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
}
