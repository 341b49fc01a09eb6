package loops

import (
	"go/ast"
	"go/token"

	"github.com/nplusgone/nplusgone/internal/analysis"
	"github.com/nplusgone/nplusgone/internal/source/files"
)

// kind returns what drives loop.
func (f *Finder) kind(fn *files.Function, loop ast.Stmt) analysis.LoopKind {
	switch loop := loop.(type) {
	case *ast.RangeStmt:
		if f.integer(fn, loop.X) {
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

// counts reports whether the post statement of a loop increments or decrements a number.
func counts(post ast.Stmt) bool {
	switch post := post.(type) {
	case *ast.IncDecStmt:
		return true
	case *ast.AssignStmt:
		return post.Tok != token.ASSIGN && post.Tok != token.DEFINE
	}
	return false
}

// inTurn visits the nodes of a turn of loop, without those of loops and function literals in it.
func inTurn(loop ast.Stmt, visit func(n ast.Node)) {
	look := func(n ast.Node) bool {
		switch n.(type) {
		case nil:
			return false
		case *ast.FuncLit, *ast.ForStmt, *ast.RangeStmt:
			return false
		}
		visit(n)
		return true
	}
	switch loop := loop.(type) {
	case *ast.RangeStmt:
		ast.Inspect(loop.X, look)
	case *ast.ForStmt:
		if loop.Cond != nil {
			ast.Inspect(loop.Cond, look)
		}
		if loop.Post != nil {
			ast.Inspect(loop.Post, look)
		}
	}
	ast.Inspect(loopBody(loop), look)
}

// sleeps reports whether a turn of loop calls a function of package time that waits or makes a timer.
func sleeps(fn *files.Function, loop ast.Stmt) bool {
	found := false
	inTurn(loop, func(n ast.Node) {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return
		}
		sel, ok := call.Fun.(*ast.SelectorExpr)
		if !ok {
			return
		}
		if pkg, ok := sel.X.(*ast.Ident); ok && importPath(fn, pkg.Name) == "time" {
			switch sel.Sel.Name {
			case "Sleep", "After", "Tick", "NewTimer", "NewTicker":
				found = true
			}
		}
	})
	return found
}

// mayWait reports whether types may show that a loop waits: one that does not go over a collection and calls a function
// or receives from a channel.
func mayWait(loop ast.Stmt) bool {
	found := false
	if r, ok := loop.(*ast.RangeStmt); ok {
		// A channel of a timer is an expression without a value that the loop uses.
		return r.Key == nil && r.Value == nil || bounded(r.X)
	}
	inTurn(loop, func(n ast.Node) {
		switch n := n.(type) {
		case *ast.CallExpr:
			found = true
		case *ast.UnaryExpr:
			found = found || n.Op == token.ARROW
		}
	})
	return found
}

// bounded reports whether e is a number that is written as one.
func bounded(e ast.Expr) bool {
	lit, ok := ast.Unparen(e).(*ast.BasicLit)
	return ok && lit.Kind == token.INT
}

// receives reports whether each turn of loop takes a value from a channel in a select: a message as it comes. A channel
// that a loop ranges over is mostly a queue of work that the program fills itself.
func receives(loop ast.Stmt) bool {
	if !mayReceive(loop) {
		return false
	}
	found := false
	inTurn(loop, func(n ast.Node) {
		if c, ok := n.(*ast.CommClause); ok && c.Comm != nil {
			a, ok := c.Comm.(*ast.AssignStmt)
			if !ok || len(a.Rhs) != 1 {
				return
			}
			e, ok := ast.Unparen(a.Rhs[0]).(*ast.UnaryExpr)
			found = found || ok && e.Op == token.ARROW
		}
	})
	return found
}

// mayReceive reports whether loop neither counts nor goes over a collection.
func mayReceive(loop ast.Stmt) bool {
	l, ok := loop.(*ast.ForStmt)
	return ok && l.Init == nil && l.Post == nil
}

// mayHaveEffects reports whether a turn of loop checks the error of a call.
func mayHaveEffects(loop ast.Stmt) bool {
	found := false
	ast.Inspect(loopBody(loop), func(n ast.Node) bool {
		if b, ok := n.(*ast.BinaryExpr); ok && (b.Op == token.NEQ || b.Op == token.EQL) {
			found = found || isNil(b.Y)
		}
		return !found
	})
	return found
}

func isNil(e ast.Expr) bool {
	id, ok := ast.Unparen(e).(*ast.Ident)
	return ok && id.Name == "nil"
}
