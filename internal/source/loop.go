package source

import (
	"go/ast"
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/analysis"
	"github.com/nplusgone/nplusgone/internal/frame"
)

// Loop finds the innermost loop that can have repeated the statement issued by stack. It goes through the user's frames
// from the statement outwards: a for statement whose body, condition or post statement holds the call; the function
// outside the user's code that calls a function literal back; for a goroutine, the loop around the statement that starts
// it. Only then it takes a loop outside the user's code that calls back a function declared elsewhere, such as a hook.
//
// A loop that ends at the first success gives way to one further out: it repeats nothing as long as nothing fails.
//
// known is false when no loop was found and some source was missing, so that there may be one.
func (f *Finder) Loop(stack []analysis.Frame) (loop analysis.Loop, found, known bool) {
	w := f.walk(stack)
	if loop, found = w.innermost(); !found {
		return analysis.Loop{}, false, w.readable()
	}
	return loop, true, true
}

// A walk is one stack with what the source says of the user's frames.
type walk struct {
	*Finder
	stack   []analysis.Frame
	user    []bool  // whether the frame is the user's
	codes   []*code // nil for others, and where there is no source
	missing bool    // a function that may hold the loop has no source
}

// A candidate is a loop that encloses the call.
type candidate struct {
	analysis.Loop
	retries bool // it ends at the first success
}

func (f *Finder) walk(stack []analysis.Frame) *walk {
	if i := slices.IndexFunc(stack, scopeBegins); i >= 0 {
		stack = stack[:i]
	}
	w := &walk{Finder: f, stack: stack, user: make([]bool, len(stack)), codes: make([]*code, len(stack))}
	for i, fr := range stack {
		if w.user[i] = f.user(fr); w.user[i] {
			w.codes[i], _ = f.locate(fr)
		}
	}
	return w
}

// scopeBegins reports whether fr is of this module's front door, which has a scope of its own for each request: a loop
// around it repeats scopes.
func scopeBegins(fr analysis.Frame) bool {
	return frame.Package(fr.Function) == "github.com/nplusgone/nplusgone" && !frame.Test(fr.File)
}

// readable reports whether the source of every frame that may hold the loop was there, and of one at least.
func (w *walk) readable() bool {
	some := false
	for i, user := range w.user {
		if user && w.codes[i] == nil {
			return false
		}
		some = some || user
	}
	return some && !w.missing
}

// innermost returns the innermost loop that does not merely retry, or else the innermost of those that do.
func (w *walk) innermost() (analysis.Loop, bool) {
	var retry *analysis.Loop
	for i := range w.stack {
		for _, c := range w.at(i) {
			if !c.retries {
				return c.Loop, true
			}
			if retry == nil {
				retry = &c.Loop
			}
		}
	}
	if retry != nil {
		return *retry, true
	}
	return w.hooks()
}

// at returns the loops that repeat the call in frame i of the user's, in its function or around its function literal,
// the innermost first.
func (w *walk) at(i int) []candidate {
	c := w.codes[i]
	if c == nil {
		return nil
	}
	within := inner(w.stack, i)
	all := w.describe(i, c.loops(within), callsTo(c.file.calls(c.node, c.frame.Line), within))
	if loop, ok := w.callback(i); ok {
		all = append(all, loop)
	}
	if loop, ok := w.parallel(i); ok {
		all = append(all, loop)
	}
	return append(all, w.describe(i, w.started(c, w.stack[i+1:]), nil)...)
}

// inner returns the function that frame i of a stack called, "" for the innermost.
func inner(stack []analysis.Frame, i int) string {
	if i == 0 {
		return ""
	}
	return stack[i-1].Function
}

// describe says what there is to know of loops in frame i, and of calls in them that lead to the statement.
func (w *walk) describe(i int, loops []ast.Stmt, calls []*ast.CallExpr) []candidate {
	var all []candidate
	c := w.codes[i]
	for _, loop := range loops {
		all = append(all, candidate{
			Loop: analysis.Loop{
				Position: c.place(c.file.at(loop.Pos())),
				End:      c.file.at(loop.End()),
				Kind:     w.kind(c, loop),
				Test:     w.test(c.frame),
				Constant: w.constant(c, loop),
				Waits:    waits(loop),
				Searches: searches(loop, calls),
				Receives: receives(loop),
				Effects:  c.file.effects(loop),
				Cached:   slices.ContainsFunc(w.codes[:i+1], func(c *code) bool { return c != nil && w.remembers(c) }) || w.calledBackByCache(i),
				Frame:    i,
			},
			retries: retries(loop),
		})
	}
	return all
}

// place returns a line of c as reports show it.
func (c *code) place(line int) finding.Position {
	return finding.Position{
		File:     frame.Relative(c.frame.Function, c.frame.File),
		Line:     line,
		Function: c.name(),
		Text:     strings.TrimSpace(c.file.line(line)),
	}
}
