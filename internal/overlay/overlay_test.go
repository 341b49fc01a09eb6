package overlay

import (
	"context"
	"go/version"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// find returns the toolchain of this module.
func find(t *testing.T) *Toolchain {
	t.Helper()
	if runtime.GOOS != "linux" || version.Compare(runtime.Version(), "go1.26") < 0 {
		t.Skipf("there is no recorder for %s on %s", runtime.Version(), runtime.GOOS)
	}
	tool, err := Find(context.Background(), ".")
	if err != nil {
		t.Fatal(err)
	}
	return tool
}

// Proves that the edits fit the installed standard library, that the go command uses the overlay, and that it compiles, with and
// without the parts that only some modules need.
func TestOverlayCompiles(t *testing.T) {
	for _, parts := range [][]Part{nil, {Wire, Specs}} {
		tool := find(t)
		o, err := Make(tool, t.TempDir(), "", parts...)
		if err != nil {
			t.Fatal(err)
		}
		if err := o.Check(context.Background()); err != nil {
			t.Fatal(err)
		}
		for _, flag := range []string{"-race=false", "-race"} {
			args := []string{"build", flag, "-overlay=" + o.File, "database/sql", "testing", "net/http"}
			if out, err := tool.Go(context.Background(), args...).CombinedOutput(); err != nil {
				t.Errorf("go build %s, parts %v: %v\n%s", flag, parts, err, out)
			}
		}
	}
}

// Proves that the packages of a part are those of the installation without it: a module that does not need it does not compile them again.
func TestPackagesOfParts(t *testing.T) {
	all := map[Part][]string{
		Wire:  {"src/net/fd_posix.go", "src/net/nplusgone.go", "src/crypto/tls/conn.go", "src/crypto/tls/nplusgone.go"},
		Specs: {"src/context/context.go", "src/context/nplusgone.go"},
	}
	for _, parts := range [][]Part{nil, {Wire}, {Specs}, {Wire, Specs}} {
		o, err := Make(find(t), t.TempDir(), "", parts...)
		if err != nil {
			t.Fatal(err)
		}
		for part, files := range all {
			for _, file := range files {
				changed := slices.ContainsFunc(o.Changes(), func(line string) bool { return strings.HasPrefix(line, file+":") })
				if changed != slices.Contains(parts, part) {
					t.Errorf("parts %v: %s is changed: %v", parts, file, changed)
				}
			}
		}
	}
}

// Proves that a text that is missing or that occurs too often is an error which names it.
func TestUnknownStandardLibraryIsAnError(t *testing.T) {
	const file = "runtime/pprof/runtime.go"
	anchor := "\truntime_setProfLabel(unsafe.Pointer(ctxLabels))\n"
	for name, text := range map[string]string{"missing": "package pprof\n", "twice": anchor + anchor} {
		if _, err := apply(file, text, "go1.26.8"); err == nil || !strings.Contains(err.Error(), "runtime_setProfLabel") {
			t.Errorf("%s: error %v does not name the text", name, err)
		}
	}
}

// Proves that edits keep the number of lines, so that stacks have the line numbers of the original.
func TestEditsKeepLines(t *testing.T) {
	for _, e := range edits {
		if strings.Count(e.old, "\n") != strings.Count(e.new, "\n") {
			t.Errorf("%s: %q has another number of lines than %q", e.file, e.new, e.old)
		}
	}
}

// Proves that another GOROOT than that of the overlay is noticed.
func TestSilentNoOpIsAnError(t *testing.T) {
	tool := find(t)
	o, err := Make(tool, t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(o.File)
	if err != nil {
		t.Fatal(err)
	}
	moved := strings.ReplaceAll(string(text), filepath.Join(tool.GOROOT, "src"), "/another/goroot/src")
	if err := os.WriteFile(o.File, []byte(moved), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := o.Check(context.Background()); err == nil || !strings.Contains(err.Error(), "nothing would be recorded") {
		t.Errorf("error %v, want one that says that nothing would be recorded", err)
	}
}

// Proves that the assembly of the recorder is that of package stack, but for the build constraint: the recorder runs on Linux, whatever
// tags the user's build has.
func TestAssemblyIsThatOfPackageStack(t *testing.T) {
	want, err := os.ReadFile("../stack/asm_amd64.s")
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("_std/internal/nplusgone_amd64.s")
	if err != nil {
		t.Fatal(err)
	}
	_, same, _ := strings.Cut(string(want), "\n")
	if string(got) != "//go:build linux\n"+same {
		t.Error("_std/internal/nplusgone_amd64.s differs from internal/stack/asm_amd64.s: copy the latter, with the constraint linux")
	}
}

// Proves that the replacements of the user's own overlay are kept, that GOFLAGS may name it, and that one which replaces a file of the
// recorder's is an error.
func TestOverlayOfTheUser(t *testing.T) {
	tool := find(t)
	dir := t.TempDir()
	user := filepath.Join(dir, "user.json")
	write := func(original string) {
		if err := os.WriteFile(user, []byte(`{"Replace": {"`+original+`": "/mine/other.go"}}`), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("/mine/file.go")
	t.Setenv("GOFLAGS", "-overlay="+user)
	if again := find(t); again.User != user {
		t.Errorf("the overlay of GOFLAGS is %q, want %q", again.User, user)
	}
	o, err := Make(tool, dir, user)
	if err != nil {
		t.Fatal(err)
	}
	if text, err := os.ReadFile(o.File); err != nil || !strings.Contains(string(text), `"/mine/file.go": "/mine/other.go"`) {
		t.Errorf("the overlay has not the replacement of the user's, error %v", err)
	}
	write(filepath.Join(tool.GOROOT, "src/database/sql/sql.go"))
	if _, err := Make(tool, dir, user); err == nil || !strings.Contains(err.Error(), "sql.go") {
		t.Errorf("error %v, want one that names the file", err)
	}
}

// Proves that an edit of a later release is not looked for in an earlier one.
func TestEditsOfLaterReleases(t *testing.T) {
	for _, e := range edits {
		if e.since == "" {
			continue
		}
		if older(e.since, e.since) || !older("go1.26.8", e.since) {
			t.Errorf("%s: go1.26.8 is not before %s, or %s is before itself", e.file, e.since, e.since)
		}
	}
	if older("devel", oldest) {
		t.Error("a development version counts as old")
	}
}
