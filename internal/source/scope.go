package source

import (
	"go/ast"
	"go/token"
)

// A variable is one variable, constant or parameter of a function. Two of one name in different blocks are two.
type variable struct {
	name  string
	outer bool     // a parameter or receiver of the declared function: others hold it too
	init  ast.Expr // what it is first set to, where that is written
	typ   ast.Expr // its type, where that is written
}

// variables tells which variable each identifier in a declaration stands for. Those of the package have none.
type variables map[*ast.Ident]*variable

// resolve finds the variables of a top-level declaration.
func resolve(decl ast.Decl) variables {
	r := &resolver{vars: variables{}}
	r.walk(decl)
	return r.vars
}

type resolver struct {
	vars  variables
	block *block
}

// A block is a scope of the language.
type block struct {
	around *block
	names  map[string]*variable
}

func (r *resolver) declare(id *ast.Ident, v variable) {
	if id.Name == "_" {
		return
	}
	v.name = id.Name
	if r.block == nil { // of the package
		return
	}
	r.block.names[id.Name] = &v
	r.vars[id] = &v
}

func (r *resolver) use(id *ast.Ident) {
	for b := r.block; b != nil; b = b.around {
		if v, ok := b.names[id.Name]; ok {
			r.vars[id] = v
			return
		}
	}
}

// inBlock walks nodes in a block of their own.
func (r *resolver) inBlock(walk func()) {
	r.block = &block{around: r.block, names: map[string]*variable{}}
	walk()
	r.block = r.block.around
}

// walk goes through n in the order in which names come into being.
func (r *resolver) walk(n ast.Node) {
	switch n := n.(type) {
	case *ast.FuncDecl:
		r.inBlock(func() {
			r.fields(n.Recv, true)
			r.fields(n.Type.Params, true)
			r.fields(n.Type.Results, true)
			if n.Body != nil {
				r.list(n.Body.List)
			}
		})
	case *ast.FuncLit:
		r.inBlock(func() {
			r.fields(n.Type.Params, false)
			r.fields(n.Type.Results, false)
			r.list(n.Body.List)
		})
	case *ast.BlockStmt, *ast.IfStmt, *ast.ForStmt, *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.CaseClause, *ast.CommClause:
		r.inBlock(func() { r.children(n) })
	case *ast.RangeStmt:
		r.walk(n.X)
		r.inBlock(func() {
			r.left(n.Tok, nil, n.Key, n.Value)
			r.list(n.Body.List)
		})
	case *ast.AssignStmt:
		for _, e := range n.Rhs {
			r.walk(e)
		}
		if len(n.Lhs) != len(n.Rhs) {
			r.left(n.Tok, nil, n.Lhs...)
			return
		}
		for i, e := range n.Lhs {
			r.left(n.Tok, n.Rhs[i], e)
		}
	case *ast.ValueSpec:
		for _, e := range n.Values {
			r.walk(e)
		}
		for i, id := range n.Names {
			v := variable{typ: n.Type}
			if len(n.Values) == len(n.Names) {
				v.init = n.Values[i]
			}
			r.declare(id, v)
		}
	case *ast.CompositeLit:
		for _, e := range n.Elts {
			if kv, ok := e.(*ast.KeyValueExpr); ok && !indexed(n.Type) {
				e = kv.Value // the key names a field
			}
			r.walk(e)
		}
	case *ast.SelectorExpr:
		r.walk(n.X)
	case *ast.Ident:
		r.use(n)
	case *ast.BranchStmt, *ast.TypeSpec, *ast.ImportSpec:
		// Labels and types are no variables.
	case *ast.LabeledStmt:
		r.walk(n.Stmt)
	default:
		r.children(n)
	}
}

func (r *resolver) list(stmts []ast.Stmt) {
	for _, s := range stmts {
		r.walk(s)
	}
}

// children walks what is directly below n.
func (r *resolver) children(n ast.Node) {
	ast.Inspect(n, func(c ast.Node) bool {
		if c == n {
			return true
		}
		if c != nil {
			r.walk(c)
		}
		return false
	})
}

func (r *resolver) fields(list *ast.FieldList, outer bool) {
	if list == nil {
		return
	}
	for _, field := range list.List {
		for _, id := range field.Names {
			r.declare(id, variable{outer: outer, typ: field.Type})
		}
	}
}

// left walks the left side of an assignment, which declares the names that its block does not have.
func (r *resolver) left(tok token.Token, init ast.Expr, exprs ...ast.Expr) {
	for _, e := range exprs {
		id, ok := e.(*ast.Ident)
		switch {
		case e == nil:
		case ok && tok == token.DEFINE && r.block != nil && r.block.names[id.Name] == nil:
			r.declare(id, variable{init: init})
		default:
			r.walk(e)
		}
	}
}

// indexed reports whether the keys of a literal of type t are values.
func indexed(t ast.Expr) bool {
	switch t.(type) {
	case *ast.MapType, *ast.ArrayType:
		return true
	}
	return false
}
