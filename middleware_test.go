package nplusgone_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/nplusgone/nplusgone"
	"github.com/nplusgone/nplusgone/finding"
)

// recorded returns a handler that runs a statement for each request and then calls h.
func recorded(t *testing.T, h http.Handler) http.Handler {
	t.Helper()
	db, err := nplusgone.OpenDB(emptyConnector{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := db.ExecContext(r.Context(), "DELETE FROM t"); err != nil {
			t.Error(err)
		}
		h.ServeHTTP(w, r)
	})
}

func newWatcher(t *testing.T, opts ...nplusgone.Option) *nplusgone.Watcher {
	t.Helper()
	w, err := nplusgone.New(opts...)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// Proves that an outer middleware finds on its request what the router and the handler have set on it, as without the watcher,
// also when the handler panics.
func TestAnOuterMiddlewareSeesTheRoute(t *testing.T) {
	m := http.NewServeMux()
	m.HandleFunc("POST /of/{tenant}/books/{path...}", func(_ http.ResponseWriter, r *http.Request) {
		_ = r.ParseForm()
		if r.PathValue("tenant") == "none" {
			panic(http.ErrAbortHandler)
		}
	})
	see := func(h http.Handler, path string) (seen string) {
		defer func() {
			if p := recover(); p != nil && p != http.ErrAbortHandler {
				panic(p)
			}
		}()
		r := httptest.NewRequest("POST", path, strings.NewReader("title=Emma"))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		defer func() {
			seen = fmt.Sprint(r.Pattern, " ", r.PathValue("tenant"), " ", r.PathValue("path"), " ", r.Form, " ", r.PostForm)
		}()
		h.ServeHTTP(httptest.NewRecorder(), r)
		return
	}
	watched := newWatcher(t).Middleware(m)
	for _, path := range []string{"/of/acme/books/a/b?page=2", "/of/none/books/c", "/nowhere"} {
		if bare, got := see(m, path), see(watched, path); got != bare {
			t.Errorf("%s: the outer middleware sees %q, without the watcher %q", path, got, bare)
		}
	}
}

// Proves that the server removes the files of an upload at the end of the request.
func TestFilesOfAFormAreRemoved(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	during := make(chan int, 1)
	srv := httptest.NewServer(newWatcher(t).Middleware(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if err := r.ParseMultipartForm(1); err != nil {
			t.Error(err)
		}
		files, _ := filepath.Glob(dir + "/multipart-*")
		during <- len(files)
	})))
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("cover", "cover.png")
	if err != nil {
		t.Fatal(err)
	}
	_, _ = part.Write(make([]byte, 1<<20))
	_ = form.Close()
	res, err := http.Post(srv.URL, form.FormDataContentType(), &body)
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	srv.Close() // it waits for the request
	left, err := os.ReadDir(dir)
	if n := <-during; n != 1 || len(left) != 0 || err != nil {
		t.Errorf("%d files during the request and %d after it (%v), want 1 and 0", n, len(left), err)
	}
}

// Proves that a handler gets the trailers of a request, whether its header has announced them or not.
func TestTrailersOfTheRequest(t *testing.T) {
	got := make(chan string, 1)
	srv := httptest.NewServer(newWatcher(t).Middleware(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		text, err := io.ReadAll(r.Body)
		got <- fmt.Sprint(string(text), " ", r.Trailer, " ", err)
	})))
	defer srv.Close()
	for _, announced := range []string{"", "Trailer: Checksum\r\n"} {
		c, err := net.Dial("tcp", srv.Listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(c, "POST / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n%sTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nChecksum: 7\r\n\r\n", announced)
		_, _ = io.Copy(io.Discard, c)
		_ = c.Close()
		if got, want := <-got, "abc map[Checksum:[7]] <nil>"; got != want {
			t.Errorf("with %q the handler got %q, want %q", announced, got, want)
		}
	}
}

