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

// checked is the template that makes go list name the packages whose own test files import nplusgonetest: those that have
// to leave a run. Who links it by way of a helper may use it or not.
const checked = `{{range .TestImports}}{{if eq . "` + testPackage + `"}}{{$.ImportPath}}{{"\n"}}{{end}}{{end}}` +
	`{{range .XTestImports}}{{if eq . "` + testPackage + `"}}{{$.ImportPath}}{{"\n"}}{{end}}{{end}}`

const testPackage = "github.com/nplusgone/nplusgone/nplusgonetest"

// expectedPackages returns the packages that should have left a run.
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
			return nil, withHint(fmt.Errorf("listing the packages %q: %w", from, err), "run it in the module, or hand the packages over as @FILE")
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

// A testResult is what go test said of a package.
type testResult struct {
	action string // pass, fail or skip; "" while nothing final was said
	cached bool
}

func (r testResult) passed() bool { return r.action == "pass" }

// readTests reads what go test -json wrote, by package.
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
			continue // what the build said, where both streams went to one file
		}
		if err := json.Unmarshal(in.Bytes(), &event); err != nil {
			return nil, withHint(fmt.Errorf("%q is not what go test -json writes: %w", path, err), `write it with "go test -json ./... > FILE"`)
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

// missing says what is missing: packages whose runs broke off, and packages that should have left a run. Where a list says
// which those are, it is complete; without one, a package that go test failed to build or to run is missing when it left
// nothing.
func missing(runs []finding.TestRun, expected []string, tests map[string]testResult) []string {
	var said []string
	left := make(map[string]bool)
	for _, r := range runs {
		left[r.Package] = true
		if r.Missing != "" {
			said = append(said, printable.Line(r.Package+": "+r.Missing))
		}
	}
	if expected == nil {
		for pkg, r := range tests {
			if r.action == "fail" || r.action == "" {
				expected = append(expected, pkg)
			}
		}
	}
	for _, pkg := range slices.Sorted(slices.Values(expected)) {
		if !left[pkg] {
			said = append(said, printable.Line(pkg+": "+whyNone(tests, pkg)))
		}
	}
	return said
}

func whyNone(tests map[string]testResult, pkg string) string {
	r, known := tests[pkg]
	switch {
	case r.cached:
		return "it left no run, because its result is a cached one: run go test with -count=1"
	case r.action == "fail":
		return "it left no run, because its tests failed before one was begun"
	case known && r.action == "":
		return "it left no run: go test did not finish it"
	case r.action == "skip":
		return "it left no run: it has no tests"
	case known:
		return "it left no run: set NPLUSGONE_DIR, and call nplusgonetest.VerifyTestMain in its TestMain"
	case tests != nil:
		return "it left no run: go test did not test it"
	}
	return "it left no run: it was not tested, its result was a cached one, or NPLUSGONE_DIR was not set"
}

// cachedWithoutRun returns the packages with a cached result that left no run.
func cachedWithoutRun(runs []finding.TestRun, tests map[string]testResult) (pkgs []string) {
	for _, pkg := range slices.Sorted(maps.Keys(tests)) {
		if tests[pkg].cached && !slices.ContainsFunc(runs, func(r finding.TestRun) bool { return r.Package == pkg }) {
			pkgs = append(pkgs, pkg)
		}
	}
	return pkgs
}
