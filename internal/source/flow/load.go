package flow

import (
	"cmp"
	"errors"
	"fmt"
	"go/importer"
	"go/token"
	"go/types"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/tools/go/ssa"
)

// What loading and analysis may cost a process. Packages beyond these limits are unchecked, see Analyser.Unchecked.
const (
	maxLoads      = 96               // calls of the go command
	loadTime      = 60 * time.Second // for all calls of the go command together: 1 s on a machine that is not busy
	maxPackages   = 64               // in SSA form, about 1 MB each; then all are removed
	maxValues     = 20_000           // values followed for one statement
	maxCalls      = 256              // calls descended into for one statement
	maxSelections = 16               // conditions that may decide which rows are used, each followed once more
	maxNested     = 6                // collections within each other
	maxLabels     = 16               // relations of one value to the rows
)

// An Unchecked is a folder with a package whose types could not be read, and why.
type Unchecked struct {
	Dir string
	Why string
}

// A loader reads packages of the application from source, each once, and their imports as export data from the build
// cache. The export data is read by the standard library that this binary is built with, so that it fits the compiler
// that built a test binary.
type loader struct {
	mu    sync.Mutex
	world *world

	dirs      map[string]*pkg      // by folder, nil for one that could not be loaded
	tests     map[string]withTests // by folder, those that were loaded with their tests
	loads     int
	spent     time.Duration
	build     Build
	unchecked []Unchecked
}

// withTests is a package together with its test files, and its external tests.
type withTests struct {
	internal, external *pkg // nil if there is none, or it could not be loaded
}

// A world is what the packages share that are loaded.
type world struct {
	fset    *token.FileSet
	imports types.Importer
	exports map[string]string // files with export data by import path
	loaded  int
}

func newWorld() *world {
	w := &world{fset: token.NewFileSet(), exports: map[string]string{}}
	w.imports = w.importer(nil)
	return w
}

// importer returns an importer of export data, for packages that import some paths by way of others: the tests of a
// package import those that were built for it.
func (w *world) importer(paths map[string]string) types.Importer {
	return importer.ForCompiler(w.fset, "gc", func(path string) (io.ReadCloser, error) {
		name := w.exports[path]
		if to, ok := paths[path]; ok {
			name = w.exports[to]
		}
		if name == "" {
			return nil, fmt.Errorf("there is no export data of %s", path)
		}
		return os.Open(name)
	})
}

// A pkg is one package in SSA form.
type pkg struct {
	path  string
	dir   string
	fset  *token.FileSet
	types *types.Package
	files map[string]bool    // base names
	funcs []*ssa.Function    // with syntax, the anonymous ones too
	lines map[string][]lined // the functions by base name
	named map[string]*ssa.Function
	uses  *fieldUses // computed when it is first needed
}

func newLoader(b Build) *loader {
	return &loader{world: newWorld(), dirs: map[string]*pkg{}, tests: map[string]withTests{}, build: b}
}

const listedFields = "ImportPath,Dir,GoFiles,CompiledGoFiles,TestGoFiles,XTestGoFiles,Export,ImportMap,DepOnly,ForTest,Module,Error,DepsErrors"

// packages loads the packages in the given folders that are not loaded yet, together.
func (l *loader) packages(dirs ...string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	fresh := l.fresh(dirs, func(dir string) bool { _, known := l.dirs[dir]; return known })
	if len(fresh) == 0 {
		return
	}
	found, err := l.list(false, fresh)
	why := l.loadAll(found, func(p *listed, q *pkg) { l.dirs[q.dir] = q })
	for _, dir := range fresh {
		if _, loaded := l.dirs[dir]; !loaded {
			l.dirs[dir] = nil
			l.leaveOut(dir, why[dir], err)
		}
	}
}

// functionsOf returns the functions of a package that is loaded, with its initialisation.
func (l *loader) functionsOf(s *ssa.Package) []*ssa.Function {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, p := range l.dirs {
		if p != nil && p.types == s.Pkg {
			return append([]*ssa.Function{s.Func("init")}, p.funcs...)
		}
	}
	return nil
}

