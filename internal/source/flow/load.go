package flow

import (
	"context"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/tools/go/packages"
	"golang.org/x/tools/go/ssa"
)

// What the analysis may cost a process. Beyond it nothing is known any more.
const (
	maxLoads    = 96               // calls of the go command
	loadTime    = 20 * time.Second // of all of them together
	maxPackages = 64               // kept, some 4 MB each; the oldest one goes first
	maxValues   = 20_000           // followed for one statement
	maxCalls    = 256              // descended into for one statement
)

// A loader reads packages of the user's with their types, each once. Packages that they import come as export data, from
// the build cache that compiled the running binary.
type loader struct {
	mu     sync.Mutex
	dirs   map[string]*pkg // by folder, nil for one that could not be loaded
	order  []string        // of dirs, those that are loaded, the oldest first
	loads  int
	spent  time.Duration
	flags  []string
	enough bool

	trouble string // why something could not be loaded, the first time
}

// A pkg is one package in SSA form.
type pkg struct {
	path  string
	dir   string
	fset  *token.FileSet
	funcs []*ssa.Function // with syntax, the anonymous ones too
	named map[string]*ssa.Function
}

func newLoader() *loader {
	return &loader{dirs: map[string]*pkg{}, flags: buildFlags()}
}

// buildFlags returns the flags that the running binary was built with, so that the same files are read and the same export
// data is found. Whatever GOFLAGS says, the go command must not touch the user's go.mod.
func buildFlags() []string {
	var flags []string
	if strings.Contains(os.Getenv("GOFLAGS"), "-mod=mod") {
		flags = append(flags, "-mod=readonly")
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return nil
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

const syntax = packages.NeedName | packages.NeedFiles | packages.NeedCompiledGoFiles | packages.NeedImports | packages.NeedTypes |
	packages.NeedTypesSizes | packages.NeedTypesInfo | packages.NeedSyntax | packages.NeedExportFile

// config returns how to load packages from a folder. It never reaches for the network.
func (l *loader) config(ctx context.Context, dir string, mode packages.LoadMode) *packages.Config {
	return &packages.Config{
		Context: ctx, Mode: mode, Dir: dir, BuildFlags: l.flags,
		Env: append(os.Environ(), "GOPROXY=off", "GOSUMDB=off"),
	}
}

// load calls the go command, within the bounds of the process. The caller holds mu.
func (l *loader) load(dir string, mode packages.LoadMode, patterns ...string) []*packages.Package {
	if l.enough || l.loads >= maxLoads || l.spent >= loadTime {
		l.enough = true
		l.fail(fmt.Sprintf("reading the types of the source took longer than %v, or more than %d calls of the go command", loadTime, maxLoads))
		return nil
	}
	l.loads++
	start := time.Now()
	ctx, cancel := context.WithTimeout(context.Background(), loadTime-l.spent)
	defer cancel()
	found, err := packages.Load(l.config(ctx, dir, mode), patterns...)
	l.spent += time.Since(start)
	if err != nil {
		l.fail(err.Error())
		return nil
	}
	return found
}

func (l *loader) fail(why string) {
	if l.trouble == "" {
		l.trouble = why
	}
}

// failed returns why something could not be loaded, or "".
func (l *loader) failed() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.trouble
}

// packages returns the packages in the given folders, those that can be loaded. Folders that are not known yet are loaded
// together.
func (l *loader) packages(dirs ...string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	var fresh []string
	for _, dir := range dirs {
		if _, known := l.dirs[dir]; !known && !slices.Contains(fresh, dir) {
			fresh = append(fresh, dir)
		}
	}
	if len(fresh) == 0 {
		return
	}
	for _, p := range l.load(fresh[0], syntax, fresh...) {
		if len(p.Errors) > 0 {
			l.fail(p.Errors[0].Error())
		}
		if q := build(p); q != nil {
			l.dirs[q.dir] = q
			l.order = append(l.order, q.dir)
		}
	}
	for len(l.order) > max(maxPackages, len(fresh)) {
		delete(l.dirs, l.order[0])
		l.order = l.order[1:]
	}
	for _, dir := range fresh {
		if _, loaded := l.dirs[dir]; !loaded {
			l.dirs[dir] = nil
		}
	}
}

// in returns the package in a folder, nil if it cannot be loaded.
func (l *loader) in(dir string) *pkg {
	l.packages(dir)
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.dirs[dir]
}

// build makes the SSA form of a package that has no errors.
func build(p *packages.Package) *pkg {
	if len(p.Errors) > 0 || len(p.CompiledGoFiles) == 0 || p.Types == nil || p.IllTyped || len(p.Syntax) == 0 {
		return nil
	}
	prog := ssa.NewProgram(p.Fset, 0)
	seen := map[*types.Package]bool{}
	var imports func(list []*types.Package)
	imports = func(list []*types.Package) {
		for _, dep := range list {
			if !seen[dep] {
				seen[dep] = true
				prog.CreatePackage(dep, nil, nil, true)
				imports(dep.Imports())
			}
		}
	}
	imports(p.Types.Imports())
	s := prog.CreatePackage(p.Types, p.Syntax, p.TypesInfo, false)
	s.Build()
	q := &pkg{path: p.PkgPath, dir: filepath.ToSlash(filepath.Dir(p.CompiledGoFiles[0])), fset: p.Fset, named: map[string]*ssa.Function{}}
	for _, f := range p.GoFiles {
		q.dir = filepath.ToSlash(filepath.Dir(f)) // a file that cgo made lies elsewhere
		break
	}
	var add func(fn *ssa.Function)
	add = func(fn *ssa.Function) {
		q.funcs = append(q.funcs, fn)
		for _, anon := range fn.AnonFuncs {
			add(anon)
		}
	}
	for _, file := range p.Syntax {
		for _, decl := range file.Decls {
			if fd, ok := decl.(*ast.FuncDecl); ok {
				if obj, ok := p.TypesInfo.Defs[fd.Name].(*types.Func); ok {
					if fn := prog.FuncValue(obj); fn != nil && fn.Blocks != nil {
						add(fn)
						q.named[obj.FullName()] = fn
					}
				}
			}
		}
	}
	for _, m := range s.Members { // literals in package variables
		if fn, ok := m.(*ssa.Function); ok && fn.Name() == "init" {
			for _, anon := range fn.AnonFuncs {
				add(anon)
			}
		}
	}
	return q
}

// function returns the function that obj declares, loading its package from the folder that its file lies in.
func (l *loader) function(file string, obj *types.Func) *ssa.Function {
	if file == "" || strings.HasSuffix(file, "_test.go") {
		return nil
	}
	if p := l.in(filepath.ToSlash(filepath.Dir(file))); p != nil {
		return p.named[obj.Origin().FullName()]
	}
	return nil
}
