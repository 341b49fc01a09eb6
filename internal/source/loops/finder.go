// Package loops finds the loops that enclose a statement: in the functions of its call stack, around the function
// literals that they were written as, in libraries that call the application back, and around the statements that
// started the goroutine.
//
// The search is syntactic: it parses the files of the stack and loads no packages. What only types can show, such as
// whether a call sends something, is asked of an optional [Types], for the few loops where the syntax leaves it open.
package loops

import (
	"go/ast"
	"slices"

	"github.com/nplusgone/nplusgone/internal/analysis"
	"github.com/nplusgone/nplusgone/internal/frame"
	"github.com/nplusgone/nplusgone/internal/layers"
	"github.com/nplusgone/nplusgone/internal/source/files"
)

// A Finder finds loops. Its methods may be called concurrently.
type Finder struct {
	files   *files.Set
	types   Types
	globals globals
}

// Types determines what the syntax of a loop does not show. A method returns the zero value for what it cannot show.
type Types interface {
	// Turn describes what a turn of the loop in fr's function does that has its for statement on the line first and
	// ends on the line last.
	Turn(fr analysis.Frame, first, last int) Turn
	// Cached reports whether the function of fr looks a key up in a cache that outlives the function, makes the call at
	// fr's line only if the cache does not have the key, and puts it in the cache afterwards.
	Cached(fr analysis.Frame) bool
	// OneText reports whether the call in the function of stack[i] that led to stack[i-1], or that ran the statement if i is 0, gets
	// one text and no list of values.
	OneText(stack []analysis.Frame, i int) bool
}

// A Turn is what a turn of a loop does besides running the statement.
type Turn struct {
	Effects  []int // lines of calls whose error is checked and that have an effect outside of the loop
	Waits    bool  // it sleeps, or waits for a timer
	Receives bool  // it takes a message that another goroutine or program sends
}

// New returns a Finder that reads files from set. types may be nil: then the flags that need types are not set.
func New(set *files.Set, types Types) *Finder { return &Finder{files: set, types: types} }

// Loops returns all loops that enclose the statement issued by stack, the innermost first. See analysis.Source.
func (f *Finder) Loops(stack []analysis.Frame) (loops []analysis.Loop, complete bool) {
	w := f.walk(stack)
	loops = w.loops()
	return loops, w.complete // which the search may have cleared
}

// A walk goes through one stack, from the statement outwards.
type walk struct {
	*Finder
	stack    []analysis.Frame
	app      []bool            // whether the frame is application code
	made     []bool            // whether its file is generated
	fns      []*files.Function // nil for other frames, and if the file cannot be read
	complete bool              // no loop can be hidden
}

func (f *Finder) walk(stack []analysis.Frame) *walk {
	begun := slices.IndexFunc(stack, scopeBegins)
	if begun >= 0 {
		stack = stack[:begun]
	}
	w := &walk{Finder: f, stack: stack, complete: begun >= 0 || rooted(stack)}
	w.app, w.made, w.fns = make([]bool, len(stack)), make([]bool, len(stack)), make([]*files.Function, len(stack))
	some := false
	for i, fr := range stack {
		if !frame.User(fr.Function, fr.File) {
			continue
		}
		some = true
		w.app[i], w.made[i] = true, f.files.Generated(fr.Function, fr.File)
		fn, ok := f.files.Locate(fr)
		w.fns[i] = fn
		w.complete = w.complete && ok
	}
	w.complete = w.complete && some
	return w
}

// scopeBegins reports whether fr is of this module's front door, which begins a scope for each request: a loop further
// out repeats scopes.
func scopeBegins(fr analysis.Frame) bool {
	return frame.Package(fr.Function) == "github.com/nplusgone/nplusgone" && !frame.Test(fr.File)
}

// rooted reports whether the outermost frames of a stack are those of the main goroutine, a test, or a server's request,
// so that no function of the application is missing further out.
func rooted(stack []analysis.Frame) bool {
	for i := len(stack) - 1; i >= 0; i-- {
		fr := stack[i]
		switch fr.Function {
		case "main.main", "runtime.main", "runtime.doInit", "runtime.doInit1":
			return true
		case "runtime.goexit":
			continue
		}
		if frame.User(fr.Function, fr.File) {
			return false
		}
		if kinds(fr).Any(layers.Router | layers.Test) {
			return true
		}
	}
	return false
}

// kinds returns what the package and function of a frame are known to be.
func kinds(fr analysis.Frame) layers.Kind {
	pkg := frame.Package(fr.Function)
	return layers.OfFunction(pkg, fr.Function[min(len(pkg)+1, len(fr.Function)):])
}

// loops returns the loops of all frames.
func (w *walk) loops() (all []analysis.Loop) {
	for i := 0; i < len(w.stack); {
		if w.app[i] {
			all = append(all, w.at(i)...)
			i++
			continue
		}
		end := i
		for end < len(w.stack) && !w.app[end] {
			end++
		}
		if loop, ok := w.library(i, end); ok {
			all = append(all, loop)
		}
		i = end
	}
	return all
}

