package loops

import (
	"go/ast"
	"go/token"
	"path"
	"strconv"
	"strings"
	"sync"

	"github.com/nplusgone/nplusgone/internal/analysis"
	"github.com/nplusgone/nplusgone/internal/frame"
	"github.com/nplusgone/nplusgone/internal/source/files"
)

// A declaration is one place where a name gets a value. value is nil if the value is not written there, typ if the type
// is not.
type declaration struct {
	typ, value ast.Expr
	constant   bool
}

// declarations returns all declarations and assignments of name in c's top-level function, or if there are none, in the
// package. Scopes inside the function are not distinguished: a caller has to check all declarations.
func (f *Finder) declarations(c *files.Function, name string) []declaration {
	if local := declared(c.Decl, name); len(local) > 0 {
		return local
	}
	return f.globals.get(global{path.Dir(c.Frame.File), packageName(c), frame.Test(c.Frame.File), name}, func() []declaration {
		return f.ofPackage(c, name)
	})
}

// ofPackage is declarations for a name of c's package.
func (f *Finder) ofPackage(c *files.Function, name string) []declaration {
	var all []declaration
	found := false
	for _, tree := range f.packageOf(c) {
		for _, decl := range tree.Decls {
			switch decl := decl.(type) {
			case *ast.GenDecl:
				if d := declared(decl, name); len(d) > 0 {
					all, found = append(all, d...), true
				}
			case *ast.FuncDecl: // it may assign to a variable of the package
				all = append(all, assigned(decl, name)...)
			}
		}
	}
	if !found {
		return nil
	}
	return all
}

// declared returns the declarations and assignments of name below root.
func declared(root ast.Node, name string) []declaration {
	var all []declaration
	add := func(d declaration) { all = append(all, d) }
	is := func(e ast.Expr) bool { id, ok := e.(*ast.Ident); return ok && id.Name == name }
	ast.Inspect(root, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GenDecl:
			for _, spec := range n.Specs {
				if spec, ok := spec.(*ast.ValueSpec); ok {
					for i, id := range spec.Names {
						if id.Name == name {
							d := declaration{typ: spec.Type, constant: n.Tok == token.CONST}
							if len(spec.Values) == len(spec.Names) {
								d.value = spec.Values[i]
							}
							add(d)
						}
					}
				}
			}
		case *ast.AssignStmt:
			for i, left := range n.Lhs {
				if !is(left) {
					continue
				}
				d := declaration{}
				if len(n.Lhs) == len(n.Rhs) && (n.Tok == token.ASSIGN || n.Tok == token.DEFINE) {
					d.value = n.Rhs[i]
				}
				add(d)
			}
		case *ast.IncDecStmt:
			if is(n.X) {
				add(declaration{})
			}
		case *ast.RangeStmt:
			if is(n.Key) || is(n.Value) {
				add(declaration{})
			}
		case *ast.UnaryExpr:
			if n.Op == token.AND && is(n.X) {
				add(declaration{})
			}
		case *ast.Field:
			for _, id := range n.Names {
				if id.Name == name {
					add(declaration{typ: n.Type})
				}
			}
		case *ast.StructType, *ast.InterfaceType:
			return false // their fields are no variables
		}
		return true
	})
	return all
}

// assigned returns the assignments in decl to the package's variable name, none if decl has a variable with that name.
func assigned(decl *ast.FuncDecl, name string) []declaration {
	own := false
	ast.Inspect(decl, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, left := range n.Lhs {
				id, ok := left.(*ast.Ident)
				own = own || ok && id.Name == name && n.Tok == token.DEFINE
			}
		case *ast.ValueSpec:
			for _, id := range n.Names {
				own = own || id.Name == name
			}
		case *ast.Field:
			for _, id := range n.Names {
				own = own || id.Name == name
			}
		}
		return !own
	})
	if own {
		return nil
	}
	return declared(decl, name)
}

// A global is the name of a variable or constant of a package.
type global struct {
	folder, pkg string
	tests       bool // including the package's tests
	name        string
}

// globals caches the declarations of globals. To find them the whole package is read.
type globals struct {
	mu    sync.Mutex
	named map[global][]declaration
}

const maxGlobals = 4096 // in the cache; a full cache is emptied

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

// packageOf returns the parsed files of the package of fn, its tests only if fn is one.
func (f *Finder) packageOf(fn *files.Function) []*ast.File {
	var trees []*ast.File
	for _, name := range f.files.Siblings(fn.Frame.Function, fn.Frame.File) {
		if frame.Test(name) && !frame.Test(fn.Frame.File) {
			continue
		}
		if src, ok := f.files.Open(fn.Frame.Function, name); ok {
			if tree := src.Tree(); tree != nil && tree.Name.Name == packageName(fn) {
				trees = append(trees, tree)
			}
		}
	}
	return trees
}

func packageName(fn *files.Function) string { return fn.File.Tree().Name.Name }

// home returns a function in whose file the name of e is declared: c for a name, for pkg.Name one in that package if it
// belongs to the main module.
func (f *Finder) home(c *files.Function, e ast.Expr) (there *files.Function, name string, ok bool) {
	switch e := e.(type) {
	case *ast.Ident:
		return c, e.Name, true
	case *ast.SelectorExpr:
		pkg, ok := e.X.(*ast.Ident)
		if !ok || len(declared(c.Decl, pkg.Name)) > 0 {
			return nil, "", false
		}
		there, ok := f.imported(c, pkg.Name)
		return there, e.Sel.Name, ok
	}
	return nil, "", false
}

// importPath returns the path of the package that fn's file imports under a name, "" if there is none.
func importPath(fn *files.Function, name string) string {
	for _, spec := range fn.File.Tree().Imports {
		importPath, err := strconv.Unquote(spec.Path.Value)
		if err == nil && (spec.Name != nil && spec.Name.Name == name || spec.Name == nil && path.Base(importPath) == name) {
			return importPath
		}
	}
	return ""
}

// imported returns a place outside of functions in the package that c's file imports under a name, if the package
// belongs to the main module.
func (f *Finder) imported(c *files.Function, name string) (*files.Function, bool) {
	importPath := importPath(c, name)
	if importPath == "" {
		return nil, false
	}
	folder := importPath
	if path.IsAbs(c.Frame.File) || strings.Contains(c.Frame.File, ":") {
		below, ok := strings.CutPrefix(importPath, frame.Module())
		if !ok || frame.Module() == "" || frame.Root() == "" {
			return nil, false
		}
		folder = frame.Root() + below
	}
	function := importPath + ".init"
	for _, file := range f.files.Siblings(function, path.Join(folder, "any.go")) {
		if src, ok := f.files.Open(function, file); ok && !frame.Test(file) && src.Tree() != nil {
			at := analysis.Frame{Function: function, File: file}
			return &files.Function{File: src, Frame: at, Decl: &ast.BadDecl{}}, true
		}
	}
	return nil, false
}
