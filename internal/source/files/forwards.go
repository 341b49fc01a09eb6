package files

import (
	"go/ast"

	"github.com/nplusgone/nplusgone/internal/analysis"
)

// Forwards reports whether the call on fr's line is of a function that fr's function, or one that it is a literal in, was given: what
// happens there is its caller's doing.
func (s *Set) Forwards(fr analysis.Frame) bool {
	fn, ok := s.Locate(fr)
	if !ok {
		return false
	}
	given := map[string]bool{}
	for _, node := range fn.Outer {
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
			if _, ok := field.Type.(*ast.FuncType); !ok {
				continue
			}
			for _, name := range field.Names {
				given[name.Name] = true
			}
		}
	}
	calls := fn.File.Calls(fn.Node, fr.Line)
	for _, call := range calls {
		if name, ok := call.Fun.(*ast.Ident); !ok || !given[name.Name] {
			return false
		}
	}
	return len(calls) > 0
}
