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

// routes stands for the handlers of a service.
func routes(*sql.DB) http.Handler { return http.NotFoundHandler() }

// sendDigests and warmCache stand for jobs.
func sendDigests(context.Context) error { return nil }

func warmCache(context.Context) error { return nil }

var (
	dsn     = os.Getenv("DATABASE_URL")
	handler = routes(nil)
)

// A service on a staging system: its database is opened by this package, and each request is a scope.
func ExampleMiddleware() {
	db, err := nplusgone.Open("pgx", dsn) // was sql.Open("pgx", dsn)
	if err != nil {
		log.Fatal(err)
	}
	watch := nplusgone.Middleware(nplusgone.WithSlog(slog.Default()))
	log.Fatal(http.ListenAndServe("localhost:8080", watch(routes(db))))
}

// A job is a scope of its own.
func ExampleWatcher_Begin() {
	watcher, err := nplusgone.New(nplusgone.WithSlog(slog.Default()))
	if err != nil {
		log.Fatal(err)
	}
	ctx, end := watcher.Begin(context.Background(), "send digests")
	defer end()
	if err := sendDigests(ctx); err != nil {
		slog.Error("sending digests", "error", err)
	}
}

// An end-to-end run leaves its report behind, for "nplusgone report" to merge, show and gate.
func ExampleWatcher_Report() {
	watcher, err := nplusgone.New()
	if err != nil {
		log.Fatal(err)
	}
	server := httptest.NewServer(watcher.Middleware(handler))
	// Run the suite against server.URL, then:
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

// Code that opens databases by a driver's name is given the name of a watched one.
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

// What is read row by row on purpose is nobody's finding.
func ExampleIgnore() {
	nplusgone.Ignore(context.Background(), func(ctx context.Context) {
		if err := warmCache(ctx); err != nil {
			slog.Error("warming the cache", "error", err)
		}
	})
}

type examplePost struct{ ID, AuthorID int64 }

// Set a finding aside, with the reason, at the loop.
func Example_ignoreComment() {
	var posts []examplePost
	loadAuthor := func(int64) {}
	//nplusgone:ignore n-plus-one max=20 a page has twenty posts, and the authors are cached
	for _, post := range posts {
		loadAuthor(post.AuthorID)
	}
}

// What the README shows compiles: each of its Go snippets stands in a file of examples, but for indentation.
func TestREADMESnippetsAreExamples(t *testing.T) {
	files := []string{"example_test.go", filepath.Join("nplusgonetest", "example_test.go"), filepath.Join("nplusgonezap", "example_test.go")}
	var examples []string
	for _, file := range files {
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
				t.Errorf("a snippet of README.md is in none of %s:\n%s", strings.Join(files, ", "), text)
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
