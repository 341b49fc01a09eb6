package requests

import (
	"database/sql"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	_ "example.org/memdb"
)

func open(t *testing.T) *sql.DB {
	db, err := sql.Open("memdb", "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// Each request is a scope: the same post is asked for twice, by two requests, and that is not a duplicate.
func TestServer(t *testing.T) {
	server := httptest.NewServer(Handler(open(t)))
	defer server.Close()
	for _, path := range []string{"/feed", "/posts/100", "/posts/100", "/posts/100", "/none"} {
		r, err := http.Get(server.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.Copy(io.Discard, r.Body)
		r.Body.Close()
	}
}

// Without a server, a request begins where a ServeMux gets it.
func TestRecorder(t *testing.T) {
	h := Handler(open(t))
	for range 3 {
		h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/posts/100", nil))
	}
	h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/feed", nil))
}
