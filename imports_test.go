package nplusgone_test

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/nplusgone/nplusgone"

// TestImportsPointOneWay holds the arrows of docs/design.md: what a service links stays free of cgo, of the source
// readers and of drivers, and no package reaches back to one that is built on it.
func TestImportsPointOneWay(t *testing.T) {
	service := []string{"", "/driver", "/detector", "/fingerprint", "/report", "/finding", "/internal/logsink", "/nplusgonezap"}
	never := map[string][]string{
		"":             {"go.uber.org/zap", module + "/internal/merge"},
		"/detector":    {module + "/driver", module + "/report", "net/http", "go/ast"},
		"/fingerprint": {module + "/driver", module + "/detector", module + "/report"},
		"/driver":      {module + "/report"},
	}
	only := map[string][]string{ // of this module
		"/finding":            nil,
		"/internal/printable": nil,
		"/report":             {"/finding", "/internal/printable"},
		"/internal/logsink":   {"/finding", "/internal/printable"},
		"/internal/baseline":  {"/finding"},
		"/internal/merge":     {"/finding", "/internal/printable", "/report"},
	}
	for _, pkg := range service {
		deps := dependencies(t, module+pkg)
		banned := append([]string{
			"go/ast", "go/parser", "go/types", "golang.org/x/tools/go/packages", "C", "runtime/cgo", "github.com/mattn/go-sqlite3", module + "/internal/source",
			module + "/internal/cli", "github.com/alecthomas/kong", module + "/fingerprint/pgquery",
		}, never[pkg]...)
		for _, b := range banned {
			if slices.Contains(deps, b) {
				t.Errorf("%s links %s", module+pkg, b)
			}
		}
	}
	for pkg, allowed := range only {
		for _, dep := range dependencies(t, module+pkg) {
			if name, ours := strings.CutPrefix(dep, module); ours && name != pkg && !slices.Contains(allowed, name) {
				t.Errorf("%s links %s", module+pkg, dep)
			}
		}
	}
}

// TestOnlyTheCommandLinksPostgreSQLsParser: it is C, and whoever wants it imports it by name.
func TestOnlyTheCommandLinksPostgreSQLsParser(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", `{{.ImportPath}}{{range .Imports}} {{.}}{{end}}`, "./...").Output()
	if err != nil {
		t.Fatal(err)
	}
	found := false
	for line := range strings.Lines(string(out)) {
		fields := strings.Fields(line)
		if !slices.Contains(fields[1:], module+"/fingerprint/pgquery") {
			continue
		}
		if found = true; fields[0] != module+"/internal/cli" {
			t.Errorf("%s imports fingerprint/pgquery", fields[0])
		}
	}
	if !found {
		t.Error("nothing imports fingerprint/pgquery, not even the command")
	}
}

func dependencies(t *testing.T, pkg string) []string {
	t.Helper()
	cmd := exec.Command("go", "list", "-deps", "-f", "{{.ImportPath}}", pkg)
	cmd.Env = append(cmd.Environ(), "CGO_ENABLED=0")
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("listing the dependencies of %s: %v", pkg, err)
	}
	return strings.Fields(string(out))
}
