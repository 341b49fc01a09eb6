package source

import (
	"go/ast"
	"go/token"
	"maps"
	"strings"

	"github.com/nplusgone/nplusgone/internal/source/files"
)

// hot reports whether the value of e comes from what the statement returned.
func (r *run) hot(e ast.Expr, s state) bool { return r.probe(s).in(e) }

func (r *run) probe(s state) probe {
	return probe{vars: r.vars, holds: s.has, answer: func(e ast.Expr) bool { return r.sources[e] }}
}

// eval follows the calls in e, the inner ones first.
func (r *run) eval(e ast.Expr, s state) {
	if e == nil {
		return
	}
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			r.call(n, s)
			return false
		case *ast.FuncLit:
			r.literal(n, s, nil)
			return false
		}
		return true
	})
}

// call follows one call: it may store what the statement returned through the addresses among its arguments, and run
// function literals on it.
func (r *run) call(call *ast.CallExpr, s state) {
	if sel, ok := files.Operand(call).(*ast.SelectorExpr); ok {
		r.eval(sel.X, s)
	}
	for _, arg := range call.Args {
		if _, ok := arg.(*ast.FuncLit); !ok {
			r.eval(arg, s)
		}
	}
	if r.watched[call] {
		r.watch(call, s)
	}
	source := r.sources[call]
	hot := source || r.hot(call, s)
	for _, arg := range call.Args {
		switch {
		case hot && r.address(arg, source):
			r.store(arg, true, true, s)
		default:
			if lit, ok := arg.(*ast.FuncLit); ok {
				r.literal(lit, s, func(int) bool { return hot })
			}
		}
	}
	if lit := r.callee(call); lit != nil {
		at := maps.Clone(s)
		r.literal(lit, s, func(i int) bool { return i < len(call.Args) && r.hot(call.Args[i], at) })
	}
	r.collect(call, s)
}

// callee returns the literal that call calls, if the function shows which.
func (r *run) callee(call *ast.CallExpr) *ast.FuncLit {
	switch fun := files.Operand(call).(type) {
	case *ast.FuncLit:
		return fun
	case *ast.Ident:
		return r.named[r.vars[fun]]
	}
	return nil
}

// literal follows the body of a literal. What it stores holds after it as well. hot says which parameters hold
// something that the statement returned; nil means none.
func (r *run) literal(lit *ast.FuncLit, s state, hot func(i int) bool) {
	if r.active[lit] {
		return
	}
	r.active[lit] = true
	defer delete(r.active, lit)
	inner := maps.Clone(s)
	if lit == r.entry {
		inner.add(r.given)
	}
	if hot != nil {
		for i, id := range parameters(lit) {
			if v := r.vars[id]; v != nil && hot(i) && !status(v.name) {
				inner[part{v: v}] = true
			}
		}
	}
	r.block(lit.Body, inner)
	s.add(inner)
}

// address reports whether a call can store through arg: &x, and for the statement itself also a variable that is known
// to be a pointer.
func (r *run) address(arg ast.Expr, source bool) bool {
	switch arg := ast.Unparen(arg).(type) {
	case *ast.UnaryExpr:
		return arg.Op == token.AND
	case *ast.Ident:
		v := r.vars[arg]
		if !source || v == nil || v.init == nil {
			return false
		}
		switch init := v.init.(type) {
		case *ast.UnaryExpr:
			return init.Op == token.AND
		case *ast.CallExpr:
			return files.Callee(init) == "new"
		}
	}
	return false
}

// collect follows a method that puts its arguments into a collection of the function's own.
func (r *run) collect(call *ast.CallExpr, s state) {
	sel, ok := files.Operand(call).(*ast.SelectorExpr)
	if !ok {
		return
	}
	p, ok := r.vars.part(sel.X)
	if !ok || p.v.outer {
		return
	}
	for _, verb := range [...]string{"Add", "Append", "Insert", "Push", "Put", "Set", "Store", "Enqueue"} {
		if !strings.HasPrefix(sel.Sel.Name, verb) {
			continue
		}
		for _, arg := range call.Args {
			if r.hot(arg, s) {
				s[p] = true
			}
		}
	}
}

// parameters returns the names of a function's parameters in order. One without a name counts as "_".
func parameters(fn ast.Node) []*ast.Ident {
	var t *ast.FuncType
	switch fn := fn.(type) {
	case *ast.FuncDecl:
		t = fn.Type
	case *ast.FuncLit:
		t = fn.Type
	default:
		return nil
	}
	var all []*ast.Ident
	for _, field := range t.Params.List {
		if len(field.Names) == 0 {
			all = append(all, ast.NewIdent("_"))
		}
		all = append(all, field.Names...)
	}
	return all
}
