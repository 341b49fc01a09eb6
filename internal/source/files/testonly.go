package files

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
)

// maxImports bounds the files of a module whose imports are read.
const maxImports = 20000

// testOnly says which packages only tests use. The zero value is ready.
type testOnly struct {
	mu      sync.Mutex
	folders map[string]bool
	modules map[string]*importers
}

// importers are the import paths that the files of a module import.
type importers struct {
	path       string          // of the module
	production map[string]bool // by files that are no tests, of other packages
	tests      map[string]bool // by _test.go files of other packages
	complete   bool
}

// has reports whether the package in a folder is one that only tests use: one of its files names a type of package testing, _test.go
// files of other packages of its module import it, and no other file does.
func (t *testOnly) has(dir string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	known, ok := t.folders[dir]
	if !ok {
		if t.folders == nil {
			t.folders, t.modules = map[string]bool{}, map[string]*importers{}
		}
		known = supports(dir) && t.imported(dir)
		t.folders[dir] = known
	}
	return known
}

// supports reports whether a file in a folder, that is no test, names a type of package testing.
func supports(dir string) bool {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return false
	}
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".go") || strings.HasSuffix(e.Name(), "_test.go") {
			continue
		}
		tree, err := parser.ParseFile(token.NewFileSet(), filepath.Join(dir, e.Name()), nil, parser.SkipObjectResolution)
		if err == nil && tree.Name.Name != "main" && supportOf(tree).all {
			return true
		}
	}
	return false
}

// imported reports whether tests of other packages import the package in a folder, but no other file of its module.
func (t *testOnly) imported(dir string) bool {
	root := dir
	for {
		if _, err := os.Stat(filepath.Join(root, "go.mod")); err == nil {
			break
		}
		if root == filepath.Dir(root) {
			return false
		}
		root = filepath.Dir(root)
	}
	m, ok := t.modules[root]
	if !ok {
		m = readImports(root)
		t.modules[root] = m
	}
	rel, err := filepath.Rel(root, dir)
	if err != nil {
		return false
	}
	name := path.Join(m.path, filepath.ToSlash(rel))
	return m.complete && m.path != "" && m.tests[name] && !m.production[name]
}

// readImports reads the imports of all files of the module in a folder.
func readImports(root string) *importers {
	m := &importers{path: modulePath(root), production: map[string]bool{}, tests: map[string]bool{}, complete: true}
	n := 0
	err := filepath.WalkDir(root, func(name string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case e.IsDir():
			if name == root {
				return nil
			}
			if strings.HasPrefix(e.Name(), ".") || e.Name() == "vendor" || e.Name() == "node_modules" {
				return fs.SkipDir
			}
			if _, err := os.Stat(filepath.Join(name, "go.mod")); err == nil {
				return fs.SkipDir
			}
			return nil
		case !strings.HasSuffix(e.Name(), ".go"):
			return nil
		}
		if n++; n > maxImports {
			m.complete = false
			return fs.SkipAll
		}
		tree, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			return nil // not compiled, as a template in testdata
		}
		m.add(tree, strings.HasSuffix(name, "_test.go"))
		return nil
	})
	m.complete = m.complete && err == nil
	return m
}

func (m *importers) add(tree *ast.File, test bool) {
	for _, i := range tree.Imports {
		name, err := strconv.Unquote(i.Path.Value)
		switch {
		case err != nil:
		case test:
			m.tests[name] = true
		default:
			m.production[name] = true
		}
	}
}

// modulePath returns the path of the module in a folder; "" if it cannot be read.
func modulePath(root string) string {
	text, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		return ""
	}
	for line := range strings.Lines(string(text)) {
		if rest, ok := strings.CutPrefix(strings.TrimSpace(line), "module "); ok {
			name, _, _ := strings.Cut(rest, "//")
			return strings.Trim(strings.TrimSpace(name), `"`)
		}
	}
	return ""
}
