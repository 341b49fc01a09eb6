package zerochange

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// several copies the modules of _modules into a repository that is in no module, and returns its folder.
func several(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"_memdb", "_modules"} {
		if err := os.CopyFS(filepath.Join(dir, name), os.DirFS(name)); err != nil {
			t.Fatal(err)
		}
	}
	dir = filepath.Join(dir, "_modules")
	git(t, dir, "init", "-q")
	git(t, dir, "add", ".")
	return dir
}

// git runs git in a folder, and returns what it writes.
func git(t *testing.T, dir string, args ...string) string {
	t.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("git %s: %v\n%s", args, err, out)
	}
	return string(out)
}

// Proves that in a folder without a module the tests of all modules below run, with one report whose files are relative to that folder,
// and that nothing is written.
func TestSeveralModules(t *testing.T) {
	dir, command := several(t), build(t)
	want := wanted(t, dir)
	if len(want) != 2 {
		t.Fatalf("the modules want %q", want)
	}
	if diff := cmp.Diff(want, found(t, command, dir, want)); diff != "" {
		t.Errorf("findings at likely and above (-want +got):\n%s", diff)
	}
	for _, line := range strings.Split(strings.TrimSpace(git(t, dir, "status", "--short")), "\n") {
		if !strings.HasPrefix(line, "A  ") { // as it was added
			t.Errorf("the modules have changed: %s", line)
		}
	}
}

// Proves which modules are tested, what is written of the others, and with what code the command ends.
func TestWhichModules(t *testing.T) {
	command := build(t)
	write := func(t *testing.T, name, text string) {
		t.Helper()
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	failing := "package blog\n\nimport \"testing\"\n\nfunc TestWrong(t *testing.T) { t.Error(\"wrong\") }\n"
	for _, test := range []struct {
		name, args string
		change     func(t *testing.T, dir string)
		code       int
		want       []string
		not        []string
	}{
		{
			name: "a test that fails", args: "./...", code: 1,
			change: func(t *testing.T, dir string) { write(t, filepath.Join(dir, "blog", "wrong_test.go"), failing) },
			want: []string{
				"go test runs in the modules in ./api, ./api/plugin, ./blog and ./tools\n", "--- FAIL: TestWrong", "ok  \texample.com/api\t", "?   \texample.com/tools\t",
				"findings count (likely or above): 2", "api/store.go:24: n-plus-one", "api/plugin/store.go:24: n-plus-one",
			},
			not: []string{"example.com/old"},
		},
		{
			name: "a test that fails, and the first failure ends the run", args: "-failfast ./...", code: 1,
			change: func(t *testing.T, dir string) {
				write(t, filepath.Join(dir, "api", "wrong_test.go"), strings.Replace(failing, "blog", "api", 1))
			},
			want: []string{"--- FAIL: TestWrong", "not checked: ./blog: its tests did not run, because of -failfast"}, not: []string{"ok  \texample.com/blog\t"},
		},
		{
			name: "a module that cannot be read", args: "./blog/... ./tools/...", code: 2,
			change: func(t *testing.T, dir string) {
				write(t, filepath.Join(dir, "tools", "go.mod"), "module example.com/tools\n\ngo x\n")
			},
			want: []string{"ok  \texample.com/blog\t", "not checked: ./tools: ", "invalid go version"},
		},
		{
			name: "a module with others below", args: "./...", code: 1,
			change: func(t *testing.T, dir string) { write(t, filepath.Join(dir, "go.mod"), "module example.com/root\n") },
			want:   []string{"does not reach the modules in ./api, ./api/plugin and ./blog", "-modules"}, not: []string{"ok  \t"},
		},
		{
			name: "and with -modules", args: "-modules ./...", code: 1,
			change: func(t *testing.T, dir string) {
				write(t, filepath.Join(dir, "go.mod"), "module example.com/root\n")
				write(t, filepath.Join(dir, "root.go"), "package root\n")
			},
			want: []string{"?   \texample.com/root\t", "ok  \texample.com/blog\t", "findings count (likely or above): 2", "api/store.go:24: n-plus-one"},
		},
		{
			name: "a workspace", args: "./...", code: 1,
			change: func(t *testing.T, dir string) {
				write(t, filepath.Join(dir, "go.work"), "go 1.26\n\nuse ./api\n\nuse ./blog\n")
			},
			want: []string{"ok  \texample.com/api\t", "ok  \texample.com/blog\t", "findings count (likely or above): 1", "does not reach the module in ./api/plugin"},
			not:  []string{"tools"},
		},
		{name: "an import path", args: "example.com/blog", code: 1, want: []string{"go.mod file not found"}},
		{name: "a file of all modules", args: "-coverprofile=/tmp/cover ./...", code: 2, want: []string{"-coverprofile=/tmp/cover", "4 modules"}},
		{name: "explain", args: "-explain ./...", code: 0, want: []string{"module ./api:", "module ./api/plugin:", "nplusgone_recorder.go: added"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := several(t)
			if test.change != nil {
				test.change(t, dir)
			}
			cmd := exec.Command(command, append([]string{"test"}, strings.Fields(test.args)...)...)
			cmd.Dir = dir
			out, err := cmd.CombinedOutput()
			if code := cmd.ProcessState.ExitCode(); code != test.code {
				t.Errorf("the command ends with %v, want %d", err, test.code)
			}
			for _, text := range test.want {
				if !strings.Contains(string(out), text) {
					t.Errorf("the output has no %q", text)
				}
			}
			for _, text := range test.not {
				if strings.Contains(string(out), text) {
					t.Errorf("the output has %q", text)
				}
			}
			if t.Failed() {
				t.Logf("the output:\n%s", out)
			}
		})
	}
}
