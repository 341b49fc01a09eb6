package files

import (
	"go/ast"
	"slices"

	"github.com/nplusgone/nplusgone/internal/analysis"
)

// Forwards reports whether the call on fr's line is of a function that fr's function, or one that it is a literal in, was given: what
// happens there is its caller's doing.
func (s *Set) Forwards(fr analysis.Frame) bool {
	fn, ok := s.Locate(fr)
	if !ok {
		return false
	}
	given := parameters(fn.Outer, func(t ast.Expr) bool {
		_, function := t.(*ast.FuncType)
		return function
	})
	calls := fn.File.Calls(fn.Node, fr.Line)
	for _, call := range calls {
		if name, ok := call.Fun.(*ast.Ident); !ok || !given[name.Name] {
			return false
		}
	}
	return len(calls) > 0
}

// PassesOn reports whether the call on fr's line gets a text and a list of values that are both parameters of fr's function, as in
// db.Query(query, args...): the function runs a statement of its caller.
func (s *Set) PassesOn(fr analysis.Frame) bool {
	fn, ok := s.Locate(fr)
	if !ok {
		return false
	}
	own := fn.Outer[len(fn.Outer)-1:]
	texts := parameters(own, func(t ast.Expr) bool {
		name, ok := t.(*ast.Ident)
		return ok && name.Name == "string"
	})
	lists := parameters(own, func(t ast.Expr) bool {
		switch t := t.(type) {
		case *ast.Ellipsis:
			return anyType(t.Elt)
		case *ast.ArrayType:
			return t.Len == nil && anyType(t.Elt)
		}
		return false
	})
	return slices.ContainsFunc(fn.File.Calls(fn.Node, fr.Line), func(call *ast.CallExpr) bool {
		n := len(call.Args)
		return call.Ellipsis.IsValid() && n >= 2 && isOne(call.Args[n-2], texts) && isOne(call.Args[n-1], lists)
	})
}

// parameters returns the names of the functions' parameters whose types are wanted.
func parameters(functions []ast.Node, wanted func(ast.Expr) bool) map[string]bool {
	names := map[string]bool{}
	for _, node := range functions {
		var params *ast.FieldList
		switch node := node.(type) {
		case *ast.FuncDecl:
			params = node.Type.Params
		case *ast.FuncLit:
			params = node.Type.Params
		default:
			continue
		}
		for _, field := range params.List {
			if !wanted(field.Type) {
				continue
			}
			for _, name := range field.Names {
				names[name.Name] = true
			}
		}
	}
	return names
}

// anyType reports whether a type is written any or interface{}.
func anyType(t ast.Expr) bool {
	switch t := t.(type) {
	case *ast.Ident:
		return t.Name == "any"
	case *ast.InterfaceType:
		return len(t.Methods.List) == 0
	}
	return false
}

// isOne reports whether e is one of the named variables.
func isOne(e ast.Expr, names map[string]bool) bool {
	name, ok := e.(*ast.Ident)
	return ok && names[name.Name]
}