// Proves that a panic of the application's own functions, for names and for findings, reaches no request and ends each scope.
func TestPanicsOfCallbacksDoNotReachTheRequest(t *testing.T) {
	for name, opt := range map[string]nplusgone.Option{
		"name": nplusgone.WithScopeName(func(*http.Request) string { panic("no name") }),
		"sink": nplusgone.WithSink(nplusgone.SinkFunc(func(context.Context, finding.Finding) { panic("no sink") })),
	} {
		t.Run(name, func(t *testing.T) {
			w := newWatcher(t, opt)
			db, err := nplusgone.OpenDB(emptyConnector{})
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = db.Close() }()
			m := http.NewServeMux()
			m.HandleFunc("GET /books/{id}", func(_ http.ResponseWriter, r *http.Request) {
				for id := range 5 {
					_, _ = db.ExecContext(r.Context(), fmt.Sprintf("UPDATE books SET seen = %d WHERE id = %d", 10+id, id))
				}
			})
			served := httptest.NewRecorder()
			w.Middleware(m).ServeHTTP(served, httptest.NewRequest("GET", "/books/7", nil))
			p := w.Report().Profile
			if served.Code != http.StatusOK || len(p.Scopes) != 1 || p.Scopes[0].Name != "GET /books/{id}" || len(p.NotChecked) != 0 {
				t.Errorf("status %d, profile %+v; want one scope with the name of the route", served.Code, p)
			}
			if len(w.Report().Findings) == 0 {
				t.Error("there is no finding")
			}
		})
	}
}

// Proves that what clients send makes names neither long nor numerous, and that requests without a statement are counted only.
func TestClientsDoNotChooseNames(t *testing.T) {
	long := strings.Repeat("x", 900_000)
	w := newWatcher(t, nplusgone.WithScopeName(func(r *http.Request) string { return r.Header.Get("Name") }))
	names := w.Middleware(recorded(t, http.NotFoundHandler()))
	plain := newWatcher(t)
	methods := plain.Middleware(recorded(t, http.NotFoundHandler()))
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	for n := range 300 {
		r := httptest.NewRequest("GET", "/", nil)
		r.Header.Set("Name", fmt.Sprint(n)+long)
		names.ServeHTTP(httptest.NewRecorder(), r)
		r = httptest.NewRequest("GET", "/", nil)
		r.Method = fmt.Sprintf("M%d%s", n, long)
		methods.ServeHTTP(httptest.NewRecorder(), r)
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	if grown := int64(after.HeapAlloc) - int64(before.HeapAlloc); grown > 8<<20 {
		t.Errorf("600 requests took %d bytes", grown)
	}
	if got := plain.Report().Profile.Scopes; len(got) != 1 || got[0].Name != "_OTHER (no route)" || got[0].Scopes != 300 {
		t.Errorf("unknown methods have %d names", len(got))
	}
	if got := w.Report().Profile.Scopes; len(got) != 300 || len(got[0].Name) > 512 {
		t.Errorf("%d names, the first of %d bytes", len(got), len(got[0].Name))
	}
	empty := newWatcher(t)
	for range 3 {
		serveOnce(empty.Middleware(http.NotFoundHandler()), "GET /")
	}
	if p := empty.Report().Profile; len(p.Scopes) != 0 || p.EmptyScopes != 3 {
		t.Errorf("three requests without a statement gave %+v", p)
	}
}

// Proves that outside of tests a response does not wait for sinks, and that Report does.
func TestTheResponseDoesNotWaitForTheAnalysis(t *testing.T) {
	release := make(chan struct{})
	w := newWatcher(t, nplusgone.WithSink(nplusgone.SinkFunc(func(context.Context, finding.Finding) { <-release })))
	nplusgone.AnalyseLater(w)
	db, err := nplusgone.OpenDB(emptyConnector{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	srv := httptest.NewServer(w.Middleware(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		for id := range 5 {
			_, _ = db.ExecContext(r.Context(), fmt.Sprintf("DELETE FROM books WHERE id = %d", id))
		}
	})))
	for range 3 {
		res, err := http.Get(srv.URL)
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
	}
	srv.Close() // it waits for the requests
	close(release)
	doc := w.Report()
	if len(doc.Findings) != 1 || len(doc.Profile.Scopes) != 1 || doc.Profile.Scopes[0].Scopes != 3 {
		t.Errorf("%d findings in %+v, want one in three requests", len(doc.Findings), doc.Profile.Scopes)
	}
}
