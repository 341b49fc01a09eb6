package nplusgonetest

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/merge"
)

// Proves that the file names of runs differ by package, process and machine, and that every file system allows them.
func TestRunsHaveNamesOfTheirOwn(t *testing.T) {
	a := fileName(merge.Start{Package: "example.com/a/store", ID: "1"})
	for _, other := range []merge.Start{{Package: "example.com/b/store", ID: "1"}, {Package: "example.com/a/store", ID: "2"}} {
		if b := fileName(other); a == b {
			t.Errorf("%+v has the same name %q", other, b)
		}
	}
	for _, pkg := range []string{"", "é:/\\*?\x00", strings.Repeat("long", 100), "command-line-arguments"} {
		if name := fileName(merge.Start{Package: pkg, ID: "1"}); len(name) > 80 || strings.ContainsAny(name, "/\\:*?\x00") {
			t.Errorf("%q becomes %q", pkg, name)
		}
	}
}

// Proves that a run has its package, and that a relative folder is the same for all packages of the module.
func TestARunHasItsPackage(t *testing.T) {
	if got := testedPackage(); got != "github.com/nplusgone/nplusgone/nplusgonetest" {
		t.Errorf("the package is %q", got)
	}
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	if got := fromModule("runs"); got != filepath.Join(root, "runs") {
		t.Errorf("a relative folder is %q, want it in %q", got, root)
	}
	if abs := filepath.Join(root, "x"); fromModule(abs) != abs {
		t.Errorf("an absolute folder becomes %q", fromModule(abs))
	}
}

// Proves that packages that run at the same time write complete runs into one folder.
func TestRunsInParallelDoNotCollide(t *testing.T) {
	dir := t.TempDir()
	var wg sync.WaitGroup
	for i := range 16 {
		wg.Go(func() {
			r, err := newRun(dir, true)
			if err != nil {
				t.Error(err)
				return
			}
			r.w.Scope(finding.ScopeProfile{Name: "TestX", Scopes: 1}, []finding.Finding{{Rule: "n-plus-one", Level: finding.Likely, Identity: fmt.Sprint(i), Count: 3}})
			if err := r.end(nil); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || len(files) != 16 {
		t.Fatalf("%d files and error %v, want 16", len(files), err)
	}
	c := merge.NewCollection()
	defer c.Close()
	for _, file := range files {
		if !strings.HasSuffix(file, runSuffix) {
			t.Errorf("%q is not complete", file)
		}
		if err := c.AddFiles(file); err != nil {
			t.Error(err)
		}
	}
	if n, err := c.Count(finding.Likely); n != 16 || err != nil {
		t.Errorf("%d findings and error %v, want 16", n, err)
	}
}

// Proves that a folder in which no run can be kept is an error.
func TestAFolderThatCannotBeWritten(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := newRun(filepath.Join(file, "runs"), true); err == nil {
		t.Error("a folder in a file is accepted")
	}
}
