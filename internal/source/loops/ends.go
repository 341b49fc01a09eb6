package loops

import (
	"go/ast"
	"go/token"
	"slices"

	"github.com/nplusgone/nplusgone/internal/source/files"
)

// retries reports whether loop ends as soon as a turn succeeds: its body leaves it at the end, or where the error of a
// call is nil.
func retries(loop ast.Stmt) bool {
	b := loopBody(loop)
	if leaves(b) {
		return true
	}
	errs := map[string]bool{}
	found := false
	inTurn(loop, func(n ast.Node) {
		switch n := n.(type) {
		case *ast.AssignStmt:
			if id := errorOf(n); id != nil {
				errs[id.Name] = true
			}
		case *ast.IfStmt:
			if a, ok := n.Init.(*ast.AssignStmt); ok {
				if id := errorOf(a); id != nil {
					errs[id.Name] = true
				}
			}
			found = found || leaves(n.Body) && errorIsNil(n.Cond, errs)
		}
	})
	return found
}

// errorOf returns the variable that may get the error of a call: the last one of an assignment from a call.
func errorOf(a *ast.AssignStmt) *ast.Ident {
	if len(a.Rhs) != 1 {
		return nil
	}
	if _, ok := ast.Unparen(a.Rhs[0]).(*ast.CallExpr); !ok {
		return nil
	}
	id, _ := a.Lhs[len(a.Lhs)-1].(*ast.Ident)
	return id
}

// errorIsNil reports whether cond holds if one of errs is nil.
func errorIsNil(cond ast.Expr, errs map[string]bool) bool {
	b, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	if !ok {
		return false
	}
	switch b.Op {
	case token.LOR:
		return errorIsNil(b.X, errs) || errorIsNil(b.Y, errs)
	case token.EQL:
		id, ok := b.X.(*ast.Ident)
		return ok && errs[id.Name] && isNil(b.Y)
	}
	return false
}

// searches reports whether loop, which goes over no collection, goes on until a result of the statement ends it: the next turn
// depends on the last one, so that no list of keys could replace the turns. calls are those in the loop that lead to the
// statement.
func searches(fn *files.Function, loop ast.Stmt, calls []*ast.CallExpr) bool {
	l, ok := loop.(*ast.ForStmt)
	if !ok {
		return false
	}
	if l.Cond != nil {
		results, errs := resultsOf(l, calls)
		return mentionsAny(l.Cond, results) || comparesError(l.Cond, errs)
	}
	return stops(fn, loop, calls)
}

// stops reports whether a condition on what the statement returned leaves the loop: at the first match, for one.
func stops(fn *files.Function, loop ast.Stmt, calls []*ast.CallExpr) bool {
	results, errs := resultsOf(loop, calls)
	found := false
	inTurn(loop, func(n ast.Node) {
		if n, ok := n.(*ast.IfStmt); ok && !yields(fn, n.Cond) && behind(n, calls) && !assignedBetween(loop, calls, n, errs) {
			otherwise, _ := n.Else.(*ast.BlockStmt)
			decides := mentionsAny(n.Cond, results) || comparesError(n.Cond, errs)
			found = found || decides && (succeeds(fn, n.Body) || otherwise != nil && succeeds(fn, otherwise))
		}
	})
	return found
}

// resultsOf returns the variables that get the results of calls, and those that get their errors.
func resultsOf(loop ast.Stmt, calls []*ast.CallExpr) (results, errs map[string]bool) {
	results, errs = map[string]bool{}, map[string]bool{}
	for _, call := range calls {
		collectResults(loopBody(loop), call, results, errs)
	}
	return results, errs
}

// exits reports whether a condition that is not about an error leaves the loop, without an error.
func exits(fn *files.Function, loop ast.Stmt) bool {
	errs := map[string]bool{}
	inTurn(loop, func(n ast.Node) {
		if a, ok := n.(*ast.AssignStmt); ok {
			if id := errorOf(a); id != nil {
				errs[id.Name] = true
			}
		}
	})
	found := false
	inTurn(loop, func(n ast.Node) {
		if n, ok := n.(*ast.IfStmt); ok {
			found = found || succeeds(fn, n.Body) && !mentionsAny(n.Cond, errs) && !yields(fn, n.Cond)
		}
	})
	return found
}

