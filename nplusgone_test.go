package nplusgone_test

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/record"

	_ "github.com/mattn/go-sqlite3"
	"go.uber.org/zap"
	"go.uber.org/zap/zaptest/observer"

	"github.com/nplusgone/nplusgone"
	"github.com/nplusgone/nplusgone/detector"
	"github.com/nplusgone/nplusgone/nplusgonezap"
	"github.com/nplusgone/nplusgone/testdata/tips"
)

func open(t *testing.T) *sql.DB {
	t.Helper()
	db, err := nplusgone.Open("sqlite3", filepath.Join(t.TempDir(), "test.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	nplusgone.Ignore(t.Context(), func(ctx context.Context) {
		if _, err := db.ExecContext(ctx, tips.Schema); err != nil {
			t.Fatal(err)
		}
	})
	return db
}

// serve answers GET /posts/{id} with the case's "don't".
func serve(t *testing.T, db *sql.DB, watch func(http.Handler) http.Handler) *httptest.Server {
	t.Helper()
	mux := http.NewServeMux()
	mux.HandleFunc("GET /posts/{id}", func(w http.ResponseWriter, r *http.Request) {
		if err := tips.Cases()[1].Dont(r.Context(), db); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
		}
	})
	srv := httptest.NewServer(watch(mux))
	t.Cleanup(srv.Close)
	return srv
}

func get(t *testing.T, url string) {
	t.Helper()
	resp, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		t.Fatalf("status %d", resp.StatusCode)
	}
}

func TestARequestsFindingIsLoggedOnce(t *testing.T) {
	var out bytes.Buffer
	core, logs := observer.New(zap.WarnLevel)
	srv := serve(t, open(t), nplusgone.Middleware(
		nplusgone.WithSlog(slog.New(slog.NewJSONHandler(&out, nil))),
		nplusgonezap.WithZap(zap.New(core)),
	))
	for range 3 {
		get(t, srv.URL+"/posts/secret-42")
	}
	srv.Close()
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != 1 || logs.Len() != 1 {
		t.Fatalf("%d records of slog and %d of zap, want 1 each:\n%s", len(lines), logs.Len(), out.String())
	}
	var record struct {
		Level   string
		Finding struct {
			Rule, Scope, Statement string
			Count                  int
		}
	}
	if err := json.Unmarshal([]byte(lines[0]), &record); err != nil {
		t.Fatal(err)
	}
	want := record
	want.Level = "WARN"
	want.Finding.Rule, want.Finding.Scope, want.Finding.Count = "n-plus-one", "GET /posts/{id}", 5
	want.Finding.Statement = "SELECT name FROM authors WHERE id = ?"
	if record != want {
		t.Errorf("got %+v, want %+v in %s", record, want, lines[0])
	}
	if strings.Contains(out.String(), "secret-42") {
		t.Errorf("the record tells the path: %s", out.String())
	}
}

func TestRequestsOnOneConnectionDoNotMix(t *testing.T) {
	w, err := nplusgone.New()
	if err != nil {
		t.Fatal(err)
	}
	srv := serve(t, open(t), w.Middleware)
	for range 4 {
		get(t, srv.URL+"/posts/1")
	}
	srv.Close()
	doc := w.Report()
	if len(doc.Findings) != 1 || doc.Findings[0].Count != 5 {
		t.Errorf("%+v, want one finding of 5 statements: those of one request", doc.Findings)
	}
	if p := doc.Profile.Scopes; len(p) != 1 || p[0].Scopes != 4 || p[0].Statements != 24 {
		t.Errorf("%+v, want one name with 4 scopes and 24 statements", p)
	}
}

func TestAJobIsAScope(t *testing.T) {
	db := open(t)
	var found []finding.Finding
	w, err := nplusgone.New(nplusgone.WithSink(detector.SinkFunc(func(_ context.Context, f finding.Finding) {
		found = append(found, f)
	})))
	if err != nil {
		t.Fatal(err)
	}
	ctx, end := w.Begin(t.Context(), "import")
	inner, endInner := nplusgone.Begin(ctx, "import/step")
	if err := tips.Cases()[1].Dont(inner, db); err != nil {
		t.Fatal(err)
	}
	endInner()
	endInner()
	end()
	if len(found) != 1 || found[0].Scope != "import/step" {
		t.Errorf("found %+v, want one finding in the inner scope", found)
	}
}

func TestIgnoredStatementsAreNotCounted(t *testing.T) {
	db := open(t)
	w, err := nplusgone.New()
	if err != nil {
		t.Fatal(err)
	}
	ctx, end := w.Begin(t.Context(), "import")
	before := record.UnscopedStatements()
	nplusgone.Ignore(ctx, func(ctx context.Context) {
		if err := tips.Cases()[1].Dont(ctx, db); err != nil {
			t.Fatal(err)
		}
	})
	end()
	if doc := w.Report(); len(doc.Findings) != 0 || doc.Profile.Scopes[0].Statements != 0 {
		t.Errorf("%+v, want nothing", doc)
	}
	if n := record.UnscopedStatements() - before; n != 0 {
		t.Errorf("%d statements counted as unscoped, want 0", n)
	}
}

func TestOptionsThatCannotBeAreErrors(t *testing.T) {
	for name, opt := range map[string]nplusgone.Option{
		`unknown rule "n+1"`: nplusgone.WithRules("n+1"),
		"threshold 1":        nplusgone.WithThreshold(1),
		"Level(9)":           nplusgone.WithLevel(9),
	} {
		if _, err := nplusgone.New(opt); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("got %v, want an error that names %s", err, name)
		}
	}
}
