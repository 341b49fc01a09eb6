package source

import (
	"go/ast"
	"go/token"
	"path"

	"github.com/nplusgone/nplusgone/internal/frame"
)

// A declaration is one place where a name gets a value: value, or one of type typ, or one that nothing here tells.
type declaration struct {
	typ, value ast.Expr
	constant   bool
}

// declarations returns all that give name a value: in c's top-level function, or if that has none, in the package.
// Scopes inside the function are not told apart, so that the answer is right for a caller that asks something of all.
func (f *Finder) declarations(c *code, name string) []declaration {
	if local := declared(c.decl, name); len(local) > 0 {
		return local
	}
	return f.globals.get(global{path.Dir(c.frame.File), c.packageName(), frame.Test(c.frame.File), name}, func() []declaration {
		return f.ofPackage(c, name)
	})
}

// ofPackage is declarations for a name of c's package.
func (f *Finder) ofPackage(c *code, name string) []declaration {
	var all []declaration
	found := false
	for _, tree := range f.packageOf(c) {
		for _, decl := range tree.Decls {
			switch decl := decl.(type) {
			case *ast.GenDecl:
				if d := declared(decl, name); len(d) > 0 {
					all, found = append(all, d...), true
				}
			case *ast.FuncDecl: // may change a variable of the package
				all = append(all, assigned(decl, name)...)
			}
		}
	}
	if !found {
		return nil
	}
	return all
}

// declared collects what gives name a value below root.
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

// assigned returns what gives the package's variable name another value in decl, if name is not a variable of its own.
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
