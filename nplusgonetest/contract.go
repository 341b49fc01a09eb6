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
	"github.com/nplusgone/nplusgone/internal/option"
	"github.com/nplusgone/nplusgone/internal/printable"
)

// updateVariable is the environment variable that makes tests write the golden files of contracts, like the flag. go test
// ./... needs the variable: a package that does not know the flag fails.
const updateVariable = "NPLUSGONE_UPDATE"

var updateFlag = flag.Bool("nplusgone.update", false, "write the golden files of nplusgonetest.Contract")

// Contract compares the statements of the test with a golden file, which has each shape of statement on a line, in the
// order of its first execution, with the number of executions. A relative path begins at the package's folder; testdata
// is a good place. Run the tests with -nplusgone.update, or with NPLUSGONE_UPDATE=1 in the environment, to write the file;
// its diff shows a reviewer what a change does to the database. Statements that do not count for MaxQueries are left out.
// It is an option of Test, Open and OpenDB.
//
// Statements that run in parallel have no order, so a contract is for sequential code.
func Contract(path string) Option { return option.New("Contract", testDoors, contractPath(path)) }

// contractText returns the contents of the golden file.
func contractText(test string, uses []analysis.Use) string {
	var out strings.Builder
	fmt.Fprintf(&out, "# Statements of %s in the order of their first execution. NPLUSGONE_UPDATE=1 go test writes this file.\n", test)
	for _, u := range uses {
		fmt.Fprintf(&out, "%4d ×  %s\n", u.Count, printable.Line(u.Fingerprint.Text))
	}
	return out.String()
}

// checkContract compares uses with the golden file at path, or writes the file. It returns the failure, or "".
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
		return fmt.Sprintf("nplusgonetest: the contract %q does not exist: run the test with -nplusgone.update to write it, and commit it", path)
	}
	if err != nil {
		return fmt.Sprintf("nplusgonetest: reading the contract: %v", err)
	}
	d := diff.Diff(path, []byte(strings.ReplaceAll(string(want), "\r\n", "\n")), "this run", []byte(got))
	if d == nil {
		return ""
	}
	return fmt.Sprintf("nplusgonetest: the statements differ from the contract; if the change is intended, run the test with -nplusgone.update:\n%s", d)
}
