package loops

import (
	"go/ast"

	"github.com/nplusgone/nplusgone/internal/source/files"
)

// passes reports whether loop ranges over a collection, and each of the calls gets the element or a field of it: as it is, as the result of
// a function of package strings, or from a variable that holds one of these.
func passes(loop ast.Stmt, calls []*ast.CallExpr) bool {
	l, ok := loop.(*ast.RangeStmt)
	if !ok || len(calls) == 0 {
		return false
	}
	element, ok := l.Value.(*ast.Ident)
	if !ok || element.Name == "_" {
		return false
	}
	holds := map[string]bool{element.Name: true}
	var is func(e ast.Expr) bool
	is = func(e ast.Expr) bool {
		switch e := e.(type) {
		case *ast.Ident:
			return holds[e.Name]
		case *ast.SelectorExpr:
			return is(e.X)
		case *ast.CallExpr:
			return len(e.Args) > 0 && is(e.Args[0]) && ofText(e.Fun)
		}
		return false
	}
	files.Inspect(l.Body, func(n ast.Node) bool {
		if a, ok := n.(*ast.AssignStmt); ok && len(a.Lhs) == 1 && len(a.Rhs) == 1 {
			if name, ok := a.Lhs[0].(*ast.Ident); ok {
				holds[name.Name] = is(a.Rhs[0])
			}
		}
		return n != nil
	})
	for _, call := range calls {
		gets := false
		for _, arg := range call.Args {
			gets = gets || is(arg)
		}
		if !gets {
			return false
		}
	}
	return true
}

// ofText reports whether fun is a function of package strings, or the conversion to string.
func ofText(fun ast.Expr) bool {
	switch fun := fun.(type) {
	case *ast.Ident:
		return fun.Name == "string"
	case *ast.SelectorExpr:
		pkg, ok := fun.X.(*ast.Ident)
		return ok && pkg.Name == "strings"
	}
	return false
}
