package cases

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/report"
)

var zero = flag.Bool("zero", false, "TestCases: run the cases with \"nplusgone test\", without a line of nplusgone in their code")

// inZero reports whether a want says something about a run with "nplusgone test". That command fails no test, so wants about the result of
// a test are about the library.
func inZero(w want) bool { return w.result == "" }

// measuredCases are cases in which the order of the statements does not show which of several loops turned. With -zero the loops of their
// findings have to be measured: nothing that is inferred chooses them.
var measuredCases = map[string]bool{
	"array-of-one-key": true, "chunk-loop-of-one-chunk": true, "inner-loop-of-one-iteration": true, "list-for-each-row": true, "loop-that-returns": true,
	"keys-from-an-earlier-loop": true, "loop-with-rows-in-a-test-loop": true,
}

// inferred returns the findings of a run with -zero whose loop is not measured.
func (r *run) inferred() (list []string) {
	for _, f := range r.findings {
		if f.Gates(finding.Likely) && f.Loop != nil && f.LoopFrom != finding.Measured {
			list = append(list, describe(f))
		}
	}
	return list
}

// plainModule copies the module into a folder and removes nplusgone from the code of the cases.
func plainModule(to string) error {
	if err := os.CopyFS(to, os.DirFS(".")); err != nil {
		return err
	}
	edit := exec.Command("go", "mod", "edit", "-droprequire=github.com/nplusgone/nplusgone", "-dropreplace=github.com/nplusgone/nplusgone")
	edit.Dir = to
	if out, err := edit.CombinedOutput(); err != nil {
		return fmt.Errorf("editing go.mod: %w: %s", err, out)
	}
	return filepath.WalkDir(to, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || filepath.Ext(path) != ".go" {
			return err
		}
		if filepath.Dir(path) == to {
			return os.Remove(path) // this harness
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(path, plain(text), 0o644)
	})
}

// toPlain are replacements of code that uses nplusgone, in order.
var toPlain = []struct{ old, plain string }{
	{`func TestMain\(m \*testing\.M\) \{ nplusgonetest\.VerifyTestMain\(m\) \}\n`, ""},
	{`func TestMain\(m \*testing\.M\) \{\n(?:.*\n)*?\}\n`, ""},
	{`(?m)^(\s*)nplusgonetest\.Test\((\w+)\)$`, "${1}_ = ${2}.Context()"},
	{`nplusgonetest\.Test\((\w+)(?:, nplusgonetest\.MaxQueries\(\d+\))?\)`, "${1}.Context()"},
	{`nplusgonetest\.Open\((\w+), "watched-sqlite3", .*\)\n`, "casetest.SQLite($1, schema)\n"},
	{`nplusgone\.Open\(`, "sql.Open("},
	{`"watched-sqlite3"`, `"sqlite3"`},
	{`nplusgone\.Middleware\(\)\((\w+)\)`, "$1"},
	{`\t"github.com/nplusgone/nplusgone(/nplusgonetest)?"\n`, ""},
}

// plain returns code without nplusgone.
func plain(text []byte) []byte {
	if !bytes.Contains(text, []byte("nplusgone")) {
		return text
	}
	for _, r := range toPlain {
		text = regexp.MustCompile(r.old).ReplaceAll(text, []byte(r.plain))
	}
	if bytes.Contains(text, []byte("sql.Open(")) && !bytes.Contains(text, []byte(`"database/sql"`)) {
		text = bytes.Replace(text, []byte("import (\n"), []byte("import (\n\t\"database/sql\"\n"), 1)
	}
	return text
}

// startZero runs p with "nplusgone test" in the plain module, and reads its report.
func (r *run) startZero(ctx context.Context, b build, p process, pattern string) error {
	file, err := os.CreateTemp(b.folder, "report-*.json")
	if err != nil {
		return err
	}
	defer file.Close()
	args := []string{"test", "-format", "json", "-level", "suspect", "-report", file.Name(), "-vet=off", "-v", "-run", pattern, "./" + p.folder}
	command := exec.CommandContext(ctx, b.command(), args...)
	command.Dir = b.plain
	out, err := command.CombinedOutput()
	if _, exited := err.(*exec.ExitError); err != nil && !exited {
		return err
	}
	r.output = string(out)
	var doc report.Document
	if err := json.NewDecoder(file).Decode(&doc); err != nil {
		return fmt.Errorf("there is no report: %w: %s", err, r.output)
	}
	r.findings = doc.Findings
	for _, s := range doc.Profile.Scopes {
		r.statements += s.Statements
	}
	return nil
}

// TestPlain proves that code without nplusgone is what "nplusgone test" checks with -zero.
func TestPlain(t *testing.T) {
	to := filepath.Join(t.TempDir(), "plain")
	if err := plainModule(to); err != nil {
		t.Fatal(err)
	}
	err := filepath.WalkDir(to, func(path string, e fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".go" || strings.Contains(path, "nested-routes") {
			return err // nested-routes tests the library's own Middleware
		}
		text, err := os.ReadFile(path)
		if i := bytes.Index(text, []byte("github.com/nplusgone")); i >= 0 {
			t.Errorf("%s still imports nplusgone", path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
