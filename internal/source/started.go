package source

import (
	"go/ast"
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone/internal/analysis"
	"github.com/nplusgone/nplusgone/internal/frame"
)

// started returns the loops around the statement that started a goroutine, if that began with the function literal c,
// the innermost first. outwards are the frames from there to the goroutine's root. Its creator is not on the stack, but
// the literal is written in it.
func (f *Finder) started(c *code, outwards []analysis.Frame) []ast.Stmt {
	outer := c.outer
	for {
		lit, ok := outer[len(outer)-1].(*ast.FuncLit)
		if !ok || !f.starts(outer[:len(outer)-1], lit, outwards) {
			return nil
		}
		at := enclosing(outer)
		if at < 0 {
			return nil
		}
		if around := repeating(outer[at:]); len(around) > 0 {
			return around
		}
		// The function around it may be a literal that was started in the same way. Its stack is not known.
		outer, outwards = outer[:at+1], nil
	}
}

// starts reports whether the nodes around a literal hand it to a new goroutine: by a go statement, by a method named
// Go, as of an errgroup, or by a function whose own literal is at the goroutine's root. None of outwards may be of the
// user's code that called the literal.
func (f *Finder) starts(outer []ast.Node, lit *ast.FuncLit, outwards []analysis.Frame) bool {
	call := takes(outer)
	if call == nil {
		return false
	}
	name := callee(call)
	ok := name == "Go" || name == "TryGo"
	if ast.Unparen(call.Fun) == lit {
		ok = slices.ContainsFunc(outer, func(n ast.Node) bool {
			statement, ok := n.(*ast.GoStmt)
			return ok && statement.Call == call
		})
	}
	for _, fr := range outwards {
		named := frame.Closure(fr.Function) > 0 && isCalled(fr, name)
		if !named && f.user(fr) {
			return false
		}
		ok = ok || named && !serving(fr)
	}
	return ok
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

// isCalled reports whether the declared function of fr has that name.
func isCalled(fr analysis.Frame, name string) bool {
	return name != "" && strings.HasSuffix(frame.Name(fr.Function), "."+name)
}

// enclosing returns the index of the function around the last node of outer, or -1.
func enclosing(outer []ast.Node) int {
	for i := len(outer) - 2; i >= 0; i-- {
		if body(outer[i]) != nil {
			return i
		}
	}
	return -1
}
