package replay

import "strings"

// A route is the name of a request: by the routes that routers chose for it, the outer one first.
type route struct {
	method  string
	pattern string // without method and host
	path    int    // length of the path of the URL that the first router saw
}

// add adds what a router chose. path is the length of the path that it saw: it is shorter if a handler before it removed a prefix.
func (r *route) add(method, pattern string, path int) {
	if r.method == "" {
		r.method, r.path = method, path
	}
	if pattern == "" {
		return
	}
	if m, rest, ok := strings.Cut(pattern, " "); ok {
		r.method, pattern = m, strings.TrimLeft(rest, " \t")
	}
	if path < r.path && r.pattern != "" {
		prefix := r.pattern
		if i := strings.LastIndex(prefix, "/"); prefix[i+1:] == "" || strings.HasSuffix(prefix, "...}") {
			prefix = prefix[:i]
		}
		if i := strings.IndexByte(pattern, '/'); i > 0 {
			pattern = pattern[i:] // a host
		}
		pattern = prefix + pattern
	}
	r.pattern = pattern
}

// name returns the name of the request. A URL may hold anything, so it is never used.
func (r *route) name() string {
	if r.pattern == "" {
		return r.method + " (no route)"
	}
	return r.method + " " + r.pattern
}
