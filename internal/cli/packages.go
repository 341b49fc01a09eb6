package cli

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/printable"
)

// checked is the template for go list that prints the packages whose own test files import nplusgonetest. They have to
// record a run. A package that imports it through another package may or may not use it.
const checked = `{{range .TestImports}}{{if eq . "` + testPackage + `"}}{{$.ImportPath}}{{"\n"}}{{end}}{{end}}` +
	`{{range .XTestImports}}{{if eq . "` + testPackage + `"}}{{$.ImportPath}}{{"\n"}}{{end}}{{end}}`

const testPackage = "github.com/nplusgone/nplusgone/nplusgonetest"

// expectedPackages returns the packages that should have recorded a run.
func expectedPackages(from string) ([]string, error) {
	var list []byte
	var err error
	file, isFile := strings.CutPrefix(from, "@")
	switch {
	case from == "":
		return nil, nil
	case isFile:
		if list, err = os.ReadFile(file); err != nil {
			return nil, withHint(fmt.Errorf("reading the packages in %q: %w", file, cause(err)), "write one import path a line")
		}
	default:
		args := append([]string{"list", "-f", checked, "--"}, strings.Fields(from)...)
		if list, err = exec.Command("go", args...).Output(); err != nil {
			var exit *exec.ExitError
			if errors.As(err, &exit) {
				err = errors.New(printable.Line(string(bytes.TrimSpace(exit.Stderr))))
			}
			return nil, withHint(fmt.Errorf("listing the packages %q: %w", from, err), "run it in the module, or list the packages in a file: @FILE")
		}
	}
	return importPaths(string(list)), nil
}

// importPaths reads the lines of a list.
func importPaths(list string) []string {
	paths := strings.Fields(list)
	slices.Sort(paths)
	return slices.Compact(paths)
}

// A testResult is the result of go test for a package.
type testResult struct {
	action string // pass, fail or skip; empty without a final result
	cached bool
}

func (r testResult) passed() bool { return r.action == "pass" }

// readTests reads the output of go test -json, by package.
func readTests(path string) (map[string]testResult, error) {
	if path == "" {
		return nil, nil
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, withHint(fmt.Errorf("opening %q: %w", path, cause(err)), `write it with "go test -json ./... > FILE"`)
	}
	defer file.Close()
	results := make(map[string]testResult)
	in := bufio.NewScanner(file)
	in.Buffer(nil, 16<<20)
	for in.Scan() {
		var event struct{ Action, Package, Test, Output string }
		if line := bytes.TrimSpace(in.Bytes()); len(line) == 0 || line[0] != '{' {
			continue // output of the build, if both streams went to one file
		}
		if err := json.Unmarshal(in.Bytes(), &event); err != nil {
			return nil, withHint(fmt.Errorf("%q is not the output of go test -json: %w", path, err), `write it with "go test -json ./... > FILE"`)
		}
		if event.Package == "" || event.Test != "" {
			continue
		}
		r := results[event.Package]
		switch event.Action {
		case "pass", "fail", "skip":
			r.action = event.Action
		case "output":
			r.cached = r.cached || strings.HasPrefix(event.Output, "ok ") && strings.Contains(event.Output, "(cached)")
		}
		results[event.Package] = r
	}
	if err := in.Err(); err != nil {
		return nil, fmt.Errorf("reading %q: %w", path, err)
	}
	if len(results) == 0 {
		return nil, withHint(fmt.Errorf("%q has no result of a package", path), `write it with "go test -json ./... > FILE"`)
	}
	return results, nil
}

// withoutRun returns a line for each package without a run that should have one: those in expected, or if it is nil those
// whose tests failed or did not finish.
func withoutRun(runs []finding.TestRun, expected []string, tests map[string]testResult) (lines []string) {
	if expected == nil {
		for pkg, r := range tests {
			if r.action == "fail" || r.action == "" {
				expected = append(expected, pkg)
			}
		}
	}
	for _, pkg := range slices.Sorted(slices.Values(expected)) {
		if !slices.ContainsFunc(runs, func(r finding.TestRun) bool { return r.Package == pkg }) {
			lines = append(lines, printable.Line(pkg+": "+whyNone(tests, pkg)))
		}
	}
	return lines
}

func whyNone(tests map[string]testResult, pkg string) string {
	r, known := tests[pkg]
	switch {
	case r.cached:
		return "it recorded no run, because its result was cached: run go test with -count=1"
	case r.action == "fail":
		return "it recorded no run, because its tests failed before"
	case known && r.action == "":
		return "it recorded no run: go test did not finish it"
	case r.action == "skip":
		return "it recorded no run: it has no tests"
	case known:
		return "it recorded no run: set NPLUSGONE_DIR, and call nplusgonetest.VerifyTestMain in its TestMain"
	case tests != nil:
		return "it recorded no run: go test did not test it"
	}
	return "it recorded no run: it was not tested, its result was cached, or NPLUSGONE_DIR was not set"
}

// cachedWithoutRun returns the packages with a cached result and no run.
func cachedWithoutRun(runs []finding.TestRun, tests map[string]testResult) (pkgs []string) {
	for _, pkg := range slices.Sorted(maps.Keys(tests)) {
		if tests[pkg].cached && !slices.ContainsFunc(runs, func(r finding.TestRun) bool { return r.Package == pkg }) {
			pkgs = append(pkgs, pkg)
		}
	}
	return pkgs
}