// yields reports whether a condition is the answer of a function that fn was handed, such as the yield of an iterator: whether
// the caller wants more says nothing of the statement.
func yields(fn *files.Function, cond ast.Expr) bool {
	found := false
	ast.Inspect(cond, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		id, ok := call.Fun.(*ast.Ident)
		found = found || ok && slices.ContainsFunc(parameters(fn), func(f *ast.Field) bool {
			_, function := f.Type.(*ast.FuncType)
			return function && slices.ContainsFunc(f.Names, func(n *ast.Ident) bool { return n.Name == id.Name })
		})
		return true
	})
	return found
}

// parameters returns the parameters of fn.
func parameters(fn *files.Function) []*ast.Field {
	switch f := fn.Node.(type) {
	case *ast.FuncDecl:
		return f.Type.Params.List
	case *ast.FuncLit:
		return f.Type.Params.List
	}
	return nil
}

// succeeds reports whether b leaves the loop, other than by the return of an error.
func succeeds(fn *files.Function, b *ast.BlockStmt) bool {
	if !leaves(b) {
		return false
	}
	r, ok := b.List[len(b.List)-1].(*ast.ReturnStmt)
	if !ok || len(r.Results) == 0 {
		return true
	}
	var results *ast.FieldList
	switch f := fn.Node.(type) {
	case *ast.FuncDecl:
		results = f.Type.Results
	case *ast.FuncLit:
		results = f.Type.Results
	}
	if results.NumFields() == 0 {
		return true
	}
	last, ok := results.List[len(results.List)-1].Type.(*ast.Ident)
	return !ok || last.Name != "error" || isNil(r.Results[len(r.Results)-1])
}

// behind reports whether a condition is evaluated after one of calls.
func behind(n *ast.IfStmt, calls []*ast.CallExpr) bool {
	return slices.ContainsFunc(calls, func(c *ast.CallExpr) bool { return c.End() <= n.Cond.Pos() })
}

// assignedBetween reports whether an assignment from another call, between calls and a condition, sets one of errs.
func assignedBetween(loop ast.Stmt, calls []*ast.CallExpr, cond *ast.IfStmt, errs map[string]bool) bool {
	found := false
	inTurn(loop, func(n ast.Node) {
		a, ok := n.(*ast.AssignStmt)
		if !ok || a.End() > cond.Cond.Pos() {
			return
		}
		id := errorOf(a)
		after := slices.ContainsFunc(calls, func(c *ast.CallExpr) bool { return c.End() <= a.Pos() })
		found = found || after && id != nil && errs[id.Name]
	})
	return found
}

// collectResults adds the variables that get results of call, and those that its statement takes the address of, as Scan
// does. The last one of an assignment may be the error and is kept apart.
func collectResults(body *ast.BlockStmt, call *ast.CallExpr, results, errs map[string]bool) {
	for _, n := range files.WayTo(body, call) {
		assign, ok := n.(*ast.AssignStmt)
		if !ok {
			continue
		}
		last := errorOf(assign)
		for _, left := range assign.Lhs {
			id, ok := left.(*ast.Ident)
			switch {
			case !ok || id.Name == "_":
			case id == last:
				errs[id.Name] = true
			default:
				results[id.Name] = true
			}
		}
		ast.Inspect(assign, func(n ast.Node) bool {
			if u, ok := n.(*ast.UnaryExpr); ok && u.Op == token.AND {
				if id, ok := u.X.(*ast.Ident); ok {
					results[id.Name] = true
				}
			}
			return true
		})
	}
}

// comparesError reports whether cond decides by the last result of a call other than by comparing it with nil: by a
// truth value, or by which error it is.
func comparesError(cond ast.Expr, errs map[string]bool) bool {
	switch e := ast.Unparen(cond).(type) {
	case *ast.BinaryExpr:
		switch e.Op {
		case token.LAND, token.LOR:
			return comparesError(e.X, errs) || comparesError(e.Y, errs)
		}
		return !isNil(e.X) && !isNil(e.Y) && mentionsAny(e, errs)
	case *ast.UnaryExpr:
		return e.Op == token.NOT && comparesError(e.X, errs)
	}
	return mentionsAny(cond, errs)
}

func mentionsAny(n ast.Node, names map[string]bool) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		found = found || ok && names[id.Name]
		return !found
	})
	return found
}
