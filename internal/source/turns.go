package source

import (
	"go/ast"
	"go/token"
	"strings"
)

// What a turn of a loop does besides running the statement, as far as names and syntax show.

// searches reports whether loop goes on until an answer of the statement ends it: the next turn depends on the last one,
// so that no list of keys could take their place. calls are those in the loop that lead to the statement. A loop that
// goes over something and stops at a match is none.
func searches(loop ast.Stmt, calls []*ast.CallExpr) bool {
	l, ok := loop.(*ast.ForStmt)
	if !ok {
		return false
	}
	answers := map[string]bool{}
	for _, call := range calls {
		collectAnswers(l.Body, call, answers)
	}
	names := func(e ast.Expr) bool {
		for name := range answers {
			if mentions(e, name) {
				return true
			}
		}
		return false
	}
	if l.Cond != nil {
		return names(l.Cond)
	}
	found := false
	ast.Inspect(l.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit, *ast.ForStmt, *ast.RangeStmt:
			return false
		case *ast.IfStmt:
			otherwise, _ := n.Else.(*ast.BlockStmt)
			found = found || names(n.Cond) && (leaves(n.Body) || otherwise != nil && leaves(otherwise))
		}
		return !found
	})
	return found
}

// collectAnswers adds the variables that get what call answers: those that it is assigned to, errors left out, and those
// whose address the statement takes, as Scan's are.
func collectAnswers(body *ast.BlockStmt, call *ast.CallExpr, answers map[string]bool) {
	for _, n := range wayTo(body, call) {
		assign, ok := n.(*ast.AssignStmt)
		if !ok {
			continue
		}
		for _, left := range assign.Lhs {
			if id, ok := left.(*ast.Ident); ok && id.Name != "_" && !namesError(id.Name) {
				answers[id.Name] = true
			}
		}
		ast.Inspect(assign, func(n ast.Node) bool {
			if u, ok := n.(*ast.UnaryExpr); ok && u.Op == token.AND {
				if id, ok := u.X.(*ast.Ident); ok {
					answers[id.Name] = true
				}
			}
			return true
		})
	}
}

func namesError(name string) bool { return strings.HasSuffix(strings.ToLower(name), "err") }

// effects returns the lines of calls in a turn of loop that seem to reach something outside of the program and may fail
// there: what is written for a row then belongs to that row's call. Which of them run statements the source does not say.
func (f *file) effects(loop ast.Stmt) (lines []int) {
	ast.Inspect(loopBody(loop), func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.AssignStmt:
			if call := checked(n); call != nil && reachesOut(call) {
				lines = append(lines, f.at(call.Lparen))
			}
		}
		return true
	})
	return lines
}

// checked returns the call that an assignment takes an error from, nil for any other.
func checked(a *ast.AssignStmt) *ast.CallExpr {
	if len(a.Rhs) != 1 {
		return nil
	}
	last, ok := a.Lhs[len(a.Lhs)-1].(*ast.Ident)
	if !ok || !namesError(last.Name) {
		return nil
	}
	call, _ := ast.Unparen(a.Rhs[0]).(*ast.CallExpr)
	return call
}

// outward are the first words of functions that hand something to another program, and outwardPackages the packages of
// the standard library that do.
var (
	outward = []string{
		"call", "capture", "charge", "deliver", "dispatch", "download", "email", "emit", "invoke", "mail", "notify", "post",
		"produce", "publish", "push", "refund", "request", "send", "transfer", "upload",
	}
	outwardPackages = map[string]bool{"http": true, "smtp": true, "net": true, "os": true, "exec": true, "rpc": true}
)

// reachesOut reports whether a call, by its name, has an effect outside of the program.
func reachesOut(call *ast.CallExpr) bool {
	name := callee(call)
	if sel, ok := operand(call).(*ast.SelectorExpr); ok {
		if pkg, ok := sel.X.(*ast.Ident); ok && outwardPackages[pkg.Name] && ast.IsExported(name) {
			return true
		}
		if name == "Do" && len(call.Args) > 0 { // of an http.Client and its like
			return true
		}
	}
	name = strings.ToLower(name)
	for _, verb := range outward {
		if strings.HasPrefix(name, verb) {
			return true
		}
	}
	return false
}

// remembers reports whether the function of c asks a cache before it comes to its line, one that others share: a map or
// a sync.Map that is not its own, behind a lock. A loop then runs the statement for what nobody has asked for yet.
func (f *Finder) remembers(c *code) bool {
	locks, found := false, map[string]bool{}
	hit := false
	inspect(c.node, func(n ast.Node) bool {
		if n == nil || c.file.at(n.Pos()) > c.frame.Line {
			return false
		}
		switch n := n.(type) {
		case *ast.CallExpr:
			switch callee(n) {
			case "Lock", "RLock":
				locks = true
			}
		case *ast.AssignStmt:
			if len(n.Lhs) == 2 && len(n.Rhs) == 1 {
				if ok, isName := n.Lhs[1].(*ast.Ident); isName {
					switch shared := f.sharedLookUp(c, n.Rhs[0]); {
					case shared == byLoad, shared == byIndex && locks:
						found[ok.Name] = true
					}
				}
			}
		}
		return true
	})
	if len(found) == 0 {
		return false
	}
	inspect(c.node, func(n ast.Node) bool {
		if cond, ok := n.(*ast.IfStmt); ok && c.file.at(n.Pos()) <= c.frame.Line {
			id, isName := ast.Unparen(cond.Cond).(*ast.Ident)
			hit = hit || isName && found[id.Name] && goesElsewhere(cond.Body)
		}
		return n != nil
	})
	return hit
}

type lookUp uint8

const (
	noLookUp lookUp = iota
	byIndex         // in a map
	byLoad          // in a sync.Map
)

// sharedLookUp says whether e looks a key up in something that outlives the function: a field, or a package's variable.
func (f *Finder) sharedLookUp(c *code, e ast.Expr) lookUp {
	kind := noLookUp
	var in ast.Expr
	switch e := ast.Unparen(e).(type) {
	case *ast.IndexExpr:
		kind, in = byIndex, e.X
	case *ast.CallExpr:
		sel, ok := e.Fun.(*ast.SelectorExpr)
		if !ok || sel.Sel.Name != "Load" || len(e.Args) != 1 {
			return noLookUp
		}
		kind, in = byLoad, sel.X
	}
	switch in := in.(type) {
	case *ast.SelectorExpr:
		return kind
	case *ast.Ident:
		if len(declared(c.decl, in.Name)) == 0 {
			return kind
		}
	}
	return noLookUp
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
