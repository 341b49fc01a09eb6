package files

import (
	"go/ast"
	"go/token"
	"strings"
	"sync"

	"github.com/nplusgone/nplusgone/internal/frame"
)

// testTypes are the types of package testing that only tests and what supports them have. Other code calls functions of the package,
// such as testing.Testing.
var testTypes = map[string]bool{"T": true, "TB": true, "B": true, "F": true, "M": true, "PB": true}

// A support says what of a file only tests run.
type support struct {
	all       bool            // the file names a type of package testing
	functions map[string]bool // those that end at once if testing.Testing() is false
}

// has reports whether only tests run a function of the file.
func (s support) has(function string) bool {
	if s.all || len(s.functions) == 0 {
		return s.all
	}
	name := frame.Name(function)
	return s.functions[name[strings.LastIndexByte(name, '.')+1:]]
}

// supportOf returns what of a file only tests run.
func supportOf(tree *ast.File) (s support) {
	name := ""
	for _, i := range tree.Imports {
		if i.Path.Value == `"testing"` {
			name = "testing"
			if i.Name != nil {
				name = i.Name.Name
			}
		}
	}
	if name == "" {
		return s
	}
	s.all = name == "."
	ast.Inspect(tree, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			pkg, ok := sel.X.(*ast.Ident)
			s.all = s.all || ok && pkg.Name == name && testTypes[sel.Sel.Name]
		}
		return !s.all
	})
	s.functions = map[string]bool{}
	for _, decl := range tree.Decls {
		if fn, ok := decl.(*ast.FuncDecl); ok && fn.Body != nil && len(fn.Body.List) > 0 && endsOutsideTests(fn.Body.List[0], name) {
			s.functions[fn.Name.Name] = true
		}
	}
	return s
}

// endsOutsideTests reports whether a statement ends its function if testing.Testing() is false, by a panic or a return.
func endsOutsideTests(stmt ast.Stmt, testing string) bool {
	test, ok := stmt.(*ast.IfStmt)
	if !ok || len(test.Body.List) == 0 {
		return false
	}
	not, ok := test.Cond.(*ast.UnaryExpr)
	if !ok || not.Op != token.NOT {
		return false
	}
	call, ok := not.X.(*ast.CallExpr)
	if !ok {
		return false
	}
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	if pkg, ok := sel.X.(*ast.Ident); !ok || pkg.Name != testing || sel.Sel.Name != "Testing" {
		return false
	}
	switch last := test.Body.List[len(test.Body.List)-1].(type) {
	case *ast.ReturnStmt:
		return true
	case *ast.ExprStmt:
		call, ok := last.X.(*ast.CallExpr)
		if !ok {
			return false
		}
		fn, ok := call.Fun.(*ast.Ident)
		return ok && fn.Name == "panic"
	}
	return false
}

// onceSupport returns a function that returns what of a file only tests run.
func onceSupport(parse func() *ast.File) func() support {
	return sync.OnceValue(func() support {
		if tree := parse(); tree != nil {
			return supportOf(tree)
		}
		return support{}
	})
}
