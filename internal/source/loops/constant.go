package loops

import (
	"go/ast"
	"go/token"
	"slices"

	"github.com/nplusgone/nplusgone/internal/source/files"
)

// constant reports whether the source fixes the number of turns of loop: it goes over a collection that is written as a
// literal, or counts to a constant.
func (f *Finder) constant(c *files.Function, loop ast.Stmt) bool {
	switch loop := loop.(type) {
	case *ast.RangeStmt:
		return f.number(c, loop.X, 0) || f.fixed(c, loop.X, 0)
	case *ast.ForStmt:
		return counts(loop.Post) && f.fromNumber(c, loop.Init) && f.boundedBy(c, loop.Cond)
	}
	return false
}

// fromNumber reports whether the init statement of a loop starts at a constant.
func (f *Finder) fromNumber(c *files.Function, init ast.Stmt) bool {
	assign, ok := init.(*ast.AssignStmt)
	if !ok {
		return false
	}
	for _, right := range assign.Rhs {
		if !f.number(c, right, 0) {
			return false
		}
	}
	return true
}

// boundedBy reports whether a condition holds at most a constant number of times, for a variable that counts.
func (f *Finder) boundedBy(c *files.Function, cond ast.Expr) bool {
	b, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	if !ok {
		return false
	}
	switch b.Op {
	case token.LAND:
		return f.boundedBy(c, b.X) || f.boundedBy(c, b.Y)
	case token.LSS, token.LEQ, token.GTR, token.GEQ, token.NEQ:
		_, left := ast.Unparen(b.X).(*ast.Ident)
		_, right := ast.Unparen(b.Y).(*ast.Ident)
		return left && f.number(c, b.Y, 0) || right && f.number(c, b.X, 0)
	}
	return false
}

// maxDepth bounds the number of names that are followed to a value.
const maxDepth = 8

// number reports whether e is a constant number.
func (f *Finder) number(c *files.Function, e ast.Expr, depth int) bool {
	if depth > maxDepth {
		return false
	}
	switch e := ast.Unparen(e).(type) {
	case *ast.BasicLit:
		return e.Kind != token.STRING
	case *ast.UnaryExpr:
		return e.Op != token.AND && e.Op != token.ARROW && f.number(c, e.X, depth+1)
	case *ast.BinaryExpr:
		return f.number(c, e.X, depth+1) && f.number(c, e.Y, depth+1)
	case *ast.CallExpr:
		id, ok := e.Fun.(*ast.Ident)
		switch {
		case !ok || len(e.Args) != 1:
			return false
		case id.Name == "len":
			return f.fixed(c, e.Args[0], depth+1)
		}
		return integerTypes[id.Name] && f.number(c, e.Args[0], depth+1)
	case *ast.Ident, *ast.SelectorExpr:
		there, name, ok := f.home(c, e)
		return ok && (name == "iota" || f.all(there, name, func(d declaration) bool {
			// In a const group with iota a line may have no value of its own.
			return d.constant && d.value == nil || d.value != nil && f.number(there, d.value, depth+1)
		}))
	}
	return false
}

// fixed reports whether e is a collection whose size is written in the source.
func (f *Finder) fixed(c *files.Function, e ast.Expr, depth int) bool {
	if depth > maxDepth {
		return false
	}
	switch e := ast.Unparen(e).(type) {
	case *ast.CompositeLit:
		return len(e.Elts) > 0 || array(e.Type)
	case *ast.BasicLit:
		return e.Kind == token.STRING
	case *ast.UnaryExpr:
		return e.Op == token.AND && f.fixed(c, e.X, depth+1)
	case *ast.SliceExpr:
		bounded := (e.Low == nil || f.number(c, e.Low, depth+1)) && (e.High == nil || f.number(c, e.High, depth+1))
		return bounded && f.fixed(c, e.X, depth+1)
	case *ast.CallExpr:
		return rearranges(c, e) && f.fixed(c, e.Args[0], depth+1) || len(e.Args) == 0 && f.returnsFixed(c, e, depth+1)
	case *ast.Ident, *ast.SelectorExpr:
		there, name, ok := f.home(c, e)
		return ok && !f.grows(there, name) && f.all(there, name, func(d declaration) bool {
			return array(d.typ) || d.value != nil && f.fixed(there, d.value, depth+1)
		})
	}
	return false
}

// returnsFixed reports whether call is of a function that only returns a collection of fixed size.
func (f *Finder) returnsFixed(c *files.Function, call *ast.CallExpr, depth int) bool {
	there, name, ok := f.home(c, files.Operand(call))
	if !ok {
		return false
	}
	for _, tree := range f.packageOf(there) {
		for _, decl := range tree.Decls {
			fn, ok := decl.(*ast.FuncDecl)
			if !ok || fn.Recv != nil || fn.Name.Name != name || fn.Body == nil || len(fn.Body.List) != 1 {
				continue
			}
			result, ok := fn.Body.List[0].(*ast.ReturnStmt)
			return ok && len(result.Results) == 1 && f.fixed(there, result.Results[0], depth+1)
		}
	}
	return false
}

// all reports whether name has declarations and is holds for each.
func (f *Finder) all(c *files.Function, name string, is func(declaration) bool) bool {
	found := f.declarations(c, name)
	for _, d := range found {
		if !is(d) {
			return false
		}
	}
	return len(found) > 0
}

