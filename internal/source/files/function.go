package files

import (
	"go/ast"
	"path"
	"strings"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/analysis"
	"github.com/nplusgone/nplusgone/internal/frame"
)

// A Function is the function that a frame runs in, located in its file.
type Function struct {
	File  *File
	Frame analysis.Frame
	Decl  ast.Decl   // the top-level declaration around it
	Node  ast.Node   // *ast.FuncDecl or *ast.FuncLit
	Outer []ast.Node // the nodes from Decl down to Node, both included
}

// Locate returns the function of fr. ok is false if the file cannot be read, or has no such function at the frame's line:
// then the file has changed since it was compiled.
func (s *Set) Locate(fr analysis.Frame) (fn *Function, ok bool) {
	src, ok := s.Open(fr.Function, fr.File)
	if !ok {
		return nil, false
	}
	tree := src.Tree()
	if tree == nil {
		return nil, false
	}
	name, depth := frame.Name(fr.Function), frame.Closure(fr.Function)
	name = name[strings.LastIndexByte(name, '.')+1:]
	for _, decl := range tree.Decls {
		if !src.Spans(decl, fr.Line) {
			continue
		}
		c := &Function{File: src, Frame: fr, Decl: decl}
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			if decl.Name.Name != name || decl.Body == nil {
				continue
			}
			c.Node, c.Outer = decl, []ast.Node{decl}
			c.enter(depth)
			return c, true
		case *ast.GenDecl: // a function literal in a package variable
			if c.enter(max(depth, 1)); c.Node != nil {
				return c, true
			}
		}
	}
	return nil, false
}

// enter selects the function literal on the frame's line at the given depth of literals, or the deepest there is. Of
// several literals on one line, one with a call on that line is preferred.
func (c *Function) enter(depth int) {
	best, calls := 0, false
	Literals(c.Decl, func(outer []ast.Node, lit *ast.FuncLit, at int) {
		if at > depth || at < best || !c.File.Spans(lit, c.Frame.Line) {
			return
		}
		some := len(c.File.Calls(lit, c.Frame.Line)) > 0
		if at > best || some && !calls {
			best, calls = at, some
			c.Node, c.Outer = lit, outer
		}
	})
}

// Literals calls do for every function literal below root, with the nodes from root to the literal and the number of
// literals among them.
func Literals(root ast.Node, do func(outer []ast.Node, lit *ast.FuncLit, depth int)) {
	var stack []ast.Node
	depth := 0
	ast.Inspect(root, func(n ast.Node) bool {
		if n == nil {
			if _, ok := stack[len(stack)-1].(*ast.FuncLit); ok {
				depth--
			}
			stack = stack[:len(stack)-1]
			return true
		}
		stack = append(stack, n)
		if lit, ok := n.(*ast.FuncLit); ok {
			depth++
			do(append([]ast.Node(nil), stack...), lit, depth)
		}
		return true
	})
}

// Name returns the function's name in the form of [frame.Name]. It is also right for a literal that was inlined into
// another function.
func (c *Function) Name() string {
	compiled := frame.Name(c.Frame.Function)
	decl, ok := c.Decl.(*ast.FuncDecl)
	if !ok || frame.Closure(c.Frame.Function) == 0 {
		return compiled
	}
	written := Receiver(decl) + decl.Name.Name
	pkg, _, _ := strings.Cut(compiled, ".")
	if folder := path.Base(path.Dir(c.Frame.File)); folder != path.Base(frame.Package(c.Frame.Function)) && folder == c.File.Tree().Name.Name {
		pkg = folder // inlined into another package
	}
	return pkg + "." + written
}

// Position returns a line of the function's file as reports have it.
func (c *Function) Position(line int) finding.Position {
	return finding.Position{
		File:     frame.Relative(c.Frame.Function, c.Frame.File),
		Line:     line,
		Function: c.Name(),
		Text:     strings.TrimSpace(c.File.Line(line)),
	}
}

// Receiver returns the receiver of a method in the form of function names, with a dot after it, or "".
func Receiver(decl *ast.FuncDecl) string {
	if decl.Recv == nil || len(decl.Recv.List) == 0 {
		return ""
	}
	t, pointer := ast.Unparen(decl.Recv.List[0].Type), false
	if star, ok := t.(*ast.StarExpr); ok {
		t, pointer = ast.Unparen(star.X), true
	}
	switch generic := t.(type) {
	case *ast.IndexExpr:
		t = generic.X
	case *ast.IndexListExpr:
		t = generic.X
	}
	id, ok := t.(*ast.Ident)
	switch {
	case !ok:
		return ""
	case pointer:
		return "(*" + id.Name + ")."
	}
	return id.Name + "."
}

// Body returns the body of a function node, nil for other nodes.
func Body(fn ast.Node) *ast.BlockStmt {
	switch fn := fn.(type) {
	case *ast.FuncDecl:
		return fn.Body
	case *ast.FuncLit:
		return fn.Body
	}
	return nil
}
