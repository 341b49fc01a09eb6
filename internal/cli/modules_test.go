package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Proves which arguments of go test each module gets.
func TestPackagesOfModules(t *testing.T) {
	root := t.TempDir()
	for _, dir := range []string{".git", "clone/.git"} {
		if err := os.MkdirAll(filepath.Join(root, dir), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for _, dir := range []string{"api", "api/plugin", "blog", "_old", "blog/testdata/sample", "node_modules/golang", "clone"} {
		dir = filepath.Join(root, dir)
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module example.com/m\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, test := range []struct{ args, want string }{
		{"./...", "./api: -C api ./...; ./api/plugin: -C api/plugin ./...; ./blog: -C blog ./..."},
		{"-C . -v ./api/... -args ./x", "./api: -C api -v ./... -args ./x; ./api/plugin: -C api/plugin -v ./... -args ./x"},
		{"./api/store ./api/plugin/... ./blog", "./api: -C api ./store; ./api/plugin: -C api/plugin ./...; ./blog: -C blog ."},
		{"./api/store/... ./api", "./api: -C api ./store/... ."},
		{"./.../store", "./api: -C api ./.../store; ./api/plugin: -C api/plugin ./.../store; ./blog: -C blog ./.../store"},
		{"-run X ./nothing", ": -run X ./nothing"},
		{"example.com/m", ": example.com/m"},
		{"", ": "},
	} {
		t.Chdir(root)
		r, err := parseTest(strings.Fields(test.args))
		if err != nil {
			t.Fatal(err)
		}
		plan, err := r.plan(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, p := range plan.parts {
			args := strings.ReplaceAll(strings.Join(p.args, " "), root+string(filepath.Separator), "")
			got = append(got, p.module+": "+args)
		}
		if got := strings.Join(got, "; "); got != test.want {
			t.Errorf("%s: the runs are %q, want %q", test.args, got, test.want)
		}
	}
}

// Proves that outside of a repository no other modules are looked for, unless -modules is given: the folder may have any number of them.
func TestModulesOutsideOfRepositories(t *testing.T) {
	root := t.TempDir()
	if err := os.Mkdir(filepath.Join(root, "api"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(root, "api", "go.mod"), []byte("module example.com/m\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Chdir(root)
	for args, want := range map[string]string{"./...": "", "-modules ./...": "./api"} {
		r, err := parseTest(strings.Fields(args))
		if err != nil {
			t.Fatal(err)
		}
		p, err := r.plan(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if len(p.parts) != 1 || p.parts[0].module != want || (want == "") != (p.before == "") || (want == "") != (len(p.notes) == 1) {
			t.Errorf("%s: %d runs, the first in %q, %q, notes %q; want one in %q", args, len(p.parts), p.parts[0].module, p.before, p.notes, want)
		}
	}
}

// Proves how the modules are named whose tests do not run.
func TestNamesOfModules(t *testing.T) {
	for _, test := range []struct{ dirs, want string }{
		{"./a", "the module in ./a"},
		{"./a ./b", "the modules in ./a and ./b"},
		{"./a ./b ./c ./d ./e ./f", "the modules in ./a, ./b, ./c, ./d, ./e and ./f"},
		{"./a ./b ./c ./d ./e ./f ./g", "the modules in ./a, ./b, ./c, ./d, ./e and 2 more"},
	} {
		if got := inModules(strings.Fields(test.dirs)); got != test.want {
			t.Errorf("%s: %q, want %q", test.dirs, got, test.want)
		}
	}
}
