package flow

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/tools/go/ssa"
)

// What loading and analysis may cost a process. Packages beyond these limits are unchecked, see Analyser.Unchecked.
const (
	maxLoads    = 96               // calls of the go command
	loadTime    = 20 * time.Second // for all calls of the go command together
	maxPackages = 64               // in SSA form, about 1 MB each; then all are removed
	maxValues   = 20_000           // values followed for one statement
	maxCalls    = 256              // calls descended into for one statement
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
	flags     []string
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
}

func newLoader() *loader {
	return &loader{world: newWorld(), dirs: map[string]*pkg{}, tests: map[string]withTests{}, flags: buildFlags()}
}

// buildFlags returns the flags that the running binary was built with, so that the same files are read and the same
// export data is found. Whatever GOFLAGS says, the go command must not change the user's go.mod.
func buildFlags() []string {
	var flags []string
	if strings.Contains(os.Getenv("GOFLAGS"), "-mod=mod") {
		flags = append(flags, "-mod=readonly")
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return flags
	}
	for _, s := range info.Settings {
		switch {
		case (s.Key == "-tags" || s.Key == "-gcflags") && s.Value != "":
			flags = append(flags, s.Key+"="+s.Value)
		case s.Key == "-race" && s.Value == "true", s.Key == "-trimpath" && s.Value == "true":
			flags = append(flags, s.Key)
		}
	}
	return flags
}

// A listed is a package as go list prints it.
type listed struct {
	ImportPath      string
	Dir             string
	GoFiles         []string
	CompiledGoFiles []string
	Export          string
	ImportMap       map[string]string
	DepOnly         bool
	ForTest         string
	Module          *struct{ GoVersion string }
	Error           *struct{ Err string }
	DepsErrors      []struct{ Err string }
}

const listedFields = "ImportPath,Dir,GoFiles,CompiledGoFiles,Export,ImportMap,DepOnly,ForTest,Module,Error,DepsErrors"

// list runs go list for the packages in the given folders, with their tests if these are wanted, within the limits of the
// process. It never uses the network. The caller holds mu.
func (l *loader) list(tests bool, dirs []string) ([]*listed, error) {
	if l.loads >= maxLoads || l.spent >= loadTime {
		return nil, fmt.Errorf("reading types took more than %v or %d calls of the go command", loadTime, maxLoads)
	}
	l.loads++
	start := time.Now()
	defer func() { l.spent += time.Since(start) }()
	ctx, cancel := context.WithTimeout(context.Background(), loadTime-l.spent)
	defer cancel()
	args := append([]string{"list", "-e", "-export", "-compiled", "-deps", "-json=" + listedFields}, l.flags...)
	if tests {
		args = append(args, "-test")
	}
	cmd := exec.CommandContext(ctx, "go", append(append(args, "--"), dirs...)...)
	cmd.Dir = dirs[0]
	cmd.Env = append(os.Environ(), "GOPROXY=off", "GOSUMDB=off", "PWD="+dirs[0])
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	cmd.WaitDelay = time.Second
	if err := cmd.Run(); err != nil {
		if ctx.Err() != nil {
			return nil, fmt.Errorf("reading types took more than %v", loadTime)
		}
		return nil, fmt.Errorf("go list: %w: %s", err, firstLine(stderr.String()))
	}
	var all []*listed
	for d := json.NewDecoder(&stdout); ; {
		p := new(listed)
		if err := d.Decode(p); errors.Is(err, io.EOF) {
			return all, nil
		} else if err != nil {
			return nil, fmt.Errorf("reading the output of go list: %w", err)
		}
		all = append(all, p)
	}
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(s), "\n")
	return line
}

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
func (l *loader) loadAll(found []*listed, add func(p *listed, q *pkg)) map[string]string {
	why := map[string]string{}
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
			why[filepath.ToSlash(p.Dir)] = err.Error()
			continue
		}
		all = append(all, c)
	}
	for i, s := range l.world.build(all) {
		add(all[i].listed, functions(all[i], s))
	}
	return why
}

