package nplusgone_test

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/nplusgone/nplusgone"

// layers are the packages of this module, the lowest first, as docs/design.md draws them. A package imports packages of
// lower layers only.
var layers = [][]string{
	// What all may use.
	{"internal/atomicfile"},
	// Data, texts and mechanisms that know nothing of each other.
	{"finding", "internal/cli/examples", "internal/counters", "internal/fault", "internal/goroutine", "internal/layers", "internal/lru", "internal/option",
		"internal/overlay", "internal/pgwire", "internal/printable", "internal/sqlcorpus", "internal/stack", "internal/value", "driver/internal/fakebase"},
	// SQL and frames; findings as documents, records and baselines.
	{"fingerprint", "internal/frame", "report", "internal/logsink", "internal/baseline"},
	// Recording; rewrites; merging.
	{"internal/grammar", "internal/record", "internal/rewrite", "internal/merge", "internal/samples"},
	// What a connection keeps.
	{"internal/session", "internal/pgrecord"},
	// Calls become statements; frozen scopes become findings.
	{"driver", "internal/analysis", "internal/replay", "internal/rewrite/rewritetest"},
	// Source, which analysis asks through an interface.
	{"internal/source/files"}, {"internal/source/loops"}, {"internal/source/flow"},
	// Recording and analysis joined.
	{"detector", "internal/source"},
	// The front doors.
	{"", "nplusgonetest", "internal/scenario"},
	// What is built on them.
	{"nplusgonezap", "internal/cli"},
	{"cmd/nplusgone", "internal/cli/docgen", "internal/mergebench"},
}

// TestImportsPointOneWay proves that no package imports one of its own layer or of a higher one.
func TestImportsPointOneWay(t *testing.T) {
	layer := make(map[string]int)
	for i, packages := range layers {
		for _, p := range packages {
			layer[p] = i
		}
	}
	graph := imports(t, "./...")
	for pkg, imported := range graph {
		name, ok := own(pkg)
		if !ok {
			continue
		}
		at, ok := layer[name]
		if !ok {
			if !strings.HasPrefix(name, "testdata/") {
				t.Errorf("%s is in no layer: add it to the list in imports_test.go", pkg)
			}
			continue
		}
		for _, to := range imported {
			name, ok := own(to)
			if !ok {
				continue
			}
			if to, ok := layer[name]; ok && to >= at {
				t.Errorf("%s imports %s/%s, which is not of a lower layer", pkg, module, name)
			}
		}
	}
	for name := range layer {
		if _, ok := graph[strings.TrimSuffix(module+"/"+name, "/")]; !ok {
			t.Errorf("%q is in a layer and does not exist: remove it from the list in imports_test.go", name)
		}
	}
}

// TestLinks proves what packages do not link, also through others: a service links no cgo, no parser of Go, no command
// line and no driver, and some packages link little of this module.
func TestLinks(t *testing.T) {
	heavy := []string{
		"C", "runtime/cgo", "go/ast", "go/parser", "go/types", "golang.org/x/tools/go/packages", "github.com/mattn/go-sqlite3",
		"github.com/alecthomas/kong", module + "/internal/source", module + "/internal/cli", module + "/internal/grammar",
	}
	graph := imports(t, "./...")
	for name, more := range map[string][]string{
		"":                 {"go.uber.org/zap", module + "/internal/merge"},
		"driver":           {"net/http", module + "/internal/analysis"},
		"detector":         {"net/http"},
		"fingerprint":      nil,
		"finding":          nil,
		"report":           {"net/http"},
		"internal/logsink": {"go.uber.org/zap"},
		"nplusgonezap":     nil,
	} {
		deps := closure(graph, strings.TrimSuffix(module+"/"+name, "/"))
		for _, never := range append(more, heavy...) {
			if deps[never] {
				t.Errorf("%s/%s links %s", module, name, never)
			}
		}
	}
	for name, only := range map[string][]string{ // of this module
		"finding":            nil,
		"internal/printable": nil,
		"report":             {"finding", "internal/printable"},
		"internal/logsink":   {"finding", "internal/printable"},
		"internal/baseline":  {"finding"},
		"internal/merge":     {"finding", "internal/printable", "report"},
	} {
		for dep := range closure(graph, module+"/"+name) {
			if to, ok := own(dep); ok && to != name && !slices.Contains(only, to) {
				t.Errorf("%s/%s links %s", module, name, dep)
			}
		}
	}
}

// TestPostgreSQLsParserIsInAModuleOfItsOwn proves that neither the go.mod of this module nor a package or test of it needs
// libpg_query, which takes a minute to compile.
func TestPostgreSQLsParserIsInAModuleOfItsOwn(t *testing.T) {
	const parser = module + "/fingerprint/pgquery"
	mod, err := os.ReadFile("go.mod")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"github.com/pganalyze/pg_query_go", "google.golang.org/protobuf", parser} {
		if strings.Contains(string(mod), path) {
			t.Errorf("go.mod requires %s", path)
		}
	}
	out, err := exec.Command("go", "list", "-test", "-deps", "./...").CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if strings.Contains(string(out), "pg_query_go") {
		t.Error("a package or a test links pg_query_go")
	}
}

// imports returns the imports of the packages that match pattern, and of all packages that they link, without cgo.
func imports(t *testing.T, pattern string) map[string][]string {
	t.Helper()
	cmd := exec.Command("go", "list", "-deps", "-f", `{{.ImportPath}} {{join .Imports " "}}`, pattern)
	cmd.Env = append(cmd.Environ(), "CGO_ENABLED=0")
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("listing the packages %s: %v", pattern, err)
	}
	graph := make(map[string][]string)
	for line := range strings.Lines(string(out)) {
		fields := strings.Fields(line)
		graph[fields[0]] = fields[1:]
	}
	return graph
}

// closure returns the packages that pkg links.
func closure(graph map[string][]string, pkg string) map[string]bool {
	linked := make(map[string]bool)
	var add func(string)
	add = func(p string) {
		for _, to := range graph[p] {
			if !linked[to] {
				linked[to] = true
				add(to)
			}
		}
	}
	add(pkg)
	return linked
}

// own returns the path of a package within this module.
func own(pkg string) (name string, ok bool) {
	if pkg == module {
		return "", true
	}
	return strings.CutPrefix(pkg, module+"/")
}
