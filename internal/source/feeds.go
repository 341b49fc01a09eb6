package source

import (
	"go/ast"
	"go/token"

	"github.com/nplusgone/nplusgone/internal/source/files"
)

// feeds reports whether what a call is given changes with the turns of loop and comes from what the statement returned:
// a variable that the loop sets, or an element at an index that it moves.
func (r *run) feeds(loop ast.Node, call *ast.CallExpr, s state) bool {
	set := r.setIn(loop)
	varies := func(e ast.Expr) bool {
		found := false
		ast.Inspect(e, func(n ast.Node) bool {
			id, ok := n.(*ast.Ident)
			found = found || ok && set[r.vars[id]]
			return !found
		})
		return found
	}
	return probe{
		vars:  r.vars,
		holds: func(p part) bool { return set[p.v] && s.has(p) },
		answer: func(e ast.Expr) bool {
			switch e := e.(type) {
			case *ast.IndexExpr:
				return varies(e.Index) && r.hot(e.X, s)
			case *ast.SelectorExpr: // list[i].ID
				inner, ok := ast.Unparen(e.X).(*ast.IndexExpr)
				return ok && varies(inner.Index) && r.hot(inner.X, s)
			case *ast.UnaryExpr:
				return e.Op == token.ARROW && r.hot(e.X, s)
			}
			return false
		},
	}.inOperands(call)
}

// setIn returns the variables that loop declares, sets, hands out by address, or moves on in its condition. loop may
// also be a call that runs function literals.
func (r *run) setIn(loop ast.Node) map[*variable]bool {
	set := map[*variable]bool{}
	add := func(e ast.Expr) {
		if p, ok := r.vars.part(e); e != nil && ok {
			set[p.v] = true
		}
	}
	ast.Inspect(loop, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, e := range n.Lhs {
				add(e)
			}
		case *ast.IncDecStmt:
			add(n.X)
		case *ast.RangeStmt:
			add(n.Key)
			add(n.Value)
		case *ast.UnaryExpr:
			if n.Op == token.AND {
				add(n.X)
			}
		case *ast.ValueSpec:
			for _, id := range n.Names {
				add(id)
			}
		case *ast.FuncLit:
			for _, id := range parameters(n) {
				add(id)
			}
		case *ast.ForStmt:
			if n.Cond != nil {
				ast.Inspect(n.Cond, func(n ast.Node) bool {
					if call, ok := n.(*ast.CallExpr); ok {
						if sel, ok := files.Operand(call).(*ast.SelectorExpr); ok {
							add(sel.X)
						}
					}
					return true
				})
			}
		}
		return true
	})
	delete(set, nil)
	return set
}
