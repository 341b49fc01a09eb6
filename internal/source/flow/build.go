package flow

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"path/filepath"
	"runtime"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// A checked is a package with its types.
type checked struct {
	listed *listed
	fset   *token.FileSet
	trees  []*ast.File
	types  *types.Package
	info   *types.Info
	files  map[string]bool // base names
}

// errOnlyTests is the error for a package that has no files but those of tests.
var errOnlyTests = errors.New("the package has only tests")

// check parses and type-checks a package. A package with errors is not loaded. go/importer panics if a newer Go release than that of
// this binary wrote the export data.
func (w *world) check(p *listed) (c *checked, err error) {
	defer func() {
		if r := recover(); r != nil {
			c, err = nil, fmt.Errorf("%v", r)
		}
	}()
	switch {
	case len(p.GoFiles) == 0 && len(p.TestGoFiles)+len(p.XTestGoFiles) > 0 && p.ForTest == "":
		return nil, errOnlyTests
	case p.Error != nil:
		return nil, errors.New(firstLine(p.Error.Err))
	case len(p.DepsErrors) > 0:
		return nil, errors.New(firstLine(p.DepsErrors[0].Err))
	case len(p.CompiledGoFiles) == 0:
		return nil, errors.New("the package has no Go files")
	}
	c = &checked{listed: p, fset: w.fset, files: map[string]bool{}, info: &types.Info{
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
