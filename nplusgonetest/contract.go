package nplusgonetest

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/rogpeppe/go-internal/diff"

	"github.com/nplusgone/nplusgone/internal/analysis"
	"github.com/nplusgone/nplusgone/internal/printable"
)

// updateVariable, when set, writes the golden files of contracts anew, like the flag; a flag that a package does not
// know fails its tests, so that `go test ./...` needs the variable.
const updateVariable = "NPLUSGONE_UPDATE"

var updateFlag = flag.Bool("nplusgone.update", false, "write the query contracts of nplusgonetest anew")

// Contract holds the test to the statements in a golden file: each shape of statement on a line, in the order in which it
// ran first, with how often it ran. A relative path begins in the package's folder; testdata is a good place. Run the
// tests with -nplusgone.update, or with NPLUSGONE_UPDATE=1 in the environment, to write the file; its diff shows a
// reviewer what a change does to the database. What budgets do not count is not in it. The last one wins.
//
// Statements that run in parallel have no order: a contract is for tests that run one after the other.
func Contract(path string) Option { return optionFunc(func(c *config) { c.contract = path }) }

// contractText returns the golden form of what ran.
func contractText(test string, uses []analysis.Use) string {
	var out strings.Builder
	fmt.Fprintf(&out, "# What %s runs, in the order of the first time. NPLUSGONE_UPDATE=1 go test writes this file.\n", test)
	for _, u := range uses {
		fmt.Fprintf(&out, "%4d ×  %s\n", u.Count, printable.Line(u.Fingerprint.Text))
	}
	return out.String()
}

// checkContract compares what ran with the golden file at path, or writes the file. It returns what is wrong, or "".
func checkContract(path, test string, uses []analysis.Use) string {
	got := contractText(test, uses)
	if *updateFlag || os.Getenv(updateVariable) != "" {
		err := os.MkdirAll(filepath.Dir(path), 0o755)
		if err == nil {
			err = os.WriteFile(path, []byte(got), 0o644)
		}
		if err != nil {
			return fmt.Sprintf("nplusgonetest: writing the contract: %v", err)
		}
		return ""
	}
	want, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Sprintf("nplusgonetest: there is no contract %q yet: run with -nplusgone.update to write it, and commit it", path)
	}
	if err != nil {
		return fmt.Sprintf("nplusgonetest: reading the contract: %v", err)
	}
	d := diff.Diff(path, []byte(strings.ReplaceAll(string(want), "\r\n", "\n")), "what ran", []byte(got))
	if d == nil {
		return ""
	}
	return fmt.Sprintf("nplusgonetest: the statements differ from the contract; run with -nplusgone.update when that is right:\n%s", d)
}
