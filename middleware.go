package nplusgone

import (
	"context"
	"io"
	"net/http"
	"strings"

	"github.com/nplusgone/nplusgone/detector"
)

// Middleware makes each request that next serves a scope. The scope has the name of the route that matched, never of the
// URL; a request without one has that of its method, _OTHER for a method that HTTP does not define. next gets the same
// http.ResponseWriter, and a copy of the request with a context of its own. What next and the router set on the copy
// (Pattern, path values, forms) is set on the original request too, so that an outer middleware and the server find it.
//
// What was found in a request is analysed, and passed to sinks, after its response, on another goroutine; in a test binary
// before Middleware returns. When requests end faster than they can be analysed, some are not checked, and the report says
// so.
//
// Within a request of the same Watcher it begins no second scope. Put it around an inner router as well when the outer
// one cannot see the inner route, as an http.ServeMux behind a middleware that copies the request: the scope is then
// named by the innermost route.
func (w *Watcher) Middleware(next http.Handler) http.Handler {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if outer := requestOf(r, w); outer != nil {
			defer func() { outer.routedBy(r) }()
			next.ServeHTTP(rw, r)
			return
		}
		ctx, scope := w.detector.Begin(r.Context(), methodName(r.Method))
		req := &request{watcher: w, path: r.URL.Path}
		req.Request = r.WithContext(context.WithValue(ctx, requestKey{}, req))
		if unannounced(r) {
			req.Body = &trailerBody{req.Body, r, req.Request}
		}
		defer func() { req.served(ctx, scope, r) }()
		next.ServeHTTP(rw, req.Request)
	})
}

// served ends the scope of a request. original is the request that the server passed. The handler may have panicked.
func (req *request) served(ctx context.Context, scope *detector.Scope, original *http.Request) {
	giveBack(original, req.Request)
	scope.SetName(req.name()) // the router has set the pattern
	if req.watcher.later {
		scope.EndLater(ctx)
		return
	}
	scope.End(ctx)
}

// giveBack sets on a request what a handler has set on a copy of it: an outer middleware reads the route, and the server
// removes the files of a form.
func giveBack(original, served *http.Request) {
	if original.Form == nil {
		original.Form = served.Form
	}
	if original.PostForm == nil {
		original.PostForm = served.PostForm
	}
	if original.MultipartForm == nil {
		original.MultipartForm = served.MultipartForm
	}
	if original.Pattern == served.Pattern {
		return
	}
	original.Pattern = served.Pattern
	for name := range wildcards(served.Pattern) {
		original.SetPathValue(name, served.PathValue(name))
	}
}

// wildcards yields the names of the wildcards of a pattern of http.ServeMux.
func wildcards(pattern string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for {
			_, rest, found := strings.Cut(pattern, "{")
			name, after, closed := strings.Cut(rest, "}")
			if !found || !closed {
				return
			}
			if name = strings.TrimSuffix(name, "..."); name != "$" && !yield(name) {
				return
			}
			pattern = after
		}
	}
}

// unannounced reports whether r may have trailers that its header does not announce. The server sets those on the request
// that it has read, when the body has been read to the end. Announced ones are in a map that copies of the request share.
func unannounced(r *http.Request) bool {
	return r.ProtoMajor == 1 && r.ContentLength < 0 && r.Trailer == nil && r.Body != nil
}

// A trailerBody is the body of a copy of a request. It sets the trailers of the original on the copy.
type trailerBody struct {
	io.ReadCloser
	original, served *http.Request
}

func (b *trailerBody) Read(p []byte) (n int, err error) {
	n, err = b.ReadCloser.Read(p)
	if err == io.EOF && b.served.Trailer == nil {
		b.served.Trailer = b.original.Trailer
	}
	return n, err
}
