package cli

import (
	"bufio"
	"fmt"
	"strings"

	"github.com/nplusgone/nplusgone/internal/analysis"
	"github.com/nplusgone/nplusgone/internal/cli/examples"
)

// explainCommand describes a rule.
type explainCommand struct {
	Rule string `arg:"" help:"The name of a rule, as in a finding or in \"nplusgone rules\"."`
}

// Run implements the subcommand.
func (c *explainCommand) Run(std *streams) error {
	r, ok := analysis.RuleNamed(c.Rule)
	if !ok {
		return unknownRule(c.Rule)
	}
	out := bufio.NewWriter(std.out)
	fmt.Fprintf(out, "%s: %s\n", r.Name, r.Title)
	for _, part := range []struct{ title, text string }{
		{"What it finds", r.Doc},
		{"Why it matters", r.Cost},
		{"When it is proven", r.Proof},
		{"What to do instead", r.Fix},
		{"What is not reported", r.Quiet},
	} {
		fmt.Fprintf(out, "\n%s\n", part.title)
		for _, line := range wrap(part.text, textWidth-2) {
			fmt.Fprintf(out, "  %s\n", line)
		}
	}
	for _, e := range examples.Of(r.Name) {
		fmt.Fprintf(out, "\nOn %s, bad\n%s\nOn %s, good\n%s", e.Layer, indented(e.Bad), e.Layer, indented(e.Good))
	}
	fmt.Fprintf(out, "\nHow to accept it\n")
	for _, line := range wrap(examples.Accept(r.Name), textWidth-2) {
		fmt.Fprintf(out, "  %s\n", line)
	}
	fmt.Fprintf(out, "\nHighest level: %s.", highest(r))
	if len(r.Tips) > 0 {
		fmt.Fprintf(out, " Tips: %s.", numbers(r.Tips))
	}
	fmt.Fprintf(out, " Since: %s.\n", r.Since)
	return out.Flush()
}

func indented(code string) string {
	var b strings.Builder
	for line := range strings.Lines(code + "\n") {
		if line != "\n" {
			b.WriteString("  ")
		}
		b.WriteString(line)
	}
	return b.String()
}

func unknownRule(name string) error {
	rules := analysis.Rules()
	names := make([]string, len(rules))
	for i, r := range rules {
		names[i] = r.Name
	}
	err := fmt.Errorf("unknown rule %q", name)
	if near, ok := closest(name, names); ok {
		err = fmt.Errorf("%w, did you mean %q?", err, near)
	}
	return withHint(err, "the rules are "+strings.Join(names, ", "))
}
