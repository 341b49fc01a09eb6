package files

import (
	"go/ast"
	"strings"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/analysis"
)

// Arm returns the innermost arm of an if, switch or select statement that fr's line is in, if that statement is on the lines from first
// to last of fr's function, and what decides on it as text: "if p.Draft", "else of if p.Draft" or "case Video".
func (s *Set) Arm(fr analysis.Frame, first, last int) (at finding.Position, found bool) {
	fn, ok := s.Locate(fr)
	if !ok {
		return finding.Position{}, false
	}
	f := fn.File
	enter := func(n ast.Node, prefix string) {
		line := f.At(n.Pos())
		if line < first || f.At(n.End()) > last {
			return
		}
		at, found = position(fr, line), true
		text := strings.TrimPrefix(strings.TrimSuffix(s.Line(at.File, line), " {"), "} else ")
		at.Text = prefix + strings.TrimSuffix(text, ":")
	}
	Inspect(fn.Node, func(n ast.Node) bool {
		if n == nil || !f.Spans(n, fr.Line) {
			return n != nil
		}
		switch n := n.(type) {
		case *ast.IfStmt:
			switch {
			case f.within(n.Body, fr.Line):
				enter(n, "")
			case n.Else != nil && f.within(n.Else, fr.Line):
				if _, chained := n.Else.(*ast.IfStmt); !chained {
					enter(n, "else of ")
				}
			}
		case *ast.CaseClause:
			enter(n, "")
		case *ast.CommClause:
			enter(n, "")
		}
		return true
	})
	return at, found
}

// within reports whether a line is in a block, and not the one on which it begins or ends.
func (f *File) within(block ast.Stmt, line int) bool {
	return f.At(block.Pos()) < line && line < f.At(block.End())
}
