package loops

import (
	"go/ast"
	"go/token"
	"slices"

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