// at returns the loops in the function of frame i around its call, and around the function literal that it is, if that
// runs on another goroutine.
func (w *walk) at(i int) []analysis.Loop {
	fn := w.fns[i]
	if fn == nil {
		return nil
	}
	all := w.describe(i, fn, enclosing(fn, inner(w.stack, i)))
	if w.outward(i) {
		return all // the function that the literal is written in has a frame of its own
	}
	own := len(all)
	if loop, ok := w.parallel(i); ok {
		all = append(all, loop)
	}
	started := w.started(i)
	all = append(all, w.describe(i, fn, started)...)
	if len(started) == 0 && w.last(i) && !rooted(w.stack[i:]) {
		all = append(all, w.starters(i)...)
	}
	for k := range all[own:] {
		all[own+k].Started = true
	}
	return all
}

// inner returns the function that frame i of a stack called, "" for the innermost.
func inner(stack []analysis.Frame, i int) string {
	if i == 0 {
		return ""
	}
	return stack[i-1].Function
}

// last reports whether no frame further out than i is application code.
func (w *walk) last(i int) bool { return w.next(i) < 0 }

// next returns the index of the next frame of application code further out than i, -1 if there is none.
func (w *walk) next(i int) int {
	for j := i + 1; j < len(w.app); j++ {
		if w.app[j] {
			return j
		}
	}
	return -1
}

// outward reports whether the declaration that frame i's function literal is written in has a frame further out.
func (w *walk) outward(i int) bool {
	for j := i + 1; j < len(w.stack); j++ {
		if w.fns[j] != nil && w.fns[j].Decl == w.fns[i].Decl {
			return true
		}
	}
	return false
}

// describe returns loops of fn, or around it, that enclose frame i. The position of a loop in a generated file is that
// of the call in handwritten code which led there, or else of the handwritten call that it led to.
func (w *walk) describe(i int, fn *files.Function, around []around) (all []analysis.Loop) {
	for _, a := range around {
		loop := analysis.Loop{
			Position: fn.Position(fn.File.At(a.loop.Pos())),
			End:      fn.File.At(a.loop.End()),
			Kind:     w.kind(fn, a.loop),
			Test:     w.files.Test(fn.Frame),
			Constant: w.constant(fn, a.loop),
			Returns:  a.returns,
			Retries:  retries(a.loop),
			Stops:    retries(a.loop) || stops(fn, a.loop, a.calls),
			Exits:    exits(fn, a.loop),
			Searches: searches(fn, a.loop, a.calls),
			Receives: receives(a.loop),
			Frame:    i,
		}
		w.turn(fn, a, &loop)
		if w.files.Generated(fn.Frame.Function, fn.Frame.File) {
			w.replace(i, &loop)
		}
		all = append(all, loop)
	}
	return all
}

// turn sets the flags of a loop that depend on types.
func (w *walk) turn(fn *files.Function, a around, loop *analysis.Loop) {
	loop.Waits = sleeps(fn, a.loop)
	if w.types == nil {
		return
	}
	if mayWait(a.loop) || mayReceive(a.loop) || mayHaveEffects(a.loop) {
		t := w.types.Turn(fn.Frame, loop.Line, loop.End)
		loop.Waits = loop.Waits || t.Waits && mayWait(a.loop)
		loop.Receives = loop.Receives || t.Receives && mayReceive(a.loop)
		loop.Effects = slices.DeleteFunc(t.Effects, func(line int) bool { return line == fn.Frame.Line }) // not the statement's own call
	}
	loop.Passes = passes(a.loop, a.calls) && w.types.OneText(w.stack, loop.Frame)
	for j := 0; j <= loop.Frame && !loop.Cached; j++ {
		loop.Cached = w.fns[j] != nil && mayLookUp(w.fns[j]) && w.types.Cached(w.stack[j]) || !w.app[j] && kinds(w.stack[j]).Has(layers.Cache)
	}
}

// replace moves the position of a loop in generated code to handwritten code.
func (w *walk) replace(i int, loop *analysis.Loop) {
	generated := w.files.Name(w.stack[i])
	loop.Own = &analysis.Lines{Frame: loop.Frame, Line: loop.Line, End: loop.End}
	for j := i + 1; j < len(w.stack); j++ {
		if w.app[j] && !w.made[j] && w.fns[j] != nil {
			loop.Position, loop.End, loop.Frame, loop.Helper = w.fns[j].Position(w.stack[j].Line), 0, j, w.files.Name(w.stack[j-1])
			return
		}
	}
	for j := i - 1; j >= 0; j-- {
		if w.app[j] && !w.made[j] && w.fns[j] != nil {
			loop.Position, loop.End, loop.Helper = w.fns[j].Position(w.stack[j].Line), 0, generated
			return
		}
	}
}

// An around is a loop around calls.
type around struct {
	loop    ast.Stmt
	calls   []*ast.CallExpr // in the loop, that lead to the statement
	returns bool            // each turn leaves it behind the calls
}
