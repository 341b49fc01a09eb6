package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

const (
	root       = "github.com/nplusgone/nplusgone"
	module     = root + "/testdata/blind"
	oldCorpus  = root + "/testdata/corpus"
	newCorpus  = module + "/corpus"
	oldReplace = "=> ../.."
)

// programs are the folders of the copy whose identifiers are renamed.
var programs = []string{"a", "b", "c", "corpus"}

// copyModule copies the module in from to the folder to. The copy has the same module path. It has the packages of
// testdata/corpus in its folder corpus, and replaces the root module by its absolute path.
func copyModule(from, to string) error {
	from, err := filepath.Abs(from)
	if err != nil {
		return err
	}
	if entries, err := os.ReadDir(to); err == nil && len(entries) > 0 {
		return fmt.Errorf("%s is not empty", to)
	}
	rootDir := filepath.Dir(filepath.Dir(from))
	edit := strings.NewReplacer(
		`"`+oldCorpus+`"`, `"`+newCorpus+`"`,
		`"`+oldCorpus+`/`, `"`+newCorpus+`/`,
		oldReplace, "=> "+rootDir,
	)
	copyTree := func(from, to string, want func(path string) bool) error {
		return filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			rel, err := filepath.Rel(from, path)
			if err != nil || d.IsDir() || !want(filepath.ToSlash(rel)) {
				return err
			}
			text, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			target := filepath.Join(to, rel)
			if err := os.MkdirAll(filepath.Dir(target), 0o777); err != nil {
				return err
			}
			return os.WriteFile(target, []byte(edit.Replace(string(text))), 0o666)
		})
	}
	if err := copyTree(from, to, func(path string) bool { return !strings.HasPrefix(path, "rename/") }); err != nil {
		return err
	}
	return copyTree(filepath.Join(rootDir, "testdata", "corpus"), filepath.Join(to, "corpus"), func(path string) bool {
		return strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go")
	})
}
