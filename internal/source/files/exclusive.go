package files

import (
	"go/ast"

	"github.com/nplusgone/nplusgone/internal/analysis"
)

// Exclusive reports whether two lines of fr's function cannot both run in one call of it: they are in two cases of a switch or of a
// select, or one is in the body of an if statement and the other in its else, and no loop encloses that statement.
func (s *Set) Exclusive(fr analysis.Frame, a, b int) bool {
	fn, ok := s.Locate(fr)
	if !ok {
		return false
	}
	f := fn.File
	exclusive, repeated := false, false
	Inspect(fn.Node, func(n ast.Node) bool {
		if n == nil || !f.Spans(n, a) || !f.Spans(n, b) {
			return n != nil
		}
		switch n := n.(type) {
		case *ast.ForStmt, *ast.RangeStmt:
			repeated = true
		case *ast.SwitchStmt:
			exclusive = exclusive || f.parts(n.Body.List, a, b)
		case *ast.TypeSwitchStmt:
			exclusive = exclusive || f.parts(n.Body.List, a, b)
		case *ast.SelectStmt:
			exclusive = exclusive || f.parts(n.Body.List, a, b)
		case *ast.IfStmt:
			if n.Else != nil {
				exclusive = exclusive || f.Spans(n.Body, a) && f.Spans(n.Else, b) && !f.Spans(n.Body, b) && !f.Spans(n.Else, a) ||
					f.Spans(n.Body, b) && f.Spans(n.Else, a) && !f.Spans(n.Body, a) && !f.Spans(n.Else, b)
			}
		}
		return true
	})
	return exclusive && !repeated
}

// parts reports whether two lines are in different ones of some clauses.
func (f *File) parts(clauses []ast.Stmt, a, b int) bool {
	at := func(line int) int {
		for i, c := range clauses {
			if f.Spans(c, line) {
				return i
			}
		}
		return -1
	}
	i, j := at(a), at(b)
	return i >= 0 && j >= 0 && i != j
}
