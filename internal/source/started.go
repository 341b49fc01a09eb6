package source

import (
	"go/ast"
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone/detector"
	"github.com/nplusgone/nplusgone/internal/frame"
)

// started returns the loops around the statement that started the goroutine of frame i, if that began with the
// function literal of the frame. The creator of a goroutine is not on its stack, but the literal is written in it.
func (w *walk) started(i int) []ast.Stmt {
	outer, outwards := w.codes[i].outer, w.stack[i+1:]
	for {
		lit, ok := outer[len(outer)-1].(*ast.FuncLit)
		if !ok || !w.starts(outer[:len(outer)-1], lit, outwards) {
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
// Go, as of an errgroup, or by a function whose own literal is at the goroutine's root. outwards are the frames from the
// literal to the root; none may be of user code that called the literal.
func (w *walk) starts(outer []ast.Node, lit *ast.FuncLit, outwards []detector.Frame) bool {
	outer = slices.DeleteFunc(slices.Clone(outer), func(n ast.Node) bool { _, ok := n.(*ast.ParenExpr); return ok })
	if len(outer) < 2 {
		return false
	}
	call, ok := outer[len(outer)-1].(*ast.CallExpr)
	if !ok {
		return false
	}
	name := callee(call)
	if ast.Unparen(call.Fun) == lit {
		_, ok = outer[len(outer)-2].(*ast.GoStmt)
	} else {
		ok = name == "Go" || name == "TryGo"
	}
	for _, fr := range outwards {
		named := frame.Closure(fr.Function) > 0 && strings.HasSuffix(frame.Name(fr.Function), "."+name)
		if !named && w.Finder.user(fr) {
			return false
		}
		ok = ok || named && !serving(fr)
	}
	return ok
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
