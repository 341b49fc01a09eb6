package plain

import (
	"context"
	"database/sql"
	"fmt"
	"net/http"
	"net/http/httptest"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
)

type tenantSettings struct {
	Theme    string
	Locale   string
	ReadOnly bool
}

type tenantStore struct{ db *sql.DB }

func (s *tenantStore) Settings(ctx context.Context, host string) (tenantSettings, error) {
	var t tenantSettings
	row := s.db.QueryRowContext(ctx, `SELECT theme, locale, read_only FROM tenants WHERE host = ?`, host) // want: duplicate-query
	if err := row.Scan(&t.Theme, &t.Locale, &t.ReadOnly); err != nil {
		return t, err
	}
	return t, nil
}

func (s *tenantStore) rejectReadOnly(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		t, err := s.Settings(r.Context(), r.Host)
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		if t.ReadOnly && r.Method != http.MethodGet {
			http.Error(w, "read only", http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	})
}

type themePage struct{ tenants *tenantStore }

func (p themePage) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	t, err := p.tenants.Settings(r.Context(), r.Host)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	fmt.Fprintf(w, "<html lang=%q><link rel=stylesheet href=\"/css/%s.css\"></html>", t.Locale, t.Theme)
}

var tenantTheme = rowuse.Case{
	Name:   "page of a tenant behind a middleware that checks the tenant",
	Want:   []string{rowuse.Duplicate},
	Why:    "Middleware and page run the same SELECT for the same host; the middleware could hand it on in the context.",
	Driver: "sqlite3",
	Schema: `
CREATE TABLE tenants (id INTEGER PRIMARY KEY, host TEXT NOT NULL UNIQUE, theme TEXT NOT NULL, locale TEXT NOT NULL, read_only BOOLEAN NOT NULL);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 14) INSERT INTO tenants SELECT i, 't' || i || '.example', 'dark', 'nb', i % 2 FROM n;
`,
	Run: func(ctx context.Context, db *sql.DB) error {
		st := &tenantStore{db}
		h := st.rejectReadOnly(themePage{st})
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, httptest.NewRequest("GET", "http://t3.example/", nil).WithContext(ctx))
		Sink = rec.Body.String()
		return statusErr(rec)
	},
}
