package nplusgone_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/nplusgone/nplusgone"
)

type userKey struct{}

// signedIn is a middleware that copies the request, as most do that put something into its context.
func signedIn(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), userKey{}, "ann")))
	})
}

// mux routes patterns to handlers that do nothing.
func mux(patterns ...string) *http.ServeMux {
	m := http.NewServeMux()
	for _, p := range patterns {
		m.HandleFunc(p, func(http.ResponseWriter, *http.Request) {})
	}
	return m
}

// under routes a prefix to a handler.
func under(pattern string, h http.Handler) *http.ServeMux {
	m := http.NewServeMux()
	m.Handle(pattern, h)
	return m
}

// Proves that a scope has the name of the innermost route that a Middleware could see, in full, and never the path.
func TestScopesAreNamedByTheRoute(t *testing.T) {
	type handler = func(w *nplusgone.Watcher) http.Handler
	inner := func() http.Handler { return recorded(t, mux("GET /v1/books/{id}", "/v1/shelves")) }
	books := func() http.Handler { return recorded(t, mux("GET /books/{id}")) }
	for name, tt := range map[string]struct {
		handler       handler
		request, want string
	}{
		"one mux":      {func(w *nplusgone.Watcher) http.Handler { return w.Middleware(inner()) }, "GET /v1/books/7", "GET /v1/books/{id}"},
		"any method":   {func(w *nplusgone.Watcher) http.Handler { return w.Middleware(inner()) }, "POST /v1/shelves", "POST /v1/shelves"},
		"HEAD":         {func(w *nplusgone.Watcher) http.Handler { return w.Middleware(inner()) }, "HEAD /v1/books/7", "GET /v1/books/{id}"},
		"no route":     {func(w *nplusgone.Watcher) http.Handler { return w.Middleware(inner()) }, "GET /secret", "GET (no route)"},
		"a nested mux": {func(w *nplusgone.Watcher) http.Handler { return w.Middleware(under("/v1/", inner())) }, "GET /v1/books/7", "GET /v1/books/{id}"},
		"a nested mux behind a copy of the request": {func(w *nplusgone.Watcher) http.Handler {
			return w.Middleware(under("/v1/", signedIn(inner())))
		}, "GET /v1/books/7", "GET /v1/"},
		"a watched nested mux behind a copy of the request": {func(w *nplusgone.Watcher) http.Handler {
			return w.Middleware(under("/v1/", signedIn(w.Middleware(inner()))))
		}, "GET /v1/books/7", "GET /v1/books/{id}"},
		"a watched nested mux that has no route": {func(w *nplusgone.Watcher) http.Handler {
			return w.Middleware(under("/v1/", signedIn(w.Middleware(inner()))))
		}, "GET /v1/secret", "GET /v1/"},
		"a watched nested mux without its prefix": {func(w *nplusgone.Watcher) http.Handler {
			return w.Middleware(under("/v1/", http.StripPrefix("/v1", w.Middleware(books()))))
		}, "GET /v1/books/7", "GET /v1/books/{id}"},
		"a wildcard in the prefix": {func(w *nplusgone.Watcher) http.Handler {
			return w.Middleware(under("/of/{tenant}/{rest...}", http.StripPrefix("/of/acme", w.Middleware(books()))))
		}, "GET /of/acme/books/7", "GET /of/{tenant}/books/{id}"},
	} {
		t.Run(name, func(t *testing.T) {
			w, err := nplusgone.New()
			if err != nil {
				t.Fatal(err)
			}
			serveOnce(tt.handler(w), tt.request)
			scopes := w.Report().Profile.Scopes
			if len(scopes) != 1 || scopes[0].Name != tt.want || scopes[0].Scopes != 1 {
				t.Errorf("the scopes are %+v, want one with the name %q", scopes, tt.want)
			}
		})
	}
}

// Proves that WithScopeName is asked about the request that the innermost router has routed.
func TestScopeNameOfTheInnermostRequest(t *testing.T) {
	w, err := nplusgone.New(nplusgone.WithScopeName(func(r *http.Request) string { return "route " + r.Pattern }))
	if err != nil {
		t.Fatal(err)
	}
	serveOnce(w.Middleware(under("/v1/", signedIn(w.Middleware(recorded(t, mux("GET /v1/books/{id}")))))), "GET /v1/books/7")
	if scopes := w.Report().Profile.Scopes; len(scopes) != 1 || scopes[0].Name != "route GET /v1/books/{id}" {
		t.Errorf("the scopes are %+v", scopes)
	}
}

// Proves that a request which a handler makes itself, with its own context, is a scope of its own.
func TestARequestWithinARequestIsAScope(t *testing.T) {
	w, err := nplusgone.New()
	if err != nil {
		t.Fatal(err)
	}
	m := mux("GET /part/{id}")
	watched := w.Middleware(recorded(t, m))
	m.HandleFunc("GET /page", func(_ http.ResponseWriter, r *http.Request) {
		watched.ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(r.Context(), "GET", "/part/1", nil))
	})
	serveOnce(watched, "GET /page")
	names := map[string]bool{}
	for _, s := range w.Report().Profile.Scopes {
		names[s.Name] = true
	}
	if len(names) != 2 || !names["GET /page"] || !names["GET /part/{id}"] {
		t.Errorf("the scopes are %v, want the page and its part", names)
	}
}

func serveOnce(h http.Handler, request string) {
	method, path, _ := strings.Cut(request, " ")
	h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(method, path, nil))
}
