package nplusgone

import (
	"context"
	"net/http"
	"strings"

	"github.com/nplusgone/nplusgone/detector"
	"github.com/nplusgone/nplusgone/internal/record"
	"github.com/nplusgone/nplusgone/report"
)

// A Watcher begins scopes, and tells its loggers what is found in them. It is safe for concurrent use. A program makes
// one and keeps it: what it has told once it does not tell again.
type Watcher struct {
	detector *detector.Detector
	name     func(*http.Request) string
}

// New returns a Watcher. The error names the option that cannot be.
func New(opts ...Option) (*Watcher, error) {
	cfg := config{name: routeOf}
	for _, o := range opts {
		o.apply(&cfg)
	}
	d, err := detector.New(cfg.detector...)
	if err != nil {
		return nil, err
	}
	return &Watcher{detector: d, name: cfg.name}, nil
}

// Middleware makes each request that next serves a scope. The scope is named after the route that matched (the Pattern
// that net/http's ServeMux sets), never after the URL. The http.ResponseWriter is handed on untouched.
func (w *Watcher) Middleware(next http.Handler) http.Handler {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		ctx, scope := w.detector.Begin(r.Context(), r.Method)
		r = r.WithContext(ctx)
		defer func() {
			scope.SetName(w.name(r)) // the route is known only now
			scope.End(ctx)
		}()
		next.ServeHTTP(rw, r)
	})
}

// Begin starts a scope for a job, a message or whatever else is one piece of work, and returns a context that carries it
// and the function that ends it. Calling end more than once does no harm.
func (w *Watcher) Begin(ctx context.Context, name string) (scoped context.Context, end func()) {
	scoped, scope := w.detector.Begin(ctx, name)
	return scoped, func() { scope.End(scoped) }
}

// Report returns what has been found and what has run in the scopes that have ended.
func (w *Watcher) Report() *report.Document {
	return &report.Document{Findings: w.detector.Findings(), Profile: w.detector.Profile(), Deferred: w.detector.Candidates()}
}

// Middleware returns a middleware that makes each request a scope, in the form that routers take:
//
//	router.Use(nplusgone.Middleware(nplusgone.WithSlog(slog.Default())))
//
// It panics, as net/http does on a bad pattern, when an option cannot be; New answers an error instead.
func Middleware(opts ...Option) func(http.Handler) http.Handler {
	w, err := New(opts...)
	if err != nil {
		panic("nplusgone: making a middleware: " + err.Error())
	}
	return w.Middleware
}

// Begin starts a scope with the Watcher of the scope that ctx is in, or with one that tells nobody: its findings can be
// had only by tests. A service makes a Watcher of its own and uses that one's Begin.
func Begin(ctx context.Context, name string) (scoped context.Context, end func()) {
	scoped, scope := detector.BeginIn(ctx, name)
	return scoped, func() { scope.End(scoped) }
}

// Ignore runs fn with a context whose statements belong to no scope and are not counted anywhere. Neither are statements
// without that context on the calling goroutine, or on one that fn starts.
func Ignore(ctx context.Context, fn func(ctx context.Context)) { record.Ignore(ctx, fn) }

// routeOf names a request by its route. A path may hold anything, so that it is never used.
func routeOf(r *http.Request) string {
	switch {
	case r.Pattern == "":
		return r.Method + " (no route)"
	case strings.HasPrefix(r.Pattern, r.Method+" "):
		return r.Pattern
	}
	return r.Method + " " + r.Pattern
}
