package nestedroutes

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"

	"example.com/cases/casetest"
	"github.com/nplusgone/nplusgone"
)

func TestNames(t *testing.T) {
	w, err := nplusgone.New()
	casetest.Must(t, err)
	srv := httptest.NewServer(w.Middleware(Routes(casetest.SQLite(t, ""))))
	defer srv.Close()
	for _, path := range []string{"/v1/books/1", "/v1/shelves", "/v1/books/2"} {
		res, err := http.Get(srv.URL + path)
		casetest.Must(t, err)
		res.Body.Close()
	}
	var names []string
	for _, s := range w.Report().Profile.Scopes {
		names = append(names, s.Name)
	}
	slices.Sort(names)
	if want := []string{"GET /v1/books/{id}", "GET /v1/shelves"}; !slices.Equal(names, want) {
		t.Errorf("scopes are named %q, want %q", names, want)
	}
}
