// Docgen writes the page about the rules, docs/rules.md, from the texts of the rules and mitigations.
//
//	go generate ./internal/cli/docgen
package main

import (
	"fmt"
	"os"

	"github.com/nplusgone/nplusgone/internal/analysis"
)

//go:generate go run . ../../../docs/rules.md

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: docgen FILE (run it with: go generate ./internal/cli/docgen)")
		os.Exit(2)
	}
	if err := os.WriteFile(os.Args[1], []byte(page(analysis.Rules(), analysis.Mitigations())), 0o644); err != nil {
		fmt.Fprintf(os.Stderr, "docgen: %v\n", err)
		os.Exit(2)
	}
}
