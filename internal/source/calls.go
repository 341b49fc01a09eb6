package source

import (
	"go/ast"
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone/internal/frame"
)

// inspect walks what fn itself runs: its body without the bodies of function literals in it.
func inspect(fn ast.Node, visit func(ast.Node) bool) {
	b := body(fn)
	if b == nil {
		return
	}
	ast.Inspect(b, func(n ast.Node) bool {
		if _, ok := n.(*ast.FuncLit); ok {
			return false
		}
		return visit(n)
	})
}

// calls returns the calls of fn itself that a frame at line may be in. The compiler gives a call the line of its opening
// parenthesis. Calls that only cover the line count when there is no such call. The calls of go and defer statements run
// elsewhere.
func (f *file) calls(fn ast.Node, line int) []*ast.CallExpr {
	var exact, covering []*ast.CallExpr
	elsewhere := map[*ast.CallExpr]bool{}
	inspect(fn, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GoStmt:
			elsewhere[n.Call] = true
		case *ast.DeferStmt:
			elsewhere[n.Call] = true
		case *ast.CallExpr:
			switch {
			case elsewhere[n] || builtin(n):
			case f.at(n.Lparen) == line:
				exact = append(exact, n)
			case f.spans(n, line):
				covering = append(covering, n)
			}
		}
		return n != nil
	})
	if len(exact) > 0 {
		return exact
	}
	return covering
}

// callsTo narrows calls to those of inner, the function of the next inner frame, if a name shows which they are. A
// literal, a method value or an interface's method may go by another name. An empty inner means a method of database/sql.
func callsTo(calls []*ast.CallExpr, inner string) []*ast.CallExpr {
	is := statement
	if inner != "" {
		name := frame.Name(inner)
		name = name[strings.LastIndexByte(name, '.')+1:]
		is = func(called string) bool { return called == name && frame.Closure(inner) == 0 }
	}
	named := slices.DeleteFunc(slices.Clone(calls), func(c *ast.CallExpr) bool { return !is(callee(c)) })
	if len(named) > 0 {
		return named
	}
	return calls
}

// statement reports whether name is that of a method of database/sql that may run a statement.
func statement(name string) bool {
	switch strings.TrimSuffix(name, "Context") {
	case "Query", "QueryRow", "Exec", "Prepare", "Begin", "BeginTx", "Commit", "Rollback", "Ping":
		return true
	}
	return false
}

// callee returns the last name of what is called, or "".
func callee(call *ast.CallExpr) string {
	switch fun := operand(call).(type) {
	case *ast.Ident:
		return fun.Name
	case *ast.SelectorExpr:
		return fun.Sel.Name
	}
	return ""
}

// operand returns what is called, without parentheses and type arguments.
func operand(call *ast.CallExpr) ast.Expr {
	switch fun := ast.Unparen(call.Fun).(type) {
	case *ast.IndexExpr:
		return fun.X
	case *ast.IndexListExpr:
		return fun.X
	default:
		return fun
	}
}

// builtin reports whether call is one of the language's own functions or conversions, which never lead to a statement.
func builtin(call *ast.CallExpr) bool {
	switch fun := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		return builtins[fun.Name]
	case *ast.ArrayType, *ast.MapType, *ast.ChanType, *ast.InterfaceType, *ast.StarExpr:
		return true
	}
	return false
}

var builtins = map[string]bool{
	"any": true, "append": true, "bool": true, "byte": true, "cap": true, "clear": true, "close": true, "complex": true,
	"copy": true, "delete": true, "float32": true, "float64": true, "int": true, "int16": true, "int32": true, "int64": true,
	"int8": true, "len": true, "make": true, "max": true, "min": true, "new": true, "panic": true, "print": true,
	"println": true, "recover": true, "rune": true, "string": true, "uint": true, "uint16": true, "uint32": true,
	"uint64": true, "uint8": true, "uintptr": true,
}
