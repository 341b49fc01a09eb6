package source

import (
	"go/ast"
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone/internal/analysis"
	"github.com/nplusgone/nplusgone/internal/frame"

	"github.com/nplusgone/nplusgone/internal/source/files"
)

// Flows reports whether what the statement at the stack parent returned reaches the call in loop that led to the stack
// child, which loop was found for. It starts in the function in which the two part, at the call that led to parent, and
// follows its results through assignments, rows scanned, collections filled and parameters, down to the function of the
// loop. The call there has to be given a value that changes from turn to turn.
//
// It knows no types, and what it does not understand ends the trail: false means that nothing is known.
func (f *Finder) Flows(parent, child []analysis.Frame, loop analysis.Loop) bool {
	if loop.Frame < 0 || loop.Frame >= len(child) {
		return false
	}
	p, at, ok := f.fork(parent, child, loop.Frame)
	if !ok || at < loop.Frame {
		return false
	}
	c, ok := f.files.Locate(child[at])
	if !ok {
		return false
	}
	t := &trail{Finder: f, child: child, loop: loop}
	return t.follow(at, c, &run{vars: resolve(c.Decl), sources: f.sources(parent, p, c)})
}

// fork returns the indexes of the frames in which two stacks part: of the same function, called in the same way, at
// different lines.
func (f *Finder) fork(parent, child []analysis.Frame, loop int) (inParent, inChild int, ok bool) {
	p, c := len(parent)-1, len(child)-1
	for p >= 0 && c >= 0 && parent[p] == child[c] {
		p, c = p-1, c-1
	}
	if p < 0 || c < 0 {
		return 0, 0, false
	}
	if parent[p].Function == child[c].Function && parent[p].File == child[c].File {
		return p, c, f.files.Handwritten(child[c])
	}
	return f.forkLexically(parent, child, loop)
}

// forkLexically is fork for stacks of different goroutines: one is in a function literal that is written in the
// function of the other.
func (f *Finder) forkLexically(parent, child []analysis.Frame, loop int) (inParent, inChild int, ok bool) {
	c, ok := f.files.Locate(child[loop])
	if !ok || !f.files.Handwritten(child[loop]) {
		return 0, 0, false
	}
	for p := len(parent) - 1; p >= 0; p-- {
		literal := frame.Closure(parent[p].Function) > 0 || frame.Closure(child[loop].Function) > 0
		if literal && parent[p].File == child[loop].File && c.File.Spans(c.Decl, parent[p].Line) {
			return p, loop, true
		}
	}
	return 0, 0, false
}

// sources returns the calls in c's declaration that led to the statement of the stack parent, from its frame at inwards:
// where the statement ran in a literal of the function, the call in there, and what the literal returns to.
func (f *Finder) sources(parent []analysis.Frame, at int, c *files.Function) map[ast.Node]bool {
	found := map[ast.Node]bool{}
	for i := range parent[:at+1] {
		fr := parent[i]
		if i < at && !inside(fr, c) {
			continue
		}
		in, ok := f.files.Locate(fr)
		if !ok || in.Decl != c.Decl {
			continue
		}
		returned := false
		calls := files.CallsTo(c.File.Calls(in.Node, fr.Line), inner(parent, i))
		for _, call := range calls {
			found[call] = true
			returned = returned || slices.ContainsFunc(files.WayTo(in.Node, call), func(n ast.Node) bool {
				_, ok := n.(*ast.ReturnStmt)
				return ok
			})
		}
		if !returned && len(calls) > 0 {
			break
		}
	}
	return found
}

// inside reports whether fr runs a literal or loop body that is written in c's declaration.
func inside(fr analysis.Frame, c *files.Function) bool {
	return fr.File == c.Frame.File && c.File.Spans(c.Decl, fr.Line) &&
		(frame.Closure(fr.Function) > 0 || strings.Contains(fr.Function, "-range"))
}

func inner(stack []analysis.Frame, i int) string {
	if i == 0 {
		return ""
	}
	return stack[i-1].Function
}
