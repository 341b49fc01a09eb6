package counters

import (
	"go/ast"
	"path"
	"strconv"
)

// builtins are the functions and types of the language. A call of one leads to no statement.
var builtins = set("append", "cap", "clear", "close", "complex", "copy", "delete", "imag", "len", "make", "max", "min", "new", "panic", "print",
	"println", "real", "recover", "any", "bool", "byte", "complex128", "complex64", "error", "float32", "float64", "int", "int16", "int32", "int64", "int8",
	"rune", "string", "uint", "uint16", "uint32", "uint64", "uint8", "uintptr")

// pure are packages of the standard library whose functions call none that they are given.
var pure = set("bytes", "cmp", "errors", "fmt", "math", "math/big", "math/bits", "math/rand", "math/rand/v2", "path", "path/filepath", "strconv",
	"strings", "sync/atomic", "time", "unicode", "unicode/utf16", "unicode/utf8", "unsafe")

func set(list ...string) map[string]bool {
	m := make(map[string]bool, len(list))
	for _, s := range list {
		m[s] = true
	}
	return m
}

// pureImports returns the names by which a file imports packages that are pure.
func pureImports(tree *ast.File) map[string]bool {
	names := map[string]bool{}
	for _, spec := range tree.Imports {
		p, err := strconv.Unquote(spec.Path.Value)
		if err != nil || !pure[p] {
			continue
		}
		name := path.Base(p)
		if name == "v2" {
			name = "rand"
		}
		if spec.Name != nil {
			name = spec.Name.Name
		}
		names[name] = true
	}
	return names
}

// calls reports whether a part of a loop has a call that may lead to a statement. Function literals count as well: what they call may run
// in the loop.
func (r *rewriter) calls(part ast.Node) bool {
	found := false
	if part == nil {
		return false
	}
	ast.Inspect(part, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok && !found {
			callee, known := r.scope.callee(call.Fun)
			found = !known || callee != "" && !r.graph.harmless(callee)
		}
		return !found
	})
	return found
}
