package loops

import (
	"go/ast"
	"go/token"
	"slices"

	"github.com/nplusgone/nplusgone/internal/analysis"
	"github.com/nplusgone/nplusgone/internal/frame"
	"github.com/nplusgone/nplusgone/internal/source/files"
)

// maxStarters is how many functions the search for the loop that starts a goroutine goes up from the go statement. Programs put it into a
// function of its own, and that sometimes into another one.
const maxStarters = 3

// A mention is a place in a function that no frame of the stack names, and the nodes from the function's down to it.
type mention struct {
	fn  *files.Function
	way []ast.Node
}

// starters returns the loops around the statement that started the goroutine of frame i, the outermost one of the application: go
// worker(job), or pool.Submit(job.run). There has to be one such statement in the package. If its function has no loop around it,
// those around that function's only call are returned.
func (w *walk) starters(i int) []analysis.Loop {
	if slices.ContainsFunc(w.stack[i+1:], dispatches) {
		return nil
	}
	at, ok := w.start(i)
	for range maxStarters {
		if !ok {
			break
		}
		if loops := w.describe(i, at.fn, repeating(at.way, nil)); len(loops) > 0 {
			return loops
		}
		at, ok = w.onlyCall(at.fn)
	}
	return nil
}

// start returns the statement that started the goroutine of frame i. For a function literal that is the literal itself, if it is started
// where it is written.
func (w *walk) start(i int) (mention, bool) {
	fn := w.fns[i]
	switch node := fn.Node.(type) {
	case *ast.FuncDecl:
		return w.mentioned(fn, func(d ast.Decl) []ast.Node { return handedOver(d, node) })
	case *ast.FuncLit:
		outer := fn.Outer[:len(fn.Outer)-1]
		if at := aroundLast(fn.Outer); at == 0 && w.starts(fn, outer, node, w.stack[i+1:]) {
			around := *fn
			around.Node, around.Outer = fn.Decl, outer[:1]
			around.Frame.Function = frame.Package(fn.Frame.Function) + "." + declaredName(fn.Decl)
			return mention{&around, outer}, true
		}
	}
	return mention{}, false
}

// onlyCall returns the call of fn, if it is the only mention of its name in the package, and no other package can call it.
func (w *walk) onlyCall(fn *files.Function) (mention, bool) {
	decl, ok := fn.Node.(*ast.FuncDecl)
	if !ok || decl.Name.IsExported() {
		return mention{}, false
	}
	m, ok := w.mentioned(fn, func(d ast.Decl) (refs []ast.Node) {
		ast.Inspect(d, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && id.Name == decl.Name.Name && id != decl.Name {
				refs = append(refs, id)
			}
			return true
		})
		return refs
	})
	if !ok || !isFunctionOfCall(m.way) {
		return mention{}, false
	}
	return m, true
}

// isFunctionOfCall reports whether the last node of way, a name, is that of a function which is called there.
func isFunctionOfCall(way []ast.Node) bool {
	for i := len(way) - 2; i >= 0; i-- {
		switch n := way[i].(type) {
		case *ast.SelectorExpr:
			if n.Sel != way[i+1] {
				return false
			}
		case *ast.CallExpr:
			return n.Fun == way[i+1]
		default:
			return false
		}
	}
	return false
}

// mentioned returns what find returns for the declarations of fn's package, if that is one node, in a function. Tests are left out unless
// fn is of one.
func (w *walk) mentioned(fn *files.Function, find func(ast.Decl) []ast.Node) (m mention, ok bool) {
	found := 0
	for _, name := range w.files.Siblings(fn.Frame.Function, fn.Frame.File) {
		if frame.Test(name) && !frame.Test(fn.Frame.File) {
			continue
		}
		src, ok := w.files.Open(fn.Frame.Function, name)
		if !ok || src.Tree() == nil {
			continue
		}
		for _, d := range src.Tree().Decls {
			for _, ref := range find(d) {
				found++
				m.way = files.WayTo(d, ref)
				m.fn = &files.Function{File: src, Decl: d, Frame: analysis.Frame{
					Function: frame.Package(fn.Frame.Function) + "." + declaredName(d), File: name, Line: src.At(ref.Pos()),
				}}
			}
		}
	}
	if found != 1 {
		return mention{}, false
	}
	for j := len(m.way) - 1; j >= 0; j-- {
		if files.Body(m.way[j]) != nil {
			m.fn.Node, m.fn.Outer, m.way = m.way[j], m.way[:j+1], m.way[j:]
			return m, true
		}
	}
	return mention{}, false
}

// handedOver returns the expressions below root that start fn on a goroutine or hand it over: the function of a go
// statement, or a mention that is not called.
func handedOver(root ast.Node, fn *ast.FuncDecl) (refs []ast.Node) {
	method := fn.Recv != nil
	called := map[ast.Expr]bool{}
	ast.Inspect(root, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GoStmt:
			if files.Callee(n.Call) == fn.Name.Name && isSelector(n.Call) == method {
				refs = append(refs, n)
			}
			called[n.Call.Fun] = true
		case *ast.CallExpr:
			called[n.Fun] = true
			for _, arg := range n.Args {
				switch arg := arg.(type) {
				case *ast.SelectorExpr:
					if method && arg.Sel.Name == fn.Name.Name {
						refs = append(refs, arg)
					}
				case *ast.Ident:
					if !method && arg.Name == fn.Name.Name {
						refs = append(refs, arg)
					}
				}
			}
		}
		return true
	})
	return refs
}

func isSelector(call *ast.CallExpr) bool {
	_, ok := files.Operand(call).(*ast.SelectorExpr)
	return ok
}

// declaredName returns the name of a declaration as function names have it.
func declaredName(d ast.Decl) string {
	fn, ok := d.(*ast.FuncDecl)
	if !ok {
		return token.VAR.String()
	}
	if fn.Recv == nil || len(fn.Recv.List) == 0 {
		return fn.Name.Name
	}
	return files.Receiver(fn) + fn.Name.Name
}