// leaveOut records that the package in a folder could not be loaded.
func (l *loader) leaveOut(dir, why string, err error) {
	if err != nil {
		why = err.Error()
	} else if why == "" {
		why = "go list returned no package in this folder"
	}
	l.unchecked = append(l.unchecked, Unchecked{Dir: dir, Why: why})
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

// A checked is a package with its types.
type checked struct {
	listed *listed
	fset   *token.FileSet
	trees  []*ast.File
	types  *types.Package
	info   *types.Info
	files  map[string]bool // base names
}

// check parses and type-checks a package. A package with errors is not loaded.
func (w *world) check(p *listed) (*checked, error) {
	switch {
	case p.Error != nil:
		return nil, errors.New(firstLine(p.Error.Err))
	case len(p.DepsErrors) > 0:
		return nil, errors.New(firstLine(p.DepsErrors[0].Err))
	case len(p.CompiledGoFiles) == 0:
		return nil, errors.New("the package has no Go files")
	}
	c := &checked{listed: p, fset: w.fset, files: map[string]bool{}, info: &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Implicits: map[ast.Node]types.Object{}, Instances: map[*ast.Ident]types.Instance{}, Scopes: map[ast.Node]*types.Scope{},
		Selections: map[*ast.SelectorExpr]*types.Selection{}, FileVersions: map[*ast.File]string{},
	}}
	for _, name := range p.CompiledGoFiles {
		if !filepath.IsAbs(name) {
			name = filepath.Join(p.Dir, name)
		}
		c.files[filepath.Base(name)] = true
		tree, err := parser.ParseFile(w.fset, name, nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		c.trees = append(c.trees, tree)
	}
	imports := w.imports
	if len(p.ImportMap) > 0 {
		imports = w.importer(p.ImportMap)
	}
	cfg := types.Config{Importer: imports, Sizes: types.SizesFor("gc", runtime.GOARCH)}
	if p.Module != nil && p.Module.GoVersion != "" {
		cfg.GoVersion = "go" + p.Module.GoVersion
	}
	path, _, _ := strings.Cut(p.ImportPath, " ") // without the test that it was built for
	var err error
	if c.types, err = cfg.Check(path, w.fset, c.trees, c.info); err != nil {
		return nil, err
	}
	w.loaded++
	return c, nil
}

// build makes the SSA form of packages, in a program of their own: an imported package gets more members when later
// packages import it as well, and a program has only those that were there when it was made.
func (w *world) build(all []*checked) (built []*ssa.Package) {
	prog := ssa.NewProgram(w.fset, 0)
	created := map[*types.Package]bool{}
	for _, c := range all {
		created[c.types] = true
	}
	var imported func(list []*types.Package)
	imported = func(list []*types.Package) {
		for _, dep := range list {
			if !created[dep] {
				created[dep] = true
				prog.CreatePackage(dep, nil, nil, true) // without function bodies
				imported(dep.Imports())
			}
		}
	}
	for _, c := range all {
		imported(c.types.Imports())
		built = append(built, prog.CreatePackage(c.types, c.trees, c.info, false))
	}
	for _, s := range built {
		s.Build()
	}
	return built
}

// functions collects the functions of a package that have a body.
func functions(c *checked, s *ssa.Package) *pkg {
	q := &pkg{
		dir: filepath.ToSlash(c.listed.Dir), fset: c.fset, path: c.types.Path(), types: c.types, files: c.files, named: map[string]*ssa.Function{},
	}
	var add func(fn *ssa.Function)
	add = func(fn *ssa.Function) {
		q.funcs = append(q.funcs, fn)
		for _, anon := range fn.AnonFuncs {
			add(anon)
		}
	}
	for _, tree := range c.trees {
		for _, decl := range tree.Decls {
			fd, ok := decl.(*ast.FuncDecl)
			if !ok {
				continue
			}
			obj, ok := c.info.Defs[fd.Name].(*types.Func)
			if !ok {
				continue
			}
			if fn := s.Prog.FuncValue(obj); fn != nil && fn.Blocks != nil {
				add(fn)
				q.named[obj.FullName()] = fn
			}
		}
	}
	if fn := s.Func("init"); fn != nil { // function literals in package variables
		for _, anon := range fn.AnonFuncs {
			add(anon)
		}
	}
	q.lines = lineIndex(q.fset, q.funcs)
	return q
}

// function returns the function that obj declares, loading its package from the folder of its file.
func (l *loader) function(file string, obj *types.Func) *ssa.Function {
	if file == "" {
		return nil
	}
	if p := l.with(filepath.ToSlash(filepath.Dir(file)), filepath.Base(file)); p != nil {
		return p.named[obj.Origin().FullName()]
	}
	return nil
}

// failed returns the packages that could not be loaded.
func (l *loader) failed() []Unchecked {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.unchecked)
}
