package loops

import (
	"go/ast"
	"go/token"
	"slices"

	"github.com/nplusgone/nplusgone/internal/source/files"
)

// mayLookUp reports whether fn, before its line, takes a result and whether there was one from a map or a method, and a
// condition on that decides whether the line runs. Types then show whether it was a cache.
func mayLookUp(fn *files.Function) bool {
	var found []string
	files.Inspect(fn.Node, func(n ast.Node) bool {
		if n == nil || fn.File.At(n.Pos()) > fn.Frame.Line {
			return false
		}
		if a, ok := n.(*ast.AssignStmt); ok && len(a.Lhs) == 2 && len(a.Rhs) == 1 {
			id, isName := a.Lhs[1].(*ast.Ident)
			switch ast.Unparen(a.Rhs[0]).(type) {
			case *ast.IndexExpr, *ast.CallExpr:
				if isName && id.Name != "_" {
					found = append(found, id.Name)
				}
			}
		}
		return true
	})
	if len(found) == 0 {
		return false
	}
	hit := false
	files.Inspect(fn.Node, func(n ast.Node) bool {
		if cond, ok := n.(*ast.IfStmt); ok && fn.File.At(n.Pos()) <= fn.Frame.Line {
			switch held, about := decidedBy(cond.Cond, found); {
			case about && held:
				hit = hit || goesElsewhere(cond.Body)
			case about:
				hit = hit || fn.File.At(cond.Body.Lbrace) <= fn.Frame.Line && fn.Frame.Line <= fn.File.At(cond.Body.Rbrace)
			}
		}
		return n != nil
	})
	return hit
}

// decidedBy reports whether cond is about one of names, and whether the look-up found something if cond holds.
func decidedBy(cond ast.Expr, names []string) (held, about bool) {
	is := func(e ast.Expr) bool {
		id, ok := ast.Unparen(e).(*ast.Ident)
		return ok && slices.Contains(names, id.Name)
	}
	switch e := ast.Unparen(cond).(type) {
	case *ast.Ident:
		return true, is(e)
	case *ast.UnaryExpr:
		return false, e.Op == token.NOT && is(e.X)
	case *ast.BinaryExpr:
		if e.Op == token.LAND {
			if held, about := decidedBy(e.X, names); about {
				return held, true
			}
			return decidedBy(e.Y, names)
		}
		return e.Op == token.EQL, (e.Op == token.EQL || e.Op == token.NEQ) && is(e.X) && isNil(e.Y)
	}
	return false, false
}

// goesElsewhere reports whether the last statement of b leaves the function or the turn.
func goesElsewhere(b *ast.BlockStmt) bool {
	if leaves(b) {
		return true
	}
	if len(b.List) == 0 {
		return false
	}
	last, ok := b.List[len(b.List)-1].(*ast.BranchStmt)
	return ok && last.Tok == token.CONTINUE
}
