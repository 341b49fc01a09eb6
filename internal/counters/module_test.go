package counters

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

const looping = "package a\n\nfunc f() {\n\tfor {\n\t\tg()\n\t}\n}\n"

// module writes files of a module.
func module(t *testing.T, files map[string]string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	for name, text := range files {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// Proves which files of a module get counters: those that the go command may compile, and that the program does not embed.
func TestModules(t *testing.T) {
	dir := module(t, map[string]string{
		"a.go": looping, "a_test.go": looping, "sub/b.go": looping, "plain.go": "package a\n",
		"vendor/v/v.go": looping, "testdata/t.go": looping, "_x/x.go": looping, ".y/y.go": looping, "_z.go": looping,
		"nested/go.mod": "module nested\n", "nested/n.go": looping,
		"cgo.go":    "package a\n\nimport \"C\"\n\nfunc f() { for { g() } }\n",
		"mine.go":   looping,
		"gone.go":   looping,
		"embed.go":  "package a\n\nimport _ \"embed\"\n\n//go:embed \"templates/one.go\" all:assets\nvar s string\n",
		"assets.go": looping, "assets/c.go": looping, "templates/one.go": looping, "templates/two.go": looping,
	})
	cache := filepath.Join(t.TempDir(), "cache")
	mine := filepath.Join(t.TempDir(), "mine.go")
	if err := os.WriteFile(mine, []byte(strings.ReplaceAll(looping, "for {", "for h() {")), 0o644); err != nil {
		t.Fatal(err)
	}
	overlay := map[string]string{filepath.Join(dir, "mine.go"): mine, filepath.Join(dir, "gone.go"): ""}
	want := []string{"a.go", "a_test.go", "assets.go", "mine.go", "sub/b.go", "templates/two.go"}
	for _, run := range []string{"first", "second"} {
		r, err := Modules([]string{dir}, cache, overlay)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for original, rewritten := range r.Replace {
			name, _ := filepath.Rel(dir, original)
			got = append(got, filepath.ToSlash(name))
			text, err := os.ReadFile(rewritten)
			if err != nil || strings.Count(string(text), ".Turn(") != 1 {
				t.Errorf("%s run: %s is rewritten as %q, error %v", run, name, text, err)
			}
			if name == "mine.go" && !strings.Contains(string(text), "for h()") {
				t.Errorf("%s run: the file of the user's overlay is not rewritten: %q", run, text)
			}
		}
		slices.Sort(got)
		if diff := cmp.Diff(want, got); diff != "" || r.Loops != len(want) {
			t.Errorf("%s run: %d loops, files (-want +got):\n%s", run, r.Loops, diff)
		}
		if len(r.Skipped) != 3 || !strings.Contains(strings.Join(r.Skipped, "\n"), "cgo.go: it imports C") {
			t.Errorf("%s run: skipped %q", run, r.Skipped)
		}
	}
}

// Proves that what a run used within a week stays in the cache, and that older folders are removed.
func TestTrim(t *testing.T) {
	dir, cache := module(t, map[string]string{"a.go": looping, "b/b.go": looping}), t.TempDir()
	count := func() int {
		lists, err := filepath.Glob(filepath.Join(cache, "??", "*", "files.json"))
		if err != nil {
			t.Fatal(err)
		}
		return len(lists)
	}
	if _, err := Modules([]string{dir}, cache, nil); err != nil || count() != 2 {
		t.Fatalf("%d folders, want 2, error %v", count(), err)
	}
	lists, _ := filepath.Glob(filepath.Join(cache, "??", "*", "files.json"))
	later := time.Now().Add(5 * day)
	used(lists[0], later)
	trim(cache, later)
	if n := count(); n != 2 {
		t.Errorf("%d folders after five days, want 2", n)
	}
	trim(cache, later.Add(3*day))
	if _, err := os.Stat(lists[0]); err != nil || count() != 1 {
		t.Errorf("%d folders after eight days, want the one that was used, error %v", count(), err)
	}
}
