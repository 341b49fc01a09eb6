package source

import (
	"go/ast"
	"go/token"
	"maps"
	"strings"

	"github.com/nplusgone/nplusgone/internal/source/files"
)

// A part is a variable, or with a path one field of it.
type part struct {
	v    *variable
	path string
}

// A state is the set of what holds something that the statement returned, at one point of a function.
type state map[part]bool

// has reports whether p holds something: itself, the variable as a whole, or for a whole variable any field of it.
func (s state) has(p part) bool {
	if s[p] || s[part{v: p.v}] {
		return true
	}
	if p.path == "" {
		for q := range s {
			if q.v == p.v {
				return true
			}
		}
	}
	return false
}

// drop takes p out, and with a whole variable its fields.
func (s state) drop(p part) {
	maps.DeleteFunc(s, func(q part, _ bool) bool { return q == p || p.path == "" && q.v == p.v })
}

// add takes all of t in and reports whether that changed s.
func (s state) add(t state) bool {
	before := len(s)
	maps.Copy(s, t)
	return len(s) > before
}

// part returns what the expression e stores in or reads from: its variable and the first field.
func (vars variables) part(e ast.Expr) (part, bool) {
	switch e := e.(type) {
	case *ast.Ident:
		v := vars[e]
		return part{v: v}, v != nil
	case *ast.ParenExpr:
		return vars.part(e.X)
	case *ast.StarExpr:
		return vars.part(e.X)
	case *ast.UnaryExpr:
		return vars.part(e.X)
	case *ast.IndexExpr:
		return vars.part(e.X)
	case *ast.SliceExpr:
		return vars.part(e.X)
	case *ast.SelectorExpr:
		p, ok := vars.part(e.X)
		if ok && p.path == "" {
			p.path = e.Sel.Name
		}
		return p, ok
	}
	return part{}, false
}

// A probe asks whether the value of an expression comes from parts that a caller is after.
type probe struct {
	vars   variables
	holds  func(part) bool
	answer func(ast.Expr) bool // settles an expression before its parts are looked at; may be nil
}

// in reports whether the value of e comes from such a part. What only steers (a condition, a length, an index) is no
// source of a value.
func (p probe) in(e ast.Expr) bool {
	if p.answer != nil && p.answer(e) {
		return true
	}
	switch e := e.(type) {
	case *ast.Ident, *ast.SelectorExpr:
		if held, ok := p.vars.part(e); ok {
			return p.holds(held)
		}
		if sel, ok := e.(*ast.SelectorExpr); ok {
			return p.in(sel.X)
		}
	case *ast.ParenExpr:
		return p.in(e.X)
	case *ast.StarExpr:
		return p.in(e.X)
	case *ast.UnaryExpr:
		return e.Op != token.NOT && p.in(e.X)
	case *ast.IndexExpr:
		return p.in(e.X)
	case *ast.SliceExpr:
		return p.in(e.X)
	case *ast.TypeAssertExpr:
		return p.in(e.X)
	case *ast.BinaryExpr:
		return !compares(e.Op) && (p.in(e.X) || p.in(e.Y))
	case *ast.CompositeLit:
		for _, elt := range e.Elts {
			if kv, ok := elt.(*ast.KeyValueExpr); ok {
				elt = kv.Value
			}
			if p.in(elt) {
				return true
			}
		}
	case *ast.CallExpr:
		return !measures(e) && !asks(e) && p.inOperands(e)
	case *ast.FuncLit:
		return p.inBody(e)
	}
	return false
}

// inOperands looks at the receiver and the arguments of a call.
func (p probe) inOperands(call *ast.CallExpr) bool {
	if p.inReceiver(call) {
		return true
	}
	for _, arg := range call.Args {
		if p.in(arg) {
			return true
		}
	}
	return false
}

// inReceiver looks at what a method is called on. A parameter of the function with a field that holds something is
// another matter than the field: it is often the object with all the methods.
func (p probe) inReceiver(call *ast.CallExpr) bool {
	sel, ok := files.Operand(call).(*ast.SelectorExpr)
	if !ok {
		return false
	}
	if id, ok := ast.Unparen(sel.X).(*ast.Ident); ok {
		v := p.vars[id]
		if v != nil && v.outer {
			return p.holds(part{v, sel.Sel.Name}) // no field has the method's name: true if all of v holds something
		}
	}
	return p.in(sel.X)
}

// inBody looks at the variables that a function literal names.
func (p probe) inBody(lit *ast.FuncLit) bool {
	found := false
	ast.Inspect(lit.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			found = found || !measures(n) && p.inReceiver(n)
			return !found && !measures(n)
		case *ast.Ident, *ast.SelectorExpr:
			held, ok := p.vars.part(n.(ast.Expr))
			found = found || ok && p.holds(held)
			return !ok && !found
		}
		return !found
	})
	return found
}

// compares reports whether op answers yes or no.
func compares(op token.Token) bool {
	switch op {
	case token.EQL, token.NEQ, token.LSS, token.LEQ, token.GTR, token.GEQ, token.LAND, token.LOR:
		return true
	}
	return false
}

// measures reports whether call answers how many values there are, not which.
func measures(call *ast.CallExpr) bool {
	id, ok := call.Fun.(*ast.Ident)
	return ok && (id.Name == "len" || id.Name == "cap")
}

// asks reports whether call looks as if it ran a statement of its own: it takes a context, or is a method of something
// that is called as database handles are. What it answers comes from that statement and not from its arguments.
func asks(call *ast.CallExpr) bool {
	for _, arg := range call.Args {
		switch arg := arg.(type) {
		case *ast.Ident:
			if arg.Name == "ctx" {
				return true
			}
		case *ast.CallExpr:
			if name := files.Callee(arg); name == "Context" || name == "Background" || name == "TODO" {
				return true
			}
		}
	}
	sel, ok := files.Operand(call).(*ast.SelectorExpr)
	if !ok {
		return false
	}
	switch strings.ToLower(lastName(sel.X)) {
	case "db", "tx", "conn", "stmt", "pool":
		return true
	}
	return false
}

// lastName returns the last name of a chain of selectors.
func lastName(e ast.Expr) string {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}
