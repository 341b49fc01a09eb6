package files

import (
	"go/ast"
	"sync"
)

// testTypes are the types of package testing that only tests and what supports them have. Other code calls functions of the package,
// such as testing.Testing.
var testTypes = map[string]bool{"T": true, "TB": true, "B": true, "F": true, "M": true, "PB": true}

// namesTests reports whether the file names a type of package testing.
func namesTests(tree *ast.File) bool {
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
		return false
	}
	found := name == "."
	ast.Inspect(tree, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			pkg, ok := s.X.(*ast.Ident)
			found = found || ok && pkg.Name == name && testTypes[s.Sel.Name]
		}
		return !found
	})
	return found
}

// onceTests returns a function that reports whether the file names a type of package testing.
func onceTests(parse func() *ast.File) func() bool {
	return sync.OnceValue(func() bool { tree := parse(); return tree != nil && namesTests(tree) })
}
