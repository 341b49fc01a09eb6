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

	_ "github.com/mattn/go-sqlite3"
	"go.uber.org/zap"
	"go.uber.org/zap/zaptest/observer"

	"github.com/nplusgone/nplusgone"
	"github.com/nplusgone/nplusgone/internal/record"
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

// serve runs code that ignores a tip for GET /posts/{id}.
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

// Proves that a finding of several requests is logged once by each logger, without the path.
func TestAFindingIsLoggedOnce(t *testing.T) {
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
		t.Errorf("the record has the path: %s", out.String())
	}
}

// Proves that requests over one connection are separate scopes.
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

// Proves that a scope within a scope has its own statements, passes findings to the same sinks, and may be ended twice.
func TestAJobIsAScope(t *testing.T) {
	db := open(t)
	var found []nplusgone.Finding
	w, err := nplusgone.New(nplusgone.WithSink(nplusgone.SinkFunc(func(_ context.Context, f nplusgone.Finding) {
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

// Proves that statements within Ignore are counted nowhere.
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
	if doc := w.Report(); len(doc.Findings) != 0 || len(doc.Profile.Scopes) != 0 || doc.Profile.EmptyScopes != 1 {
		t.Errorf("%+v, want nothing", doc)
	}
	if n := record.UnscopedStatements() - before; n != 0 {
		t.Errorf("%d statements counted as unscoped, want 0", n)
	}
}

// Proves that Middleware and Begin log with slog.Default() when they have no sink.
func TestWithoutASinkFindingsAreLogged(t *testing.T) {
	db := open(t)
	for name, run := range map[string]func(){
		"Middleware": func() { serveOnce(nplusgone.Middleware()(badHandler(db)), "GET /posts") },
		"Begin": func() {
			ctx, end := nplusgone.Begin(context.Background(), "job")
			defer end()
			if err := tips.Cases()[2].Dont(ctx, db); err != nil {
				t.Error(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			before := slog.Default()
			slog.SetDefault(slog.New(slog.NewJSONHandler(&out, nil)))
			defer slog.SetDefault(before)
			run()
			if n := strings.Count(out.String(), `"level":"WARN"`); n != 1 {
				t.Errorf("%d warnings, want 1:\n%s", n, out.String())
			}
		})
	}
}

func badHandler(db *sql.DB) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := tips.Cases()[1].Dont(r.Context(), db); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
		}
	})
}

// Proves that an option with an invalid value is an error that names it.
func TestInvalidOptionsAreErrors(t *testing.T) {
	for name, opt := range map[string]nplusgone.Option{
		`unknown rule "n+1"`: nplusgone.WithRules("n+1"),
		"threshold 1":        nplusgone.WithThreshold(1),
		"Level(9)":           nplusgone.WithLevel(9),
		"an empty option":    {},
	} {
		if _, err := nplusgone.New(opt); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("error %v, want one that names %s", err, name)
		}
	}
}

// Proves that an option of another function is an error that names the functions that take it.
func TestOptionsOfOtherFunctionsAreErrors(t *testing.T) {
	level, dialect := nplusgone.WithLevel(nplusgone.Proven), nplusgone.WithDialect(nplusgone.SQLite)
	base := open(t).Driver()
	for name, call := range map[string]func() error{
		"WithLevel is not an option of Open: pass it to New, Middleware": func() error {
			_, err := nplusgone.Open("sqlite3", ":memory:", level)
			return err
		},
		"WithLevel is not an option of OpenDB":   func() error { _, err := nplusgone.OpenDB(emptyConnector{}, level); return err },
		"WithLevel is not an option of Register": func() error { return nplusgone.Register("x", "sqlite3", level) },
		"WithLevel is not an option of Wrap":     func() error { _, err := nplusgone.Wrap(base, level); return err },
		"WithLevel is not an option of WrapConnector": func() error {
			_, err := nplusgone.WrapConnector(emptyConnector{}, level)
			return err
		},
		"WithDialect is not an option of New: pass it to Open": func() error { _, err := nplusgone.New(dialect); return err },
	} {
		if err := call(); err == nil || !strings.Contains(err.Error(), "nplusgone: "+name) {
			t.Errorf("error %v, want one that says %s", err, name)
		}
	}
}

