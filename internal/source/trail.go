package source

import (
	"go/ast"
	"strings"

	"github.com/nplusgone/nplusgone/internal/analysis"
	"github.com/nplusgone/nplusgone/internal/source/files"
)

// A trail goes down a stack to the frame with the loop, from call to call, as long as each is given what the statement
// returned.
type trail struct {
	*Finder
	child []analysis.Frame
	loop  analysis.Loop
}

// follow goes on from frame at, whose function is c, with what r knows before it.
func (t *trail) follow(at int, c *files.Function, r *run) bool {
	// The rest of the stack may come back to a literal of this function, which sees its variables.
	for i := t.loop.Frame; i < at; i++ {
		if !inside(t.child[i], c) {
			continue
		}
		if in, ok := t.files.Locate(t.child[i]); ok && in.Decl == c.Decl {
			at, c = i, in
			break
		}
	}
	r.watched = map[*ast.CallExpr]bool{}
	for _, call := range files.CallsTo(c.File.Calls(c.Node, c.Frame.Line), inner(t.child, at)) {
		r.watched[call] = true
	}
	if at == t.loop.Frame {
		return t.arrives(c, r)
	}
	next, ok := t.files.Locate(t.child[at-1])
	if !ok || !t.files.Handwritten(t.child[at-1]) {
		return false
	}
	vars := resolve(next.Decl)
	given := state{}
	passed := false
	r.watch = func(call *ast.CallExpr, s state) {
		pass(r, call, s, vars, next.Node, given)
		passed = passed || r.probe(s).inOperands(call)
	}
	r.through(c.Decl)
	if body := rangeBody(next); body != nil && passed {
		return t.follow(at-1, next, &run{vars: vars, sources: map[ast.Node]bool{body: true}})
	}
	return len(given) > 0 && t.follow(at-1, next, &run{vars: vars, entry: next.Node, given: given})
}

// arrives reports whether the call in the loop, in c, is given a value that changes with its turns.
func (t *trail) arrives(c *files.Function, r *run) bool {
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
	r.through(c.Decl)
	return found
}

// watchCallback makes r watch the calls in the literals that the helper's call hands over, as the stack has them.
func (t *trail) watchCallback(c *files.Function, r *run, helper ast.Node) {
	for i := t.loop.Frame - 1; i >= 0; i-- {
		if !inside(t.child[i], c) {
			continue
		}
		in, ok := t.files.Locate(t.child[i])
		if ok && helper.Pos() <= in.Node.Pos() && in.Node.End() <= helper.End() {
			clear(r.watched)
			for _, call := range files.CallsTo(c.File.Calls(in.Node, in.Frame.Line), inner(t.child, i)) {
				r.watched[call] = true
			}
			return
		}
	}
}

// find returns the node of the loop in c's declaration: a for statement of either form, or the call of the helper that
// loops.
func (t *trail) find(c *files.Function) ast.Node {
	var found ast.Node
	ast.Inspect(c.Decl, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ForStmt, *ast.RangeStmt:
			if t.loop.Helper == "" && c.File.At(n.Pos()) == t.loop.Line && c.File.Spans(n, c.Frame.Line) {
				found = n
			}
		case *ast.CallExpr:
			if t.loop.Helper != "" && found == nil && c.File.At(n.Lparen) == t.loop.Line && strings.HasSuffix(t.loop.Helper, "."+files.Callee(n)) {
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
	if sel, ok := files.Operand(call).(*ast.SelectorExpr); ok {
		hand(sel.X, decl.Recv.List[0].Names[0])
	}
}

// rangeBody returns the range statement over an iterator whose body c's frame is, if it is one.
func rangeBody(c *files.Function) ast.Node {
	const marker = "-range"
	at := strings.LastIndex(c.Frame.Function, marker)
	if at < 0 || strings.Trim(c.Frame.Function[at+len(marker):], "0123456789") != "" {
		return nil // or a literal in such a body
	}
	var found ast.Node
	files.Inspect(c.Node, func(n ast.Node) bool {
		if loop, ok := n.(*ast.RangeStmt); ok && c.File.Spans(loop.Body, c.Frame.Line) {
			found = loop
		}
		return n != nil
	})
	return found
}
