package corpus_test

import (
	"flag"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nplusgone/nplusgone/finding"
)

var update = flag.Bool("update", false, "write identities.txt anew")

// Proves that findings keep their identities: from run to run, and, because the gate runs this with another Go, without
// inlining and with trimmed paths, from one compiler's names of closures to another's.
func TestIdentitiesStayTheSame(t *testing.T) {
	var lines []string
	for _, s := range services {
		for _, c := range s.cases() {
			found, err := run(t.Context(), c)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range found {
				if f.Gates(finding.Likely) {
					lines = append(lines, strings.Join([]string{f.Identity, f.Rule, s.name + "/" + c.Name}, "  "))
				}
			}
		}
	}
	slices.Sort(lines)
	got := strings.Join(slices.Compact(lines), "\n") + "\n"
	const file = "identities.txt"
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("identities differ (-want +got); go test ./testdata/corpus -run TestIdentities -update writes them anew:\n%s", diff)
	}
}
