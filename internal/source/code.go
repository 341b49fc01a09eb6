package source

import (
	"go/ast"
	"path"
	"strings"

	"github.com/nplusgone/nplusgone/internal/analysis"
	"github.com/nplusgone/nplusgone/internal/frame"
)

// A code is the function that a frame runs in, found in its source.
type code struct {
	file  *file
	frame analysis.Frame
	decl  ast.Decl   // the top-level declaration around it
	node  ast.Node   // *ast.FuncDecl or *ast.FuncLit
	outer []ast.Node // the nodes from decl down to node, both included
}

// locate finds the code of fr. It fails when the source is not there, or is not what was compiled.
func (f *Finder) locate(fr analysis.Frame) (*code, bool) {
	src, ok := f.open(fr.Function, fr.File)
	if !ok {
		return nil, false
	}
	_, tree := src.parse()
	if tree == nil {
		return nil, false
	}
	name, depth := frame.Name(fr.Function), frame.Closure(fr.Function)
	name = name[strings.LastIndexByte(name, '.')+1:]
	for _, decl := range tree.Decls {
		if !src.spans(decl, fr.Line) {
			continue
		}
		c := &code{file: src, frame: fr, decl: decl}
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			if decl.Name.Name != name || decl.Body == nil {
				continue
			}
			c.node, c.outer = decl, []ast.Node{decl}
			c.enter(depth)
			return c, true
		case *ast.GenDecl: // a literal in a package variable
			if c.enter(max(depth, 1)); c.node != nil {
				return c, true
			}
		}
	}
	return nil, false
}

// enter goes to the function literal on the frame's line that depth literals enclose, itself included, or as deep as
// there are any. Of several on one line, one that calls something there is taken.
func (c *code) enter(depth int) {
	best, calls := 0, false
	literals(c.decl, func(outer []ast.Node, lit *ast.FuncLit, at int) {
		if at > depth || at < best || !c.file.spans(lit, c.frame.Line) {
			return
		}
		some := len(c.file.calls(lit, c.frame.Line)) > 0
		if at > best || some && !calls {
			best, calls = at, some
			c.node, c.outer = lit, outer
		}
	})
}

// literals calls do for every function literal below root, with the nodes from root to it and the number of literals
// among them.
func literals(root ast.Node, do func(outer []ast.Node, lit *ast.FuncLit, depth int)) {
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

// name returns the function's name in the form of frame.Name. The source tells where the compiler's name, of a literal
// that was inlined elsewhere, does not.
func (c *code) name() string {
	compiled := frame.Name(c.frame.Function)
	decl, ok := c.decl.(*ast.FuncDecl)
	if !ok || frame.Closure(c.frame.Function) == 0 {
		return compiled
	}
	written := receiver(decl) + decl.Name.Name
	pkg, _, _ := strings.Cut(compiled, ".")
	_, tree := c.file.parse()
	if folder := path.Base(path.Dir(c.frame.File)); folder != path.Base(frame.Package(c.frame.Function)) && folder == tree.Name.Name {
		pkg = folder // inlined into another package
	}
	return pkg + "." + written
}

// receiver returns the receiver of a method as names of functions have it, with a dot after it, or "".
func receiver(decl *ast.FuncDecl) string {
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

// body returns the statements of a function node.
func body(fn ast.Node) *ast.BlockStmt {
	switch fn := fn.(type) {
	case *ast.FuncDecl:
		return fn.Body
	case *ast.FuncLit:
		return fn.Body
	}
	return nil
}
