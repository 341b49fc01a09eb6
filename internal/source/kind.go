package source

import (
	"go/ast"
	"go/token"
	"strings"

	"github.com/nplusgone/nplusgone/internal/analysis"
)

// kind says what drives loop.
func (f *Finder) kind(c *code, loop ast.Stmt) analysis.LoopKind {
	switch loop := loop.(type) {
	case *ast.RangeStmt:
		if f.integer(c, loop.X) {
			return analysis.LoopCounter
		}
		return analysis.LoopRange
	case *ast.ForStmt:
		switch {
		case loop.Cond == nil:
			return analysis.LoopForever
		case counts(loop.Post):
			return analysis.LoopCounter
		}
	}
	return analysis.LoopWhile
}

// counts reports whether the post statement of a loop moves a number on.
func counts(post ast.Stmt) bool {
	switch post := post.(type) {
	case *ast.IncDecStmt:
		return true
	case *ast.AssignStmt:
		return post.Tok != token.ASSIGN && post.Tok != token.DEFINE
	}
	return false
}

// integer reports whether e is an integer, as far as its syntax and a declaration in the same function show.
func (f *Finder) integer(c *code, e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.BasicLit:
		return e.Kind == token.INT
	case *ast.BinaryExpr:
		return f.integer(c, e.X) || f.integer(c, e.Y)
	case *ast.CallExpr:
		id, ok := e.Fun.(*ast.Ident)
		return ok && integerTypes[id.Name] || ok && (id.Name == "len" || id.Name == "cap" || id.Name == "min" || id.Name == "max")
	case *ast.Ident:
		for _, d := range f.declarations(c, e.Name) {
			if t, ok := d.typ.(*ast.Ident); ok && integerTypes[t.Name] {
				return true
			}
			if d.value != nil && !mentions(d.value, e.Name) && f.integer(c, d.value) {
				return true
			}
		}
	}
	return false
}

var integerTypes = map[string]bool{
	"byte": true, "int": true, "int16": true, "int32": true, "int64": true, "int8": true, "uint": true, "uint16": true,
	"uint32": true, "uint64": true, "uint8": true, "uintptr": true,
}

// waits reports whether a turn of loop sleeps or waits for a timer.
func waits(loop ast.Stmt) bool {
	found := false
	look := func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit, *ast.ForStmt, *ast.RangeStmt:
			return false // what a loop within waits for is its own
		case *ast.CallExpr:
			found = found || timer(n)
		case *ast.UnaryExpr:
			found = found || n.Op == token.ARROW && channelOfTimer(n.X)
		}
		return !found
	}
	switch loop := loop.(type) {
	case *ast.RangeStmt:
		ast.Inspect(loop.X, look)
		found = found || channelOfTimer(loop.X)
	case *ast.ForStmt:
		if loop.Post != nil {
			ast.Inspect(loop.Post, look)
		}
	}
	ast.Inspect(loopBody(loop), look)
	return found
}

// timer reports whether call makes the program wait, or makes what it will wait for.
func timer(call *ast.CallExpr) bool {
	name := callee(call)
	if strings.HasSuffix(strings.ToLower(name), "sleep") {
		return true
	}
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	pkg, ok := sel.X.(*ast.Ident)
	if !ok || pkg.Name != "time" {
		return false
	}
	switch name {
	case "After", "Tick", "NewTimer", "NewTicker":
		return true
	}
	return false
}

// channelOfTimer reports whether e is the channel of a time.Timer or time.Ticker, which is called C.
func channelOfTimer(e ast.Expr) bool {
	sel, ok := ast.Unparen(e).(*ast.SelectorExpr)
	return ok && sel.Sel.Name == "C"
}

// mentions reports whether n names an identifier.
func mentions(n ast.Node, name string) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		found = found || ok && id.Name == name
		return !found
	})
	return found
}
