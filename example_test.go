package nplusgone_test

import (
	"context"
	"database/sql"
	"log"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/nplusgone/nplusgone"
	"github.com/nplusgone/nplusgone/report"
)

// The service of the examples.
var (
	dsn     = os.Getenv("DATABASE_URL")
	handler = routes(nil)
)

func routes(*sql.DB) http.Handler       { return http.NotFoundHandler() }
func sendDigests(context.Context) error { return nil }
func warmCache(context.Context) error   { return nil }
func backup(any) error                  { return nil }
func loadAuthor(context.Context, int64) {}

type examplePost struct{ ID, AuthorID int64 }

// Opens a database as sql.Open does.
func ExampleOpen() {
	db, err := nplusgone.Open("pgx", dsn) // was sql.Open("pgx", dsn)
	if err != nil {
		log.Fatal(err)
	}
	defer db.Close()
}

// Logs the findings of each request of a service.
func ExampleMiddleware() {
	var db *sql.DB // of nplusgone.Open
	watch := nplusgone.Middleware(nplusgone.WithSlog(slog.Default()))
	log.Fatal(http.ListenAndServe("localhost:8080", watch(routes(db))))
}

// Makes a job a scope.
func ExampleBegin() {
	ctx, end := nplusgone.Begin(context.Background(), "send digests")
	defer end()
	if err := sendDigests(ctx); err != nil {
		slog.Error("sending digests", "error", err)
	}
}

// Makes a job a scope of a Watcher with options.
func ExampleWatcher_Begin() {
	watcher, err := nplusgone.New(nplusgone.WithSlog(slog.Default()), nplusgone.WithLevel(nplusgone.Suspect))
	if err != nil {
		log.Fatal(err)
	}
	ctx, end := watcher.Begin(context.Background(), "send digests")
	defer end()
	if err := sendDigests(ctx); err != nil {
		slog.Error("sending digests", "error", err)
	}
}

// Writes the report of an end-to-end test, for nplusgone report to merge.
func ExampleWatcher_Report() {
	watcher, err := nplusgone.New()
	if err != nil {
		log.Fatal(err)
	}
	server := httptest.NewServer(watcher.Middleware(handler))
	// Run the tests against server.URL, then:
	server.Close()
	file, err := os.Create("shards/1.json")
	if err != nil {
		log.Fatal(err)
	}
	if err := report.Write(file, "json", watcher.Report(), report.Options{}); err != nil {
		log.Fatal(err)
	}
	if err := file.Close(); err != nil {
		log.Fatal(err)
	}
}

// Records the statements of code that opens its database by a driver's name.
func ExampleRegister() {
	if err := nplusgone.Register("watched-pgx", "pgx"); err != nil {
		log.Fatal(err)
	}
	db, err := sql.Open("watched-pgx", dsn)
	if err != nil {
		log.Fatal(err)
	}
	defer db.Close()
}

// Returns the base driver's connection, whose type the code knows.
func ExampleUnwrap() {
	var conn *sql.Conn // of a database that nplusgone.Open has opened
	err := conn.Raw(func(c any) error { return backup(nplusgone.Unwrap(c)) })
	if err != nil {
		log.Fatal(err)
	}
}

// Runs code whose statements are not recorded.
func ExampleIgnore() {
	nplusgone.Ignore(context.Background(), func(ctx context.Context) {
		if err := warmCache(ctx); err != nil {
			slog.Error("warming the cache", "error", err)
		}
	})
}

// Accepts the findings of one function.
func ExampleWithException() {
	watch := nplusgone.Middleware(nplusgone.WithException(nplusgone.Exception{
		Rule: "n-plus-one", Function: "blog.(*Store).ListPosts", Max: 20,
		Reason: "a page has twenty posts, and the authors are cached",
	}))
	log.Fatal(http.ListenAndServe("localhost:8080", watch(handler)))
}

// Accepts the findings of a loop.
func Example_ignoreComment() {
	var posts []examplePost
	//nplusgone:ignore n-plus-one max=20 a page has twenty posts, and the authors are cached
	for _, post := range posts {
		loadAuthor(context.Background(), post.AuthorID)
	}
}

// snippetFiles are the files that the Go snippets of the README are in. Those below testdata and nplusgonepgx belong to other modules,
// which .ci/run tests.
var snippetFiles = []string{
	"example_test.go", filepath.Join("nplusgonetest", "example_test.go"),
	filepath.Join("nplusgonepgx", "example_test.go"),
	filepath.Join("testdata", "routers", "routers.go"), filepath.Join("testdata", "routers", "frameworks_test.go"),
	filepath.Join("testdata", "gate", "shop", "shop_test.go"),
}

// Proves that the Go snippets of the README compile: each is in a file of examples, except for its indentation.
func TestREADMESnippetsAreExamples(t *testing.T) {
	var examples []string
	for _, file := range snippetFiles {
		examples = append(examples, "\n"+unindented(t, file)+"\n")
	}
	snippets := 0
	var snippet []string
	inside := false
	for _, line := range strings.Split(unindented(t, "README.md"), "\n") {
		switch {
		case line == "```go":
			inside, snippet = true, nil
			snippets++
		case inside && line == "```":
			inside = false
			text := strings.Join(snippet, "\n")
			if !slices.ContainsFunc(examples, func(e string) bool { return strings.Contains(e, "\n"+text+"\n") }) {
				t.Errorf("a snippet of README.md is in none of %s:\n%s", strings.Join(snippetFiles, ", "), text)
			}
		case inside:
			snippet = append(snippet, line)
		}
	}
	if snippets == 0 || inside {
		t.Errorf("%d snippets in README.md, want some, and all of them closed", snippets)
	}
}

// unindented returns the text of a file without the spaces around its lines.
func unindented(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(text), "\n")
	for i := range lines {
		lines[i] = strings.TrimSpace(lines[i])
	}
	return strings.Join(lines, "\n")
}
