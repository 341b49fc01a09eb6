package nplusgone

import (
	"context"
	"flag"
	"fmt"
	"net/http"
	"sync"

	"github.com/nplusgone/nplusgone/detector"
	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/logsink"
	"github.com/nplusgone/nplusgone/internal/option"
	"github.com/nplusgone/nplusgone/internal/record"
	"github.com/nplusgone/nplusgone/report"
)

// A Watcher begins scopes, and passes what is found in them to its sinks. A program makes one and keeps it: a sink that
// logs each finding once remembers what it has logged. It is safe for concurrent use.
type Watcher struct {
	detector *detector.Detector
	name     func(*http.Request) string // from WithScopeName; nil for the route
	later    bool                       // a request's scope is analysed after its response
}

// New returns a Watcher. Without WithSlog or WithSink it has no sink: what it finds is in Report, and in tests. An option
// with an invalid value, and one that is not for New, are errors.
func New(opts ...Option) (*Watcher, error) {
	var c config
	if err := c.set("New", opts); err != nil {
		return nil, err
	}
	return c.watcher()
}

// Begin starts a scope for one piece of work that is no request, such as a job or a message. It returns a context that
// carries the scope, and the function that ends it. Statements belong to the scope that run with that context, or without
// a scope in their context on the calling goroutine and those that it starts. Calling end again does nothing.
func (w *Watcher) Begin(ctx context.Context, name string) (scoped context.Context, end func()) {
	scoped, scope := w.detector.Begin(ctx, name)
	return scoped, func() { scope.End(scoped) }
}

// Report returns the findings and the profile of all scopes that have ended. It waits for scopes whose analysis is not
// finished. Write it with package report; nplusgone report merges and shows it.
func (w *Watcher) Report() *report.Document {
	w.detector.Wait()
	return &report.Document{Findings: w.detector.Findings(), Profile: w.detector.Profile(), Deferred: w.detector.Deferred()}
}

// Middleware returns a middleware that makes each request a scope; see Watcher.Middleware.
//
//	router.Use(nplusgone.Middleware(nplusgone.WithSlog(slog.Default())))
//
// Without WithSlog or WithSink, findings are logged with slog.Default(). An option with an invalid value, and one that is
// not for Middleware, make it panic when the program starts, as http.ServeMux does on an invalid pattern. New returns an
// error instead.
func Middleware(opts ...Option) func(http.Handler) http.Handler {
	var c config
	err := c.set("Middleware", opts)
	if err != nil {
		panic(err.Error())
	}
	w, err := c.logging().watcher()
	if err != nil {
		panic("nplusgone: making a middleware: " + err.Error())
	}
	return w.Middleware
}

// Begin is Watcher.Begin of the Watcher whose scope ctx carries. If ctx carries none, it uses a Watcher with the default
// options that logs findings with slog.Default(). It is for code without access to a Watcher, such as a library.
func Begin(ctx context.Context, name string) (scoped context.Context, end func()) {
	d := detector.FromContext(ctx)
	if d == nil {
		d = standard().detector
	}
	scoped, scope := d.Begin(ctx, name)
	return scoped, func() { scope.End(scoped) }
}

// standard returns the Watcher of Begin.
var standard = sync.OnceValue(func() *Watcher {
	w, err := new(config).logging().watcher()
	if err != nil {
		panic(err) // the defaults are valid
	}
	return w
})

// Ignore calls fn with a context whose statements belong to no scope and are counted nowhere. So are statements without
// that context on the calling goroutine, and on goroutines that fn starts.
func Ignore(ctx context.Context, fn func(ctx context.Context)) { record.Ignore(ctx, fn) }

// A config is what options of New and Middleware set.
type config struct {
	detector []detector.Option
	sinks    int
	name     func(*http.Request) string
}

func (c *config) set(door string, opts []Option) error {
	err := option.Apply(door, opts, func(value any) bool {
		switch v := value.(type) {
		case detector.Option:
			c.detector = append(c.detector, v)
		case finding.Level:
			c.detector = append(c.detector, detector.WithLevel(v))
		case detector.Sink:
			c.detector = append(c.detector, detector.WithSink(v))
			c.sinks++
		case scopeName:
			c.name = v
		default:
			return false
		}
		return true
	})
	if err != nil {
		return fmt.Errorf("nplusgone: %w", err)
	}
	return nil
}

// logging adds the default sink if there is none.
func (c *config) logging() *config {
	if c.sinks == 0 {
		c.detector = append(c.detector, detector.WithSink(logsink.Slog(nil)))
	}
	return c
}

func (c *config) watcher() (*Watcher, error) {
	d, err := detector.New(append(c.detector, detector.WithoutEmptyScopes())...)
	if err != nil {
		return nil, err
	}
	inTest := flag.Lookup("test.v") != nil // package testing registers its flags when a test binary starts
	return &Watcher{detector: d, name: c.name, later: !inTest}, nil
}
