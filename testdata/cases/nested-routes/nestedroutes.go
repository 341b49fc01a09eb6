// Package nestedroutes passes requests from an outer mux through a middleware, which replaces the context, to an
// inner mux. The scopes have the names of the inner routes, one for each route.
package nestedroutes

import (
	"context"
	"database/sql"
	"net/http"
)

type userKey struct{}

func user(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), userKey{}, "ann")))
	})
}

// Routes returns a handler with an API below a prefix.
func Routes(db *sql.DB) http.Handler {
	inner := http.NewServeMux()
	for _, pattern := range []string{"GET /v1/books/{id}", "GET /v1/shelves"} {
		inner.HandleFunc(pattern, func(_ http.ResponseWriter, r *http.Request) {
			_, _ = db.ExecContext(r.Context(), "SELECT 1")
		})
	}
	outer := http.NewServeMux()
	outer.Handle("/v1/", user(inner))
	return outer
}
