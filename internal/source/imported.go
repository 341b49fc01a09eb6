package source

import (
	"go/ast"
	"path"
	"strconv"
	"strings"

	"github.com/nplusgone/nplusgone/internal/analysis"
	"github.com/nplusgone/nplusgone/internal/frame"
)

// home returns where the name that e is declared: around c, or for pkg.Name in another package of the main module.
func (f *Finder) home(c *code, e ast.Expr) (there *code, name string, ok bool) {
	switch e := e.(type) {
	case *ast.Ident:
		return c, e.Name, true
	case *ast.SelectorExpr:
		pkg, ok := e.X.(*ast.Ident)
		if !ok || len(declared(c.decl, pkg.Name)) > 0 {
			return nil, "", false
		}
		there, ok := f.imported(c, pkg.Name)
		return there, e.Sel.Name, ok
	}
	return nil, "", false
}

// imported returns a place in the package that c's file imports as name, outside of any function, if it belongs to the
// main module.
func (f *Finder) imported(c *code, name string) (*code, bool) {
	_, tree := c.file.parse()
	for _, spec := range tree.Imports {
		importPath, err := strconv.Unquote(spec.Path.Value)
		if err != nil || spec.Name != nil && spec.Name.Name != name || spec.Name == nil && path.Base(importPath) != name {
			continue
		}
		folder := importPath
		if absolute := path.IsAbs(c.frame.File) || strings.Contains(c.frame.File, ":"); absolute {
			below, ok := strings.CutPrefix(importPath, frame.Module())
			if !ok || frame.Module() == "" || frame.Root() == "" {
				return nil, false
			}
			folder = frame.Root() + below
		}
		function := importPath + ".init"
		for _, file := range f.siblings(function, path.Join(folder, "any.go")) {
			if src, ok := f.open(function, file); ok && !frame.Test(file) {
				if _, tree := src.parse(); tree != nil {
					at := analysis.Frame{Function: function, File: file}
					return &code{file: src, frame: at, decl: &ast.BadDecl{}}, true
				}
			}
		}
	}
	return nil, false
}