// Proves that each function that opens or wraps a database records its statements, with the options it was given.
func TestEveryWayToOpenRecords(t *testing.T) {
	sqlite := nplusgone.WithDialect(nplusgone.SQLite)
	base := open(t).Driver()
	for name, open := range map[string]func() (*sql.DB, error){
		"Open":   func() (*sql.DB, error) { return nplusgone.Open("sqlite3", ":memory:", sqlite) },
		"OpenDB": func() (*sql.DB, error) { return nplusgone.OpenDB(emptyConnector{}, sqlite) },
		"Register": func() (*sql.DB, error) {
			if err := nplusgone.Register("watched", "sqlite3", sqlite); err != nil {
				return nil, err
			}
			return sql.Open("watched", ":memory:")
		},
		"Wrap": func() (*sql.DB, error) {
			d, err := nplusgone.Wrap(base, sqlite)
			sql.Register("wrapped", d)
			if err != nil {
				return nil, err
			}
			return sql.Open("wrapped", ":memory:")
		},
		"WrapConnector": func() (*sql.DB, error) {
			c, err := nplusgone.WrapConnector(emptyConnector{}, sqlite)
			if err != nil {
				return nil, err
			}
			return sql.OpenDB(c), nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			db, err := open()
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			w, err := nplusgone.New()
			if err != nil {
				t.Fatal(err)
			}
			ctx, end := w.Begin(t.Context(), "job")
			if _, err := db.ExecContext(ctx, "SELECT 1"); err != nil {
				t.Fatal(err)
			}
			end()
			if got := w.Report().Profile.Scopes[0].Statements; got != 1 {
				t.Errorf("%d statements, want 1", got)
			}
		})
	}
	if _, err := nplusgone.Wrap(nil); err == nil {
		t.Error("a nil driver is no error")
	}
	if _, err := nplusgone.WrapConnector(nil); err == nil {
		t.Error("a nil connector is no error")
	}
}

// Proves that a statement is recorded once by a database that is wrapped twice.
func TestWrappedTwiceRecordsOnce(t *testing.T) {
	if err := nplusgone.Register("registered", "sqlite3"); err != nil {
		t.Fatal(err)
	}
	twice, err := nplusgone.WrapConnector(emptyConnector{})
	if err != nil {
		t.Fatal(err)
	}
	for name, open := range map[string]func() (*sql.DB, error){
		"Open of a registered name":     func() (*sql.DB, error) { return nplusgone.Open("registered", ":memory:") },
		"OpenDB of a wrapped connector": func() (*sql.DB, error) { return nplusgone.OpenDB(twice) },
		"Wrap of a wrapped driver": func() (*sql.DB, error) {
			once, err := sql.Open("registered", ":memory:")
			if err != nil {
				return nil, err
			}
			d, err := nplusgone.Wrap(once.Driver())
			sql.Register("wrapped twice", d)
			if err != nil {
				return nil, err
			}
			return sql.Open("wrapped twice", ":memory:")
		},
	} {
		t.Run(name, func(t *testing.T) {
			db, err := open()
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			w, err := nplusgone.New()
			if err != nil {
				t.Fatal(err)
			}
			ctx, end := w.Begin(t.Context(), "job")
			if _, err := db.ExecContext(ctx, "SELECT 1"); err != nil {
				t.Fatal(err)
			}
			st, err := db.PrepareContext(ctx, "SELECT 2")
			if err != nil {
				t.Fatal(err)
			}
			defer st.Close()
			if _, err := st.ExecContext(ctx); err != nil {
				t.Fatal(err)
			}
			end()
			if got := w.Report().Profile.Scopes[0].Statements; got != 2 {
				t.Errorf("%d statements, want 2", got)
			}
		})
	}
}
