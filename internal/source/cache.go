package source

import (
	"go/ast"
	"go/token"
	"strings"

	"github.com/nplusgone/nplusgone/internal/analysis"
	"github.com/nplusgone/nplusgone/internal/frame"
)

// A statement that runs only for what a cache does not hold yet, one that others share: how many run depends on what has
// been asked before.

// calledBackByCache reports whether a library's cache stands between frame i and the statement.
func (w *walk) calledBackByCache(i int) bool {
	for j, fr := range w.stack[:i] {
		if !w.user[j] && ofCache(fr) {
			return true
		}
	}
	return false
}

// ofCache reports whether fr is a function of a library's cache, which calls back for what it does not hold. A cache of
// prepared statements runs them all.
func ofCache(fr analysis.Frame) bool {
	name := strings.ToLower(frame.Name(fr.Function))
	if strings.Contains(name, "stmt") || strings.Contains(name, "statement") {
		return false
	}
	return strings.Contains(name, "cache") || strings.Contains(name, "lru")
}

// remembers reports whether the function of c asks a cache before it comes to its line: something by that name, a sync.Map,
// or a map behind a lock, that is not its own.
func (f *Finder) remembers(c *code) bool {
	locks, found, hit := false, map[string]bool{}, false
	inspect(c.node, func(n ast.Node) bool {
		if n == nil || c.file.at(n.Pos()) > c.frame.Line {
			return false
		}
		switch n := n.(type) {
		case *ast.CallExpr:
			locks = locks || callee(n) == "Lock" || callee(n) == "RLock"
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
			switch held, about := answers(cond.Cond, found); {
			case about && held:
				hit = hit || goesElsewhere(cond.Body)
			case about:
				hit = hit || c.file.at(cond.Body.Lbrace) <= c.frame.Line && c.frame.Line <= c.file.at(cond.Body.Rbrace)
			}
		}
		return n != nil
	})
	return hit
}

// answers says what it means when cond is true: that the cache held the key, or not. found are the names of what the look-ups
// say of that, a truth or an error.
func answers(cond ast.Expr, found map[string]bool) (held, about bool) {
	is := func(e ast.Expr, err bool) bool {
		id, ok := ast.Unparen(e).(*ast.Ident)
		return ok && found[id.Name] && namesError(id.Name) == err
	}
	switch e := ast.Unparen(cond).(type) {
	case *ast.Ident:
		return true, is(e, false)
	case *ast.UnaryExpr:
		return false, e.Op == token.NOT && is(e.X, false)
	case *ast.BinaryExpr:
		null, _ := ast.Unparen(e.Y).(*ast.Ident)
		return e.Op == token.EQL, (e.Op == token.EQL || e.Op == token.NEQ) && is(e.X, true) && null != nil && null.Name == "nil"
	}
	return false, false
}

type lookUp uint8

const (
	noLookUp lookUp = iota
	byIndex         // in a map
	byLoad          // in a sync.Map, or a cache
)

// sharedLookUp says whether e looks a key up in something that outlives the function: a field, or a package's variable.
func (f *Finder) sharedLookUp(c *code, e ast.Expr) lookUp {
	kind := noLookUp
	var in ast.Expr
	switch e := ast.Unparen(e).(type) {
	case *ast.IndexExpr:
		kind, in = byIndex, e.X
	case *ast.CallExpr:
		sel, ok := operand(e).(*ast.SelectorExpr)
		if !ok {
			return noLookUp
		}
		if inner, ok := sel.X.(*ast.CallExpr); ok && len(e.Args) == 0 { // as in Get(ctx, key).Result()
			return f.sharedLookUp(c, inner)
		}
		if !(sel.Sel.Name == "Load" && len(e.Args) == 1) && !(sel.Sel.Name == "Get" && isCache(sel.X)) {
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

// isCache reports whether the name of what e stands for says that it is a cache.
func isCache(e ast.Expr) bool {
	name := ""
	switch e := e.(type) {
	case *ast.SelectorExpr:
		name = e.Sel.Name
	case *ast.Ident:
		name = e.Name
	}
	name = strings.ToLower(name)
	return strings.Contains(name, "cache") || strings.Contains(name, "lru") || strings.Contains(name, "redis")
}
