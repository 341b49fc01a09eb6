package source

import (
	"go/ast"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"

	"github.com/nplusgone/nplusgone/internal/frame"
)

// A global is a name of a package.
type global struct {
	folder, pkg string
	tests       bool // with the package's tests
	name        string
}

// globals keeps what gives the names of packages their values: to find that, the whole package is read.
type globals struct {
	mu    sync.Mutex
	named map[global][]declaration
}

const maxGlobals = 4096 // kept; then it starts anew

func (g *globals) get(name global, find func() []declaration) []declaration {
	g.mu.Lock()
	kept, ok := g.named[name]
	g.mu.Unlock()
	if ok {
		return kept
	}
	found := find()
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.named == nil || len(g.named) >= maxGlobals {
		g.named = map[global][]declaration{}
	}
	g.named[name] = found
	return found
}

// packageOf returns the parsed files of c's folder, tests only if c is one.
func (f *Finder) packageOf(c *code) []*ast.File {
	var trees []*ast.File
	for _, name := range f.siblings(c.frame.Function, c.frame.File) {
		if frame.Test(name) && !frame.Test(c.frame.File) {
			continue
		}
		if src, ok := f.open(c.frame.Function, name); ok {
			if _, tree := src.parse(); tree != nil && tree.Name.Name == c.packageName() {
				trees = append(trees, tree)
			}
		}
	}
	return trees
}

func (c *code) packageName() string {
	_, tree := c.file.parse()
	return tree.Name.Name
}

// siblings returns the names of the Go files beside file, led by the same folder as it.
func (f *Finder) siblings(function, file string) []string {
	var entries []os.DirEntry
	for _, name := range f.paths(file) {
		if entries, _ = os.ReadDir(filepath.Dir(name)); len(entries) > 0 {
			break
		}
	}
	if len(entries) == 0 {
		if fsys, ok := f.embedded[frame.Package(function)]; ok {
			entries, _ = fs.ReadDir(fsys, ".")
		}
	}
	var names []string
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), ".go") {
			names = append(names, path.Join(path.Dir(file), e.Name()))
		}
	}
	return names
}
