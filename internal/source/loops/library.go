package loops

import (
	"go/ast"
	"slices"

	"github.com/nplusgone/nplusgone/internal/analysis"
	"github.com/nplusgone/nplusgone/internal/frame"
	"github.com/nplusgone/nplusgone/internal/layers"
	"github.com/nplusgone/nplusgone/internal/source/files"
)

// library returns the innermost loop of the libraries in the frames from begin to end, which application code called.
// Frames before begin are of application code that the libraries call back, or there are none: then the libraries issue
// the statement themselves.
func (w *walk) library(begin, end int) (analysis.Loop, bool) {
	frames := w.stack[begin:end]
	dispatched := slices.ContainsFunc(frames, dispatches)
	if begin > 0 && slices.ContainsFunc(frames, hidesLoops) {
		w.complete = false
	}
	if end == len(w.stack) {
		if begin > 0 && !dispatched && !rooted(frames) {
			w.complete = false // a goroutine of a library, or of an unknown starter
		}
		return analysis.Loop{}, false
	}
	caller := w.fns[end]
	if caller == nil || dispatched {
		return analysis.Loop{}, false
	}
	literal := begin > 0 && w.fns[begin-1] != nil && w.fns[begin-1].Decl == caller.Decl && frame.Closure(w.stack[begin-1].Function) > 0
	if !literal && begin > 0 && w.chained(begin, end) {
		return analysis.Loop{}, false
	}
	for k, fr := range frames {
		if passesOn(fr) {
			continue
		}
		fn, ok := w.files.Locate(fr)
		if !ok {
			w.complete = w.complete && begin == 0
			continue
		}
		around := slices.DeleteFunc(enclosing(fn, inner(w.stack, begin+k)), func(a around) bool { return a.returns })
		if len(around) == 0 {
			continue
		}
		loop := w.helper(end, caller, caller.Frame.Line, frames[len(frames)-1], around[0].loop)
		loop.Retries = loop.Retries || kinds(fr).Has(layers.Retrier)
		loop.Library = !literal
		return loop, true
	}
	return analysis.Loop{}, false
}

// hidesLoops reports whether fr is of a package that calls the application back from loops which its frames do not show.
func hidesLoops(fr analysis.Frame) bool {
	return kinds(fr).Any(layers.Template | layers.GraphQL | layers.Worker | layers.Batcher)
}

// dispatches reports whether fr is of a package whose loops go over handlers, connections or tests.
func dispatches(fr analysis.Frame) bool {
	return kinds(fr).Any(layers.Router|layers.Test) || methodServeHTTP(fr)
}

// methodServeHTTP reports whether fr is a method of http.Handler.
func methodServeHTTP(fr analysis.Frame) bool {
	const method = ".ServeHTTP"
	return len(fr.Function) > len(method) && fr.Function[len(fr.Function)-len(method):] == method
}

// passesOn reports whether fr is of a package whose loops retry a statement or serve connections, and do not go over
// data.
func passesOn(fr analysis.Frame) bool {
	pkg := frame.Package(fr.Function)
	return pkg == "database/sql" || pkg == "runtime" || layers.Of(pkg).Has(layers.Driver) && !layers.Of(pkg).Has(layers.DataLayer)
}

// chained reports whether a package between the frames begin and end has a frame further out as well: handler, router,
// middleware, router. Its loop goes over the handlers and does not repeat one of them. A data layer is no router: a hook
// within a transaction has it further out, too.
func (w *walk) chained(begin, end int) bool {
	for _, helper := range w.stack[begin:end] {
		pkg := frame.Package(helper.Function)
		if layers.Of(pkg).Has(layers.DataLayer) || frame.Standard(pkg) {
			continue
		}
		for _, outer := range w.stack[end+1:] {
			if frame.Package(outer.Function) == pkg {
				return true
			}
		}
	}
	return false
}

// helper describes loop, which is in a library, by the call at that line of fn, in frame i, that led to the function
// called.
func (w *walk) helper(i int, fn *files.Function, line int, called analysis.Frame, loop ast.Stmt) analysis.Loop {
	kind := analysis.LoopRange // how a library goes over values differs between its versions
	if l, ok := loop.(*ast.ForStmt); ok && l.Cond == nil {
		kind = analysis.LoopForever
	}
	helper := analysis.Loop{
		Position: fn.Position(line),
		Kind:     kind,
		Test:     w.files.Test(fn.Frame),
		Constant: w.handsFixed(fn, line, called.Function),
		Retries:  retries(loop),
		Helper:   w.files.Name(called),
		Frame:    i,
	}
	if lib, ok := w.files.Locate(called); ok {
		helper.Waits = sleeps(lib, loop)
	}
	return helper
}

// parallel returns the loop of a function that was handed the literal of frame i, and that calls it back on goroutines
// of its own, so that the call is not on the stack: parallel.ForEach(posts, func(p Post) { … }). The loop has to go over
// something that the call handed over as well.
func (w *walk) parallel(i int) (analysis.Loop, bool) {
	fn := w.fns[i]
	call := takes(fn.Outer[:len(fn.Outer)-1])
	if call == nil || !w.last(i) || fn.Node == call.Fun {
		return analysis.Loop{}, false
	}
	outwards := w.stack[i+1:]
	if slices.ContainsFunc(outwards, dispatches) {
		return analysis.Loop{}, false
	}
	called := slices.IndexFunc(outwards, func(fr analysis.Frame) bool { return isCalled(fr, files.Callee(call)) })
	for k, fr := range outwards {
		lib, ok := w.files.Locate(fr)
		if !ok {
			continue
		}
		around := enclosing(lib, inner(w.stack, i+1+k))
		if len(around) == 0 {
			around = w.startedLiteral(lib, outwards[k+1:])
		}
		switch {
		case len(around) == 0:
		case called >= 0 && goesOverParameter(lib, around[0].loop):
			return w.helper(i, fn, fn.File.At(call.Lparen), outwards[called], around[0].loop), true
		case kinds(fr).Has(layers.Goroutines) && !task(fn, fn.Node): // fed by other calls, such as pool.Invoke(v)
			return w.helper(i, fn, fn.File.At(call.Lparen), fr, around[0].loop), true
		}
	}
	return analysis.Loop{}, false
}

// goesOverParameter reports whether the head of a loop in fn depends on a parameter of the declared function around it,
// directly or through local variables.
func goesOverParameter(fn *files.Function, loop ast.Stmt) bool {
	decl, ok := fn.Decl.(*ast.FuncDecl)
	if !ok {
		return false
	}
	from := map[string]bool{}
	for _, field := range decl.Type.Params.List {
		for _, id := range field.Names {
			from[id.Name] = true
		}
	}
	for grown := true; grown; {
		grown = false
		ast.Inspect(decl.Body, func(n ast.Node) bool {
			a, ok := n.(*ast.AssignStmt)
			if !ok {
				return true
			}
			for _, right := range a.Rhs {
				if _, literal := right.(*ast.FuncLit); literal || !mentionsAny(right, from) {
					continue
				}
				for _, left := range a.Lhs {
					if id, ok := left.(*ast.Ident); ok && id.Name != "_" && !from[id.Name] {
						from[id.Name], grown = true, true
					}
				}
			}
			return true
		})
	}
	switch loop := loop.(type) {
	case *ast.RangeStmt:
		return mentionsAny(loop.X, from)
	case *ast.ForStmt:
		return loop.Cond != nil && mentionsAny(loop.Cond, from)
	}
	return false
}
