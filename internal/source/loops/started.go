package loops

import (
	"go/ast"
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone/internal/analysis"
	"github.com/nplusgone/nplusgone/internal/frame"
	"github.com/nplusgone/nplusgone/internal/layers"
	"github.com/nplusgone/nplusgone/internal/source/files"
)

// started returns the loops around the function literal of frame i, if the literal was started on another goroutine where
// it is written. The function around it is not on the stack then.
func (w *walk) started(i int) []around { return w.startedLiteral(w.fns[i], w.stack[i+1:]) }

// startedLiteral is started for a function literal whose callers are outwards.
func (w *walk) startedLiteral(fn *files.Function, outwards []analysis.Frame) []around {
	outer := fn.Outer
	for {
		lit, ok := outer[len(outer)-1].(*ast.FuncLit)
		if !ok || !w.starts(fn, outer[:len(outer)-1], lit, outwards) {
			return nil
		}
		at := aroundLast(outer)
		if at < 0 {
			return nil
		}
		if found := repeating(outer[at:], nil); len(found) > 0 {
			return found
		}
		// The function around it may be a literal that was started in the same way. Its stack is not known.
		outer, outwards = outer[:at+1], nil
	}
}

// starts reports whether a literal runs on another goroutine once for each time that it is written: it is the function of
// a go statement; or a task without parameters that is handed to a call or kept in a variable, and that no application
// code calls; or it is handed to a function whose own literal calls it. outer are the nodes around the literal.
func (w *walk) starts(fn *files.Function, outer []ast.Node, lit *ast.FuncLit, outwards []analysis.Frame) bool {
	call := takes(outer)
	name := ""
	if call != nil {
		name = files.Callee(call)
	}
	direct := call != nil && ast.Unparen(call.Fun) == lit
	named := false // a literal of the function that took this one is on the stack
	for _, fr := range outwards {
		its := frame.Closure(fr.Function) > 0 && isCalled(fr, name)
		if !its && frame.User(fr.Function, fr.File) {
			return false
		}
		if dispatches(fr) || kinds(fr).Any(layers.Worker|layers.GraphQL|layers.Template) {
			return false // it is called for each request or job
		}
		named = named || its && !direct
	}
	switch {
	case direct:
		return slices.ContainsFunc(outer, func(n ast.Node) bool {
			s, ok := n.(*ast.GoStmt)
			return ok && s.Call == call
		})
	case named:
		return true
	case call != nil:
		return task(fn, lit)
	}
	id := assignedTo(outer, lit)
	return id != nil && (task(fn, lit) || startsVariable(fn.Decl, id.Name))
}

// task reports whether a function in the file of at has no parameters, or only a context.
func task(at *files.Function, fn ast.Node) bool {
	var t *ast.FuncType
	switch fn := fn.(type) {
	case *ast.FuncLit:
		t = fn.Type
	case *ast.FuncDecl:
		t = fn.Type
	default:
		return false
	}
	if t.Params.NumFields() > 1 {
		return false
	}
	for _, p := range t.Params.List {
		sel, ok := p.Type.(*ast.SelectorExpr)
		if !ok || sel.Sel.Name != "Context" {
			return false
		}
		if pkg, ok := sel.X.(*ast.Ident); !ok || importPath(at, pkg.Name) != "context" {
			return false
		}
	}
	return true
}

// takes returns the call that the nodes around a literal make of it or hand it to, nil if there is none.
func takes(outer []ast.Node) *ast.CallExpr {
	for i := len(outer) - 1; i >= 0; i-- {
		switch n := outer[i].(type) {
		case *ast.ParenExpr:
		case *ast.CallExpr:
			return n
		default:
			return nil
		}
	}
	return nil
}

// assignedTo returns the variable that a literal is assigned to, nil if there is none.
func assignedTo(outer []ast.Node, lit *ast.FuncLit) *ast.Ident {
	a, ok := outer[len(outer)-1].(*ast.AssignStmt)
	if !ok || len(a.Lhs) != len(a.Rhs) {
		return nil
	}
	for i, right := range a.Rhs {
		if right == lit {
			id, _ := a.Lhs[i].(*ast.Ident)
			return id
		}
	}
	return nil
}

// startsVariable reports whether a go statement below root calls the variable with that name.
func startsVariable(root ast.Node, name string) bool {
	found := false
	ast.Inspect(root, func(n ast.Node) bool {
		if g, ok := n.(*ast.GoStmt); ok {
			id, ok := g.Call.Fun.(*ast.Ident)
			found = found || ok && id.Name == name
		}
		return !found
	})
	return found
}

// isCalled reports whether the declared function of fr has that name.
func isCalled(fr analysis.Frame, name string) bool {
	return name != "" && strings.HasSuffix(frame.Name(fr.Function), "."+name)
}

// aroundLast returns the index of the function around the last node of outer, or -1.
func aroundLast(outer []ast.Node) int {
	for i := len(outer) - 2; i >= 0; i-- {
		if files.Body(outer[i]) != nil {
			return i
		}
	}
	return -1
}