// packagesWithTests loads the packages in the given folders with their tests, unless they are loaded so.
func (l *loader) packagesWithTests(dirs ...string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	fresh := l.fresh(dirs, func(dir string) bool { _, known := l.tests[dir]; return known })
	if len(fresh) == 0 {
		return
	}
	for _, dir := range fresh {
		l.tests[dir] = withTests{}
	}
	found, err := l.list(true, fresh)
	external := func(p *listed) bool { path, _, _ := strings.Cut(p.ImportPath, " "); return path != p.ForTest }
	found = slices.DeleteFunc(found, func(p *listed) bool { return !p.DepOnly && p.ForTest == "" && strings.HasSuffix(p.ImportPath, ".test") })
	why := l.loadAll(found, func(p *listed, q *pkg) {
		t := l.tests[q.dir]
		switch {
		case p.ForTest == "":
			if t.internal == nil { // a package without tests of its own
				t.internal = q
			}
		case external(p):
			t.external = q
		default:
			t.internal = q
		}
		l.tests[q.dir] = t
	})
	for _, dir := range fresh {
		if l.tests[dir] == (withTests{}) {
			l.leaveOut(dir, why[dir], err)
		}
	}
}

// fresh returns the folders that are not loaded yet, each once. If many packages are loaded it removes all of them before.
func (l *loader) fresh(dirs []string, known func(dir string) bool) (fresh []string) {
	for _, dir := range dirs {
		if !known(dir) && !slices.Contains(fresh, dir) {
			fresh = append(fresh, dir)
		}
	}
	if len(fresh) > 0 && l.world.loaded >= maxPackages {
		l.world = newWorld()
		for dir, p := range l.dirs {
			if p != nil {
				delete(l.dirs, dir)
			}
		}
		clear(l.tests)
	}
	return fresh
}

// loadAll loads the packages that go list was asked for, and calls add with each. It returns why others were not loaded,
// by folder.
func (l *loader) loadAll(found []*listed, add func(p *listed, q *pkg)) map[string]error {
	why := map[string]error{}
	for _, p := range found {
		if p.Export != "" {
			l.world.exports[p.ImportPath] = p.Export
		}
	}
	var all []*checked
	for _, p := range found {
		if p.DepOnly {
			continue
		}
		c, err := l.world.check(p)
		if err != nil {
			why[filepath.ToSlash(p.Dir)] = err
			continue
		}
		all = append(all, c)
	}
	for i, s := range l.world.build(all) {
		add(all[i].listed, functions(all[i], s))
	}
	return why
}

// leaveOut records that the package in a folder could not be loaded: because the go command failed with err, or why. A folder that
// has only tests has nothing to load without them.
func (l *loader) leaveOut(dir string, why, err error) {
	if why == errOnlyTests && err == nil {
		return
	}
	if why = cmp.Or(err, why); why == nil {
		why = errors.New("go list returned no package in this folder")
	}
	l.unchecked = append(l.unchecked, Unchecked{Dir: dir, Why: why.Error()})
}

// in returns the package in a folder, nil if it cannot be loaded.
func (l *loader) in(dir string) *pkg { return l.with(dir, "") }

// with returns the package in a folder that has a file, nil if it cannot be loaded. Without a file name, or for files that
// are no tests, it is the one with tests if that is loaded.
func (l *loader) with(dir, file string) *pkg {
	l.mu.Lock()
	t, ok := l.tests[dir]
	l.mu.Unlock()
	if ok && t.external != nil && t.external.files[file] {
		return t.external
	}
	if ok && t.internal != nil {
		return t.internal
	}
	l.packages(dir)
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.dirs[dir]
}

// function returns the function that obj declares, loading its package from the folder of its file.
func (l *loader) function(file string, obj *types.Func) *ssa.Function {
	if file == "" {
		return nil
	}
	if p := l.packageAt(file); p != nil {
		return p.named[obj.Origin().FullName()]
	}
	return nil
}

// packageAt returns the package that a file belongs to, nil if it cannot be loaded.
func (l *loader) packageAt(file string) *pkg {
	return l.with(filepath.ToSlash(filepath.Dir(file)), filepath.Base(file))
}

// failed returns the packages that could not be loaded.
func (l *loader) failed() []Unchecked {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.unchecked)
}
