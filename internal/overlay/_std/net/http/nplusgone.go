package http

import "internal"

// nplusRequest begins the scope of a request that a server received.
func nplusRequest(r *Request) internal.Scope {
	path := ""
	if r.URL != nil {
		path = r.URL.Path
	}
	return internal.RequestBegin(r.Method, path)
}

// nplusRoute records the pattern that a ServeMux chose.
func nplusRoute(r *Request) internal.Scope {
	path := ""
	if r.URL != nil {
		path = r.URL.Path
	}
	return internal.Route(r.Method, r.Pattern, path)
}
