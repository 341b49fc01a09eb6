package source

import (
	"go/ast"
	"strings"

	"github.com/nplusgone/nplusgone/internal/analysis"
)

// A trail goes down a stack to the frame with the loop, from call to call, as long as each is given what the statement
// returned.
type trail struct {
	*Finder
	child []analysis.Frame
	loop  analysis.Loop
}

// follow goes on from frame at, whose function is c, with what r knows before it.
func (t *trail) follow(at int, c *code, r *run) bool {
	// The rest of the stack may come back to a literal of this function, which sees its variables.
	for i := t.loop.Frame; i < at; i++ {
		if !inside(t.child[i], c) {
			continue
		}
		if in, ok := t.locate(t.child[i]); ok && in.decl == c.decl {
			at, c = i, in
			break
		}
	}
	r.watched = map[*ast.CallExpr]bool{}
	for _, call := range callsTo(c.file.calls(c.node, c.frame.Line), inner(t.child, at)) {
		r.watched[call] = true
	}
	if at == t.loop.Frame {
		return t.arrives(c, r)
	}
	next, ok := t.locate(t.child[at-1])
	if !ok || !t.user(t.child[at-1]) {
		return false
	}
	vars := resolve(next.decl)
	given := state{}
	passed := false
	r.watch = func(call *ast.CallExpr, s state) {
		pass(r, call, s, vars, next.node, given)
		passed = passed || r.probe(s).inOperands(call)
	}
	r.through(c.decl)
	if body := rangeBody(next); body != nil && passed {
		return t.follow(at-1, next, &run{vars: vars, sources: map[ast.Node]bool{body: true}})
	}
	return len(given) > 0 && t.follow(at-1, next, &run{vars: vars, entry: next.node, given: given})
}

// arrives reports whether the call in the loop, in c, is given a value that changes with its turns.
func (t *trail) arrives(c *code, r *run) bool {
	loop := t.find(c)
	if loop == nil {
		return false
	}
	found := false
	r.watch = func(call *ast.CallExpr, s state) {
		found = found || loop.Pos() <= call.Pos() && call.End() <= loop.End() && r.feeds(loop, call, s)
	}
	if t.loop.Helper != "" {
		t.watchCallback(c, r, loop)
	}
	r.through(c.decl)
	return found
}

// watchCallback makes r watch the calls in the literals that the helper's call hands over, as the stack has them.
func (t *trail) watchCallback(c *code, r *run, helper ast.Node) {
	for i := t.loop.Frame - 1; i >= 0; i-- {
		if !inside(t.child[i], c) {
			continue
		}
		in, ok := t.locate(t.child[i])
		if ok && helper.Pos() <= in.node.Pos() && in.node.End() <= helper.End() {
			clear(r.watched)
			for _, call := range callsTo(c.file.calls(in.node, in.frame.Line), inner(t.child, i)) {
				r.watched[call] = true
			}
			return
		}
	}
}

// find returns the node of the loop in c's declaration: a for statement of either form, or the call of the helper that
// loops.
func (t *trail) find(c *code) ast.Node {
	var found ast.Node
	ast.Inspect(c.decl, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ForStmt, *ast.RangeStmt:
			if t.loop.Helper == "" && c.file.at(n.Pos()) == t.loop.Line && c.file.spans(n, c.frame.Line) {
				found = n
			}
		case *ast.CallExpr:
			if t.loop.Helper != "" && found == nil && c.file.at(n.Lparen) == t.loop.Line && strings.HasSuffix(t.loop.Helper, "."+callee(n)) {
				found = n
			}
		}
		return true
	})
	return found
}

// pass adds to given the parameters of fn, in which vars are, that a call hands something from s.
func pass(r *run, call *ast.CallExpr, s state, vars variables, fn ast.Node, given state) {
	hand := func(e ast.Expr, to *ast.Ident) {
		v := vars[to]
		if v == nil || !r.hot(e, s) {
			return
		}
		if id, ok := ast.Unparen(e).(*ast.Ident); ok && r.vars[id] != nil {
			for p := range s { // the same fields of it
				if p.v == r.vars[id] {
					given[part{v, p.path}] = true
				}
			}
			return
		}
		given[part{v: v}] = true
	}
	params := parameters(fn)
	for i, arg := range call.Args {
		if n := min(i, len(params)-1); n >= 0 { // the last one may be variadic
			hand(arg, params[n])
		}
	}
	decl, ok := fn.(*ast.FuncDecl)
	if !ok || decl.Recv == nil || len(decl.Recv.List) == 0 || len(decl.Recv.List[0].Names) == 0 {
		return
	}
	if sel, ok := operand(call).(*ast.SelectorExpr); ok {
		hand(sel.X, decl.Recv.List[0].Names[0])
	}
}

// rangeBody returns the range statement over an iterator whose body c's frame is, if it is one.
func rangeBody(c *code) ast.Node {
	const marker = "-range"
	at := strings.LastIndex(c.frame.Function, marker)
	if at < 0 || strings.Trim(c.frame.Function[at+len(marker):], "0123456789") != "" {
		return nil // or a literal in such a body
	}
	var found ast.Node
	inspect(c.node, func(n ast.Node) bool {
		if loop, ok := n.(*ast.RangeStmt); ok && c.file.spans(loop.Body, c.frame.Line) {
			found = loop
		}
		return n != nil
	})
	return found
}
