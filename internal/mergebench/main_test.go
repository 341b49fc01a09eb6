package main

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/nplusgone/nplusgone/internal/cli"
)

// The test binary is also the process that is measured.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "report" {
		os.Exit(cli.Run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
	}
	os.Exit(m.Run())
}

// Proves the form of the line that is printed.
func TestBench(t *testing.T) {
	var out strings.Builder
	if err := bench(3, 50, 0.5, "json", &out); err != nil {
		t.Fatal(err)
	}
	if !regexp.MustCompile(`^3 shards of 50 findings, 0 MiB, 50% shared, to json of 0 MiB: [0-9.]+ s, [0-9.]+ s of processor time, (at most \d+ MiB of memory|memory unknown)\n$`).MatchString(out.String()) {
		t.Errorf("got %q", out.String())
	}
}
