package nplusgone

import (
	"net/http"
	"strings"
	"sync"

	"github.com/nplusgone/nplusgone/internal/fault"
)

type requestKey struct{}

// A request is one that a Watcher has begun a scope for.
type request struct {
	*http.Request // as the outermost Middleware passed it on
	watcher       *Watcher
	path          string // of its URL, before a handler strips a prefix

	mu    sync.Mutex
	inner string // the name that the innermost Middleware gave; empty without one
}

// requestOf returns the request of w that r is, or is a copy of; nil for none. A request that a handler makes itself, with
// the context of its own, is another one.
func requestOf(r *http.Request, w *Watcher) *request {
	req, _ := r.Context().Value(requestKey{}).(*request)
	if req == nil || req.watcher != w || req.Method != r.Method || req.RequestURI != r.RequestURI {
		return nil
	}
	return req
}

// routedBy records the route of r, the copy of the request that an inner router has routed. The innermost one is the
// first that returns.
func (req *request) routedBy(r *http.Request) {
	name := req.nameBy(r)
	req.mu.Lock()
	defer req.mu.Unlock()
	if req.inner == "" && (r.Pattern != "" || req.watcher.name != nil) {
		req.inner = name
	}
}

// name returns the name of the scope. It is called after the request has been served.
func (req *request) name() string {
	req.mu.Lock()
	defer req.mu.Unlock()
	if req.inner != "" {
		return req.inner
	}
	return req.nameBy(req.Request)
}

// nameBy returns the name that r, a copy of the request, gives the scope. If the application's function panics, that is the
// name of the route.
func (req *request) nameBy(r *http.Request) (name string) {
	if req.watcher.name != nil {
		defer func() {
			if p := recover(); p != nil {
				fault.Callback("the function of WithScopeName", p)
				name = req.routeOf(r)
			}
		}()
		return req.watcher.name(r)
	}
	return req.routeOf(r)
}

func (req *request) routeOf(r *http.Request) string {
	pattern := r.Pattern
	if r.URL.Path != req.path {
		pattern = below(req.Pattern, pattern)
	}
	return routeName(methodName(r.Method), pattern)
}

// below returns the pattern of an inner router that does not see what the outer pattern has matched.
func below(outer, inner string) string {
	_, prefix := cutMethod(outer)
	method, rest := cutMethod(inner)
	if prefix == "" || rest == "" {
		return inner
	}
	if i := strings.LastIndex(prefix, "/"); prefix[i+1:] == "" || strings.HasSuffix(prefix, "...}") {
		prefix = prefix[:i]
	}
	if i := strings.IndexByte(rest, '/'); i > 0 {
		rest = rest[i:] // a host
	}
	return strings.TrimSpace(method + " " + prefix + rest)
}

// methodName returns a method of a request, or _OTHER for one that HTTP does not define, as OpenTelemetry's conventions for
// http.request.method have it: clients choose it freely.
func methodName(method string) string {
	switch method {
	case "":
		return http.MethodGet // as net/http reads it
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodConnect,
		http.MethodOptions, http.MethodTrace, "QUERY":
		return method
	}
	return "_OTHER"
}

// routeName names a request by its route. A URL may hold anything, so it is never used.
func routeName(method, pattern string) string {
	if pattern == "" {
		return method + " (no route)"
	}
	if m, _ := cutMethod(pattern); m != "" {
		return pattern // of GET, for a HEAD request
	}
	return method + " " + pattern
}

// cutMethod splits a pattern of http.ServeMux: "[METHOD ][HOST]/PATH".
func cutMethod(pattern string) (method, rest string) {
	if method, rest, ok := strings.Cut(pattern, " "); ok {
		return method, strings.TrimLeft(rest, " \t")
	}
	return "", pattern
}
