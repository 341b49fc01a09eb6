// Package storefront renders the pages of a web shop.
package storefront

import (
	"context"
	"database/sql"
	"fmt"
	"net/http"
	"net/http/httptest"

	"github.com/nplusgone/nplusgone/testdata/blind"
)

func get(path string) func(context.Context, *sql.DB) error {
	return func(ctx context.Context, db *sql.DB) error {
		r := httptest.NewRequestWithContext(ctx, http.MethodGet, path, nil)
		r.Header.Set("X-Token", "tok-a7")
		w := httptest.NewRecorder()
		(&shop{db}).routes().ServeHTTP(w, r)
		if w.Code != http.StatusOK {
			return fmt.Errorf("%d %s", w.Code, w.Body)
		}
		return nil
	}
}

// Cases returns the requests of the application.
func Cases() []blind.Case {
	list := []blind.Case{
		{Name: "brands", Want: []string{blind.NPlusOne}, May: []string{blind.Duplicate}, Run: get("/brands"),
			Why: "The template ranges over products, and the method Brand selects a brand for each."},
		{Name: "reviews", Want: []string{blind.NPlusOne}, Run: get("/reviews"),
			Why: "The template calls ReviewCount on each product, which runs a COUNT without the context."},
		{Name: "rated", Want: []string{blind.NPlusOne}, Run: get("/rated"),
			Why: "A function of the template runs one AVG for each product."},
		{Name: "stock", Run: get("/stock"),
			Why: "The first call of Stock loads the whole page with one statement; later calls read the map."},
		{Name: "product", Run: get("/products/7087"),
			Why: "One product; its brand is kept after the first call."},
		{Name: "menu", Want: []string{blind.Recursive}, May: []string{blind.NPlusOne}, Run: get("/menu"),
			Why: "The menu is loaded by a function that calls itself for each category."},
		{Name: "trail", Want: []string{blind.NPlusOne + " " + blind.Recursive}, Run: get("/trail/33"),
			Why: "One SELECT for each ancestor of a deep category; a recursive CTE would do."},
		{Name: "path", Run: get("/path/33"),
			Why: "One recursive CTE."},
		{Name: "page", Run: get("/page?n=1"),
			Why: "A count and a page."},
		{Name: "home", Run: get("/"),
			Why: "Four different statements that the source lists."},
		{Name: "product API", Want: []string{blind.NPlusOne}, May: []string{blind.Duplicate}, Run: get("/api/products"),
			Why: "MarshalJSON of each element selects its brand while the list is encoded."},
		{Name: "name API", Run: get("/api/names"),
			Why: "One statement; the encoder sees strings."},
		{Name: "switches", Run: get("/switches"),
			Why: "Three look-ups of different keys, one after the other, that the source writes down."},
		{Name: "account", Want: []string{blind.Duplicate}, Run: get("/account"),
			Why: "The middleware, the handler and the footer each select the same user by the same token."},
	}
	for i := range list {
		list[i].Driver, list[i].Schema = "pgx", tables
	}
	return list
}
