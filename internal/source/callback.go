package source

import (
	"go/ast"
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone/detector"
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
func (w *walk) hooks() (detector.Loop, bool) {
	for i, user := range w.user {
		caller := w.caller(i)
		if !user || caller <= i+1 || w.codes[caller] == nil || w.chained(i, caller) {
			continue
		}
		if c, ok := w.between(i, caller, false); ok {
			return c.Loop, true
		}
	}
	return detector.Loop{}, false
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
		around := c.loops(w.inner(i + 1 + k))
		if len(around) == 0 {
			continue
		}
		called := helpers[len(helpers)-1].Function
		u := w.codes[caller]
		return candidate{
			Loop: detector.Loop{
				Place:    u.place(u.frame.Line),
				Kind:     helperKind(around[0]),
				Test:     frame.Test(u.frame.File),
				Constant: w.handsFixed(u, called),
				Waits:    waits(around[0]),
				Helper:   frame.Name(called),
				Frame:    caller,
			},
			retries: retries(around[0]),
		}, true
	}
	return candidate{}, false
}

// helperKind says what drives a loop outside the user's code, as far as that concerns its caller: how it goes over the
// caller's values differs between versions.
func helperKind(loop ast.Stmt) detector.LoopKind {
	if l, ok := loop.(*ast.ForStmt); ok && l.Cond == nil {
		return detector.LoopForever
	}
	return detector.LoopRange
}

// handler reports whether fr serves HTTP: a loop there goes over handlers or routes.
func handler(fr detector.Frame) bool { return strings.HasSuffix(fr.Function, ".ServeHTTP") }

// serving reports whether fr belongs to what runs the user's code rather than to what the user's code calls: loops there
// go over connections, tests, and retries of a statement.
func serving(fr detector.Frame) bool {
	pkg := frame.Package(fr.Function)
	first, _, _ := strings.Cut(pkg, "/")
	return first == "testing" || first == "runtime" || pkg == "database/sql" || pkg == "net/http" || strings.HasPrefix(pkg, "net/http/")
}