// array reports whether t is the type of an array, whose size is part of it, or of a pointer to one.
func array(t ast.Expr) bool {
	if star, ok := t.(*ast.StarExpr); ok {
		t = star.X
	}
	a, ok := t.(*ast.ArrayType)
	return ok && a.Len != nil
}

// rearranges reports whether call is of a function of the standard library that returns at most as many values as its first
// argument has.
func rearranges(c *files.Function, call *ast.CallExpr) bool {
	sel, ok := files.Operand(call).(*ast.SelectorExpr)
	if !ok || len(call.Args) == 0 {
		return false
	}
	pkg, ok := sel.X.(*ast.Ident)
	return ok && rearranging[importPath(c, pkg.Name)+"."+sel.Sel.Name]
}

// rearranging are the functions of the standard library of which the first argument alone bounds the number of values.
var rearranging = map[string]bool{
	"slices.All": true, "slices.Backward": true, "slices.Chunk": true, "slices.Clip": true, "slices.Clone": true,
	"slices.Collect": true, "slices.Compact": true, "slices.Delete": true, "slices.DeleteFunc": true, "slices.Sorted": true,
	"slices.SortedFunc": true, "slices.SortedStableFunc": true, "slices.Values": true,
	"maps.All": true, "maps.Clone": true, "maps.Collect": true, "maps.Keys": true, "maps.Values": true,
	"strings.Fields": true, "strings.FieldsSeq": true, "strings.Lines": true, "strings.Split": true, "strings.SplitSeq": true,
}

// grows reports whether the function around c may add to the collection name: it stores at an index of a map, hands the map to
// a function, or hands the address of the collection to one.
func (f *Finder) grows(c *files.Function, name string) bool {
	found := false
	is := func(e ast.Expr) bool {
		id, ok := ast.Unparen(e).(*ast.Ident)
		return ok && id.Name == name
	}
	ast.Inspect(c.Decl, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, left := range n.Lhs {
				index, ok := left.(*ast.IndexExpr)
				found = found || ok && is(index.X) && !f.slice(c, name)
			}
		case *ast.CallExpr:
			_, builtin := n.Fun.(*ast.Ident)
			builtin = builtin && slices.Contains([]string{"len", "cap", "delete", "copy", "append", "clear", "min", "max"}, n.Fun.(*ast.Ident).Name)
			for _, arg := range n.Args {
				u, address := ast.Unparen(arg).(*ast.UnaryExpr)
				found = found || address && u.Op == token.AND && is(u.X)
				found = found || is(arg) && !builtin && !rearranges(c, n) && !f.slice(c, name) && f.table(c, name)
			}
		}
		return !found
	})
	return found
}

// table reports whether name is declared as a map.
func (f *Finder) table(c *files.Function, name string) bool {
	return f.all(c, name, func(d declaration) bool {
		t := d.typ
		if lit, ok := d.value.(*ast.CompositeLit); ok && t == nil {
			t = lit.Type
		}
		_, ok := t.(*ast.MapType)
		return ok
	})
}

// slice reports whether name is declared as a slice or array, to which an assignment at an index adds nothing.
func (f *Finder) slice(c *files.Function, name string) bool {
	return f.all(c, name, func(d declaration) bool {
		t := d.typ
		if lit, ok := d.value.(*ast.CompositeLit); ok && t == nil {
			t = lit.Type
		}
		_, ok := t.(*ast.ArrayType)
		return ok
	})
}

// handsFixed reports whether the call of the function helper at that line has a collection of fixed size as its first
// argument.
func (f *Finder) handsFixed(c *files.Function, line int, helper string) bool {
	calls := files.CallsTo(c.File.Calls(c.Node, line), helper)
	if len(calls) != 1 || len(calls[0].Args) == 0 {
		return false
	}
	switch first := ast.Unparen(calls[0].Args[0]).(type) {
	case *ast.CompositeLit: // of a named type it may be a struct
		_, list := first.Type.(*ast.ArrayType)
		_, table := first.Type.(*ast.MapType)
		return list || table
	case *ast.Ident:
		return f.slice(c, first.Name) && f.fixed(c, first, 0)
	}
	return false
}

// integer reports whether e is an integer, as far as its syntax and the declarations of its name show.
func (f *Finder) integer(c *files.Function, e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.BasicLit:
		return e.Kind == token.INT
	case *ast.BinaryExpr:
		return f.integer(c, e.X) || f.integer(c, e.Y)
	case *ast.CallExpr:
		id, ok := e.Fun.(*ast.Ident)
		return ok && integerTypes[id.Name] || ok && (id.Name == "len" || id.Name == "cap" || id.Name == "min" || id.Name == "max")
	case *ast.Ident:
		for _, d := range f.declarations(c, e.Name) {
			if t, ok := d.typ.(*ast.Ident); ok && integerTypes[t.Name] {
				return true
			}
			if d.value != nil && !mentions(d.value, e.Name) && f.integer(c, d.value) {
				return true
			}
		}
	}
	return false
}

var integerTypes = map[string]bool{
	"byte": true, "int": true, "int16": true, "int32": true, "int64": true, "int8": true, "uint": true, "uint16": true,
	"uint32": true, "uint64": true, "uint8": true, "uintptr": true,
}

// mentions reports whether n names an identifier.
func mentions(n ast.Node, name string) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		found = found || ok && id.Name == name
		return !found
	})
	return found
}
