package source

import (
	"go/ast"
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone/internal/analysis"
	"github.com/nplusgone/nplusgone/internal/frame"
)

// callback returns the loop outside the user's code that calls back the literal of frame i, written in the function
// that handed it over: slices.ContainsFunc(posts, func(p Post) bool { … }).
func (w *walk) callback(i int) (candidate, bool) {
	caller := w.caller(i)
	if caller <= i+1 || w.codes[caller] == nil || w.codes[i].decl != w.codes[caller].decl || frame.Closure(w.stack[i].Function) == 0 {
		return candidate{}, false
	}
	return w.between(i, caller, true)
}

// hooks returns the innermost loop outside the user's code that calls a declared function of the user's, when it was
// called by the user: a method that a mapper calls for each row, the Less of a sort.
func (w *walk) hooks() (analysis.Loop, bool) {
	for i, user := range w.user {
		caller := w.caller(i)
		if !user || caller <= i+1 || w.codes[caller] == nil || w.chained(i, caller) {
			continue
		}
		if c, ok := w.between(i, caller, false); ok {
			return c.Loop, true
		}
	}
	return analysis.Loop{}, false
}

// caller returns the index of the next frame of the user's beyond i, -1 if there is none.
func (w *walk) caller(i int) int {
	for j := i + 1; j < len(w.user); j++ {
		if w.user[j] {
			return j
		}
	}
	return -1
}

// chained reports whether a package between the two frames appears again further out, as routers do, whose loop goes
// over handlers: handler, router, middleware, router. That loop does not repeat the handler.
func (w *walk) chained(i, caller int) bool {
	for _, helper := range w.stack[i+1 : caller] {
		for _, outer := range w.stack[caller+1:] {
			if frame.Package(helper.Function) == frame.Package(outer.Function) && !serving(outer) {
				return true
			}
		}
	}
	return false
}

// between looks for a loop in the functions outside the user's code that frame caller called and that called frame i.
func (w *walk) between(i, caller int, literal bool) (candidate, bool) {
	helpers := w.stack[i+1 : caller]
	if slices.ContainsFunc(helpers, handler) {
		return candidate{}, false
	}
	for k, fr := range helpers {
		if serving(fr) {
			continue
		}
		c, ok := w.locate(fr)
		if !ok {
			w.missing = w.missing || literal
			continue
		}
		around := c.loops(inner(w.stack, i+1+k))
		if len(around) == 0 {
			continue
		}
		u := w.codes[caller]
		return w.helper(u, caller, u.frame.Line, helpers[len(helpers)-1], around[0]), true
	}
	return candidate{}, false
}

// parallel is callback for a helper that calls the literal back in goroutines, so that the user's call of it is not on
// the stack: parallel.ForEach(posts, func(p Post) { … }).
func (w *walk) parallel(i int) (candidate, bool) {
	outer := w.codes[i].outer
	call := takes(outer[:len(outer)-1])
	if call == nil || !goesOver(callee(call)) || w.caller(i) >= 0 {
		return candidate{}, false
	}
	outwards := w.stack[i+1:]
	called := slices.IndexFunc(outwards, func(fr analysis.Frame) bool { return isCalled(fr, callee(call)) })
	if called < 0 {
		return candidate{}, false
	}
	for k, fr := range outwards {
		c, ok := w.locate(fr)
		if serving(fr) || !ok {
			continue
		}
		around := c.loops(inner(w.stack, i+1+k))
		if len(around) == 0 {
			around = w.started(c, outwards[k+1:])
		}
		if len(around) > 0 {
			u := w.codes[i]
			return w.helper(u, i, u.file.at(call.Lparen), outwards[called], around[0]), true
		}
	}
	return candidate{}, false
}

// goesOver reports whether a function of that name usually calls its argument for each value of another.
func goesOver(name string) bool {
	for _, verb := range [...]string{"Each", "Map", "Filter", "Group", "Partition", "Range", "Times"} {
		if strings.Contains(name, verb) {
			return true
		}
	}
	return false
}

// helper describes loop, outside the user's code, by the user's call of function called at that line of u, in frame i.
func (w *walk) helper(u *code, i, line int, called analysis.Frame, loop ast.Stmt) candidate {
	return candidate{
		Loop: analysis.Loop{
			Position: u.place(line),
			Kind:     helperKind(loop),
			Test:     w.test(u.frame),
			Constant: w.handsFixed(u, line, called.Function),
			Waits:    waits(loop),
			Helper:   w.Function(called),
			Frame:    i,
		},
		retries: retries(loop),
	}
}

// helperKind says what drives a loop outside the user's code, as far as that concerns its caller: how it goes over the
// caller's values differs between versions.
func helperKind(loop ast.Stmt) analysis.LoopKind {
	if l, ok := loop.(*ast.ForStmt); ok && l.Cond == nil {
		return analysis.LoopForever
	}
	return analysis.LoopRange
}

// handler reports whether fr serves HTTP: a loop there goes over handlers or routes.
func handler(fr analysis.Frame) bool { return strings.HasSuffix(fr.Function, ".ServeHTTP") }

// serving reports whether fr belongs to what runs the user's code rather than to what the user's code calls: loops there
// go over connections, tests, and retries of a statement.
func serving(fr analysis.Frame) bool {
	pkg := frame.Package(fr.Function)
	first, _, _ := strings.Cut(pkg, "/")
	return first == "testing" || first == "runtime" || pkg == "database/sql" || pkg == "net/http" || strings.HasPrefix(pkg, "net/http/")
}
