package files

import (
	"go/ast"
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone/internal/analysis"
	"github.com/nplusgone/nplusgone/internal/frame"
)

// Inspect visits the nodes of a function's body, without those of function literals in it.
func Inspect(fn ast.Node, visit func(ast.Node) bool) {
	b := Body(fn)
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

// Calls returns the calls of fn itself that a frame at line may be in: those with their opening parenthesis on the line,
// which is where the compiler places a call, or else those that span the line. Calls of go and defer statements are left
// out, because they do not run in fn's frame.
func (f *File) Calls(fn ast.Node, line int) []*ast.CallExpr {
	var exact, covering []*ast.CallExpr
	elsewhere := map[*ast.CallExpr]bool{}
	Inspect(fn, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GoStmt:
			elsewhere[n.Call] = true
		case *ast.DeferStmt:
			elsewhere[n.Call] = true
		case *ast.CallExpr:
			switch {
			case elsewhere[n] || builtin(n):
			case f.At(n.Lparen) == line:
				exact = append(exact, n)
			case f.Spans(n, line):
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

// CallsTo returns the calls with the name of inner, the function of the next inner frame, or all calls if none has that
// name: a literal, a method value or an interface's method may be called by another name. An empty inner stands for a
// method of database/sql.
func CallsTo(calls []*ast.CallExpr, inner string) []*ast.CallExpr {
	is := statement
	if inner != "" {
		name := frame.Name(inner)
		name = name[strings.LastIndexByte(name, '.')+1:]
		is = func(called string) bool { return called == name && frame.Closure(inner) == 0 }
	}
	named := slices.DeleteFunc(slices.Clone(calls), func(c *ast.CallExpr) bool { return !is(Callee(c)) })
	if len(named) > 0 {
		return named
	}
	return calls
}

// statement reports whether a method of database/sql with that name may run a statement.
func statement(name string) bool {
	switch strings.TrimSuffix(name, "Context") {
	case "Query", "QueryRow", "Exec", "Prepare", "Begin", "BeginTx", "Commit", "Rollback", "Ping":
		return true
	}
	return false
}

// Callee returns the last name of the called expression, or "".
func Callee(call *ast.CallExpr) string {
	switch fun := Operand(call).(type) {
	case *ast.Ident:
		return fun.Name
	case *ast.SelectorExpr:
		return fun.Sel.Name
	}
	return ""
}

// Operand returns the called expression without parentheses and type arguments.
func Operand(call *ast.CallExpr) ast.Expr {
	switch fun := ast.Unparen(call.Fun).(type) {
	case *ast.IndexExpr:
		return fun.X
	case *ast.IndexListExpr:
		return fun.X
	default:
		return fun
	}
}

// CallsMethod reports whether fr's function calls a method with one of names, without arguments, on the lines from first to
// last.
func (s *Set) CallsMethod(fr analysis.Frame, first, last int, names ...string) bool {
	fn, ok := s.Locate(fr)
	if !ok {
		return false
	}
	found := false
	Inspect(fn.Node, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok && len(call.Args) == 0 {
			_, method := call.Fun.(*ast.SelectorExpr)
			line := fn.File.At(call.Lparen)
			found = found || method && first <= line && line <= last && slices.Contains(names, Callee(call))
		}
		return !found
	})
	return found
}

// builtin reports whether call is of a builtin function or a conversion, which never lead to a statement.
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

// WayTo returns the nodes from root down to target, both included, or nil.
func WayTo(root, target ast.Node) []ast.Node {
	var stack, found []ast.Node
	ast.Inspect(root, func(n ast.Node) bool {
		if n == nil {
			stack = stack[:len(stack)-1]
			return true
		}
		if found != nil || target.Pos() < n.Pos() || n.End() < target.End() {
			return false
		}
		stack = append(stack, n)
		if n == target {
			found = slices.Clone(stack)
		}
		return true
	})
	return found
}
