package counters

import (
	"go/ast"
	"go/token"
)

// A graph says which functions of a package lead to no statement: all that they call is the language, the package itself, and packages
// that are pure. Names stand for functions, and names with a point for all methods with the name. Only unexported methods are known, because
// a call of an exported one may be of another package's type. A range over a function is no call here: a loop around one may have no
// counter, and is inferred.
type graph struct {
	functions map[string]*function
	types     map[string]bool
	fields    map[string]bool // of structs: their functions are called like methods
}

// A function is the functions with one name, and what they call.
type function struct {
	calls  []string
	leaves bool // it calls something that is not known
}

// newGraph returns the graph of the files of a package.
func newGraph(trees []*ast.File) *graph {
	g := &graph{make(map[string]*function), make(map[string]bool), make(map[string]bool)}
	for _, tree := range trees {
		ast.Inspect(tree, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.TypeSpec:
				g.types[n.Name.Name] = true
			case *ast.StructType:
				for _, f := range n.Fields.List {
					for _, name := range f.Names {
						g.fields[name.Name] = true
					}
				}
			}
			return true
		})
	}
	for _, tree := range trees {
		pure := pureImports(tree)
		for _, d := range tree.Decls {
			if d, ok := d.(*ast.FuncDecl); ok {
				g.add(d, pure)
			}
		}
	}
	g.close()
	return g
}

// add adds a declaration.
func (g *graph) add(d *ast.FuncDecl, pure map[string]bool) {
	name := d.Name.Name
	if d.Recv != nil {
		name = "." + name
	}
	f := g.functions[name]
	if f == nil {
		f = new(function)
		g.functions[name] = f
	}
	if d.Body == nil {
		f.leaves = true // it is written in assembly, or linked by name
		return
	}
	s := scope{pure: pure, locals: locals(d)}
	ast.Inspect(d.Body, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			switch callee, known := s.callee(call.Fun); {
			case !known:
				f.leaves = true
			case callee != "":
				f.calls = append(f.calls, callee)
			}
		}
		return true
	})
}

// close marks the functions that call one which leaves.
func (g *graph) close() {
	for changed := true; changed; {
		changed = false
		for _, f := range g.functions {
			for _, callee := range f.calls {
				if !f.leaves && !g.harmless(callee) {
					f.leaves, changed = true, true
				}
			}
		}
	}
}

// harmless reports whether the functions with a name lead to no statement.
func (g *graph) harmless(name string) bool {
	if f := g.functions[name]; f != nil {
		return !f.leaves && (name[0] != '.' || !g.fields[name[1:]])
	}
	return g.types[name] // a conversion
}

// A scope is what names mean in a declaration.
type scope struct {
	pure   map[string]bool // names of imported packages that are pure
	locals map[string]bool // names that the declaration gives
}

// callee returns the name of the function of the package that a call is of; "" for one that leads to no statement. known is false for any
// other call.
func (s *scope) callee(fun ast.Expr) (name string, known bool) {
	switch f := ast.Unparen(fun).(type) {
	case *ast.Ident:
		switch {
		case s.locals[f.Name]:
			return "", false
		case builtins[f.Name]:
			return "", true
		}
		return f.Name, true
	case *ast.IndexExpr:
		return s.callee(f.X)
	case *ast.IndexListExpr:
		return s.callee(f.X)
	case *ast.SelectorExpr:
		if pkg, ok := f.X.(*ast.Ident); ok && s.pure[pkg.Name] && !s.locals[pkg.Name] {
			return "", true
		}
		if !f.Sel.IsExported() {
			return "." + f.Sel.Name, true
		}
	case *ast.ArrayType, *ast.MapType, *ast.InterfaceType, *ast.ChanType, *ast.FuncType, *ast.StructType, *ast.FuncLit:
		return "", true // a conversion, or a literal whose body is looked at as well
	}
	return "", false
}

// locals returns the names that a declaration gives to variables and parameters.
func locals(d ast.Node) map[string]bool {
	names := make(map[string]bool)
	add := func(list ...*ast.Ident) {
		for _, id := range list {
			names[id.Name] = true
		}
	}
	assigned := func(list ...ast.Expr) {
		for _, e := range list {
			if id, ok := e.(*ast.Ident); ok {
				add(id)
			}
		}
	}
	ast.Inspect(d, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Field:
			add(n.Names...)
		case *ast.ValueSpec:
			add(n.Names...)
		case *ast.AssignStmt:
			if n.Tok == token.DEFINE {
				assigned(n.Lhs...)
			}
		case *ast.RangeStmt:
			if n.Tok == token.DEFINE {
				assigned(n.Key, n.Value)
			}
		}
		return true
	})
	return names
}
